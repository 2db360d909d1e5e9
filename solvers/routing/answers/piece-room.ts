import type { RoutingDecisions } from "@trivium/model";
import type { BusKind, Direction, RoutingProblem } from "../problem.ts";

interface Span {
  readonly fromS: number;
  readonly toS: number;
  /** How much earlier and later it may be by the windows of its schools: AM for the ends of unloading, PM for the beginnings of loading. */
  readonly earlierS: number;
  readonly laterS: number;
}

/**
 * How many seconds longer each run of a direction may get before its bus's day breaks: it may begin earlier or end later as far as its own window allows,
 * and push the runs before and after it within theirs, up to the bus's hours.
 */
export function roomOf(
  problem: RoutingProblem,
  decisions: RoutingDecisions,
  direction: Direction,
  kindOfBus: ReadonlyMap<string, BusKind>,
): Map<string, number> {
  const spans = spansOf(problem, decisions, direction);
  const room = new Map<string, number>();
  const byBus = Map.groupBy(
    decisions.routes.filter((row) => row.run_id !== undefined && spans.has(row.run_id)),
    (row) => row.bus_id,
  );
  for (const [busId, rows] of byBus) {
    const kind = kindOfBus.get(busId);
    if (!kind) continue;
    rows.sort((a, b) => a.seq - b.seq);
    roomInPiece(problem, direction, kind, rows, spans, room);
  }
  return room;
}

function roomInPiece(
  problem: RoutingProblem,
  direction: Direction,
  kind: BusKind,
  rows: readonly RoutingDecisions["routes"][number][],
  spans: ReadonlyMap<string, Span>,
  room: Map<string, number>,
): void {
  const runs = rows.flatMap((row) => spans.get(row.run_id ?? "") ?? []);
  const gaps = rows.map((row, index) => {
    const deadheadS = row.deadhead_s ?? 0;
    if (index === 0) return runs[0].fromS - deadheadS - kind.fromS;
    return runs[index].fromS - runs[index - 1].toS - deadheadS - problem.settings.linkBufferS;
  });
  const last = runs.length - 1;
  const home = problem.settings.linkBufferS;
  const before = new Float64Array(runs.length);
  const after = new Float64Array(runs.length);
  for (let k = 0; k <= last; k++) before[k] = gaps[k] + (k > 0 ? Math.min(runs[k - 1].earlierS, before[k - 1]) : 0);
  for (let k = last; k >= 0; k--)
    after[k] = k === last ? kind.toS - runs[k].toS - home : gaps[k + 1] + Math.min(runs[k + 1].laterS, after[k + 1]);
  rows.forEach((row, k) => {
    const isAm = direction === "AM";
    const earlierS = isAm ? before[k] : Math.min(before[k], runs[k].earlierS);
    const laterS = isAm ? Math.min(after[k], runs[k].laterS) : after[k];
    room.set(row.run_id ?? "", Math.max(0, earlierS) + Math.max(0, laterS));
  });
}

function spansOf(problem: RoutingProblem, decisions: RoutingDecisions, direction: Direction): Map<string, Span> {
  const schools = new Map(problem.schools.map((school) => [school.id, school]));
  const runs = new Map(
    decisions.runs.filter((run) => run.direction === direction).map((run) => [run.run_id, run.school_ids] as const),
  );
  const isAm = direction === "AM";
  const spans = new Map<string, Span>();
  for (const row of decisions.run_stops) {
    const served = runs.get(row.run_id);
    if (!served?.some((id) => schools.has(id))) continue;
    const known = spans.get(row.run_id) ?? { fromS: Infinity, toS: -Infinity, earlierS: Infinity, laterS: Infinity };
    const school = served.includes(row.stop_id) ? schools.get(row.stop_id) : undefined;
    const [windowFromS, windowToS] = !school
      ? [-Infinity, Infinity]
      : isAm
        ? [school.amEndMinS, school.amEndMaxS]
        : [school.pmBeginMinS, school.pmBeginMaxS];
    const atS = isAm ? row.depart : row.depart - (school?.loadS ?? 0);
    spans.set(row.run_id, {
      fromS: Math.min(known.fromS, row.arrive),
      toS: Math.max(known.toS, row.depart),
      earlierS: Math.min(known.earlierS, atS - windowFromS),
      laterS: Math.min(known.laterS, windowToS - atS),
    });
  }
  return spans;
}
