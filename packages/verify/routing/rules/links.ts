import { formatClock } from "@trivium/model";
import type { Report } from "../../report.ts";
import type { PieceReading, RoutingReading } from "../reading.ts";

/** A bus does one thing at a time: each run is in one piece of its own bus, each piece keeps to one direction, and there is time between runs. */
export function checkLinks(reading: RoutingReading, report: Report): void {
  const routed = new Map<string, string[]>();
  for (const piece of reading.pieces) {
    checkPiece(piece, report);
    for (const { run } of piece.steps) if (run) routed.set(run.id, [...(routed.get(run.id) ?? []), piece.busId]);
    checkBuffers(reading, piece, report);
  }
  for (const run of reading.runs.values())
    report.check(
      "routing.run-on-one-route",
      routed.get(run.id)?.length === 1 && routed.get(run.id)?.[0] === run.row.bus_id,
      () => `run ${run.id} of bus ${run.row.bus_id} is on ${routed.get(run.id)?.join(", ") ?? "no route"}`,
      { run: run.id },
    );
  for (const [bus, pieces] of Map.groupBy(reading.pieces, (piece) => piece.busId)) {
    const order = pieces.map(directionsOf).join(" ");
    report.check(
      "routing.pieces-of-a-day",
      ["AM", "PM", "AM PM"].includes(order),
      () => `bus ${bus} has the pieces ${order}: at most one AM piece, then one PM piece`,
      { bus },
    );
  }
}

const directionsOf = (piece: PieceReading): string =>
  [...new Set(piece.steps.flatMap(({ run }) => run?.direction ?? []))].join("+");

function checkPiece(piece: PieceReading, report: Report): void {
  const where = { bus: piece.busId, seq: piece.steps[0].row.seq };
  report.check(
    "routing.piece-ends",
    piece.closed,
    () => `a piece of bus ${piece.busId} has no row that leads back`,
    where,
  );
  report.check(
    "routing.piece-one-direction",
    piece.steps.some(({ run }) => run) && !directionsOf(piece).includes("+"),
    () => `a piece of bus ${piece.busId} is empty or mixes AM and PM`,
    where,
  );
}

/** Departure from a run's last row + deadhead + link_buffer_min ≤ arrival at the next run's first row. */
function checkBuffers(reading: RoutingReading, piece: PieceReading, report: Report): void {
  const bufferS = 60 * reading.policy.link_buffer_min;
  piece.steps.forEach(({ row, run }, index) => {
    const last = piece.steps[index - 1]?.run?.stays.at(-1);
    const first = run?.stays[0];
    if (!last || !first) return;
    const readyS = last.depart + (row.deadhead_s ?? 0) + bufferS;
    report.check(
      "routing.links",
      readyS <= first.arrive,
      () =>
        `bus ${piece.busId} can begin run ${run?.id} at ${formatClock(readyS)} at the earliest, ` +
        `but is to begin at ${formatClock(first.arrive)}`,
      { bus: piece.busId, run: run?.id ?? "" },
    );
  });
}
