import { formatClock, METRES_PER_MILE } from "@trivium/model";
import type { Report } from "../../report.ts";
import type { PieceReading, RoutingReading } from "../reading.ts";

/** When a piece leaves its depot and is back, seconds after midnight. */
export function pieceSpan({ steps }: PieceReading): { leavesS: number; backS: number } | null {
  const first = steps[0]?.run?.stays[0];
  const lastRun = steps.findLast(({ run }) => run)?.run;
  const last = lastRun?.stays.at(-1);
  const back = steps.at(-1);
  if (!first || !last || !back) return null;
  return {
    leavesS: first.arrive - (steps[0].row.deadhead_s ?? 0),
    backS: last.depart + (back.run ? 0 : (back.row.deadhead_s ?? 0)),
  };
}

/** A bus leaves and reaches its depot while it is available, and the whole day is within its range. */
export function checkAvailability(reading: RoutingReading, report: Report): void {
  const driven = new Map<string, number>();
  for (const piece of reading.pieces) {
    const bus = reading.buses.get(piece.busId);
    const span = pieceSpan(piece);
    if (!bus || !span) continue;
    const [from, to] = [bus.available_from ?? Number.NEGATIVE_INFINITY, bus.available_to ?? Infinity];
    report.check(
      "routing.availability",
      span.leavesS >= from && span.backS <= to,
      () =>
        `bus ${piece.busId} is out from ${formatClock(span.leavesS)} to ${formatClock(span.backS)}, beyond its hours`,
      { bus: piece.busId },
    );
    const metres = piece.steps.reduce(
      (sum, { row, run }) =>
        sum + (row.deadhead_m ?? 0) + (run?.stays.reduce((all, stay) => all + (stay.leg_m ?? 0), 0) ?? 0),
      0,
    );
    driven.set(piece.busId, (driven.get(piece.busId) ?? 0) + metres);
  }
  for (const [busId, metres] of driven) {
    const range = reading.types.get(reading.buses.get(busId)?.bus_type_id ?? "")?.range_miles;
    if (range === undefined) continue;
    report.check(
      "routing.range",
      metres / METRES_PER_MILE <= range,
      () => `bus ${busId} drives ${(metres / METRES_PER_MILE).toFixed(1)} miles a day, its range is ${range}`,
      { bus: busId },
    );
  }
}
