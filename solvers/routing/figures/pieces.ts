import type { RoutingDecisions } from "@trivium/model";
import { piecesByBus } from "../plan/rows.ts";

/** The AM or the PM part of a bus's day, as its tables tell it: metres and seconds from depot to depot, and without the pulls. */
export interface Piece {
  readonly busId: string;
  readonly runIds: readonly string[];
  readonly runM: number;
  readonly deadheadM: number;
  readonly pullM: number;
  /** From the first row's arrival to the last row's departure. */
  readonly onDutyS: number;
  readonly pullS: number;
}

/** Pieces of all buses: rows of `routes` in order, a row without a run ends a piece. */
export function piecesOf(decisions: Pick<RoutingDecisions, "runs" | "run_stops" | "routes">): Piece[] {
  const spans = spansOf(decisions);
  return [...piecesByBus(decisions.routes)].flatMap(([busId, pieces]) =>
    pieces.map((rows) => pieceOf(busId, rows, spans)),
  );
}

interface Span {
  readonly fromS: number;
  readonly toS: number;
  readonly distanceM: number;
}

/** Each run's first arrival, last departure and metres. */
function spansOf(decisions: Pick<RoutingDecisions, "runs" | "run_stops">): Map<string, Span> {
  const spans = new Map<string, Span>();
  for (const run of decisions.runs)
    spans.set(run.run_id, { fromS: run.depart, toS: run.arrive, distanceM: run.distance_m ?? 0 });
  for (const row of decisions.run_stops) {
    const span = spans.get(row.run_id);
    if (span)
      spans.set(row.run_id, {
        ...span,
        fromS: Math.min(span.fromS, row.arrive),
        toS: Math.max(span.toS, row.depart),
      });
  }
  return spans;
}

function pieceOf(
  busId: string,
  rows: readonly RoutingDecisions["routes"][number][],
  spans: ReadonlyMap<string, Span>,
): Piece {
  const runs = rows.flatMap((row) => {
    const span = row.run_id === undefined ? undefined : spans.get(row.run_id);
    return span ? [{ runId: row.run_id ?? "", span }] : [];
  });
  const pulls = rows.filter((row, index) => index === 0 || row.run_id === undefined || row.run_id === "");
  const links = rows.filter((row) => !pulls.includes(row));
  const sum = (list: readonly RoutingDecisions["routes"][number][], of: "deadhead_m" | "deadhead_s") =>
    list.reduce((total, row) => total + (row[of] ?? 0), 0);
  return {
    busId,
    runIds: runs.map(({ runId }) => runId),
    runM: runs.reduce((total, { span }) => total + span.distanceM, 0),
    deadheadM: sum(links, "deadhead_m"),
    pullM: sum(pulls, "deadhead_m"),
    onDutyS:
      runs.length === 0 ? 0 : Math.max(...runs.map((r) => r.span.toS)) - Math.min(...runs.map((r) => r.span.fromS)),
    pullS: sum(pulls, "deadhead_s"),
  };
}
