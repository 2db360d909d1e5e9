import type { TableRow } from "@trivium/model";
import type { Report } from "../../report.ts";
import type { Direction } from "../demand.ts";
import type { PieceReading, RoutingReading } from "../reading.ts";
import { pieceSpan } from "./availability.ts";

type Driver = TableRow<"drivers">;

/** Of the bus's depot (or of none in particular), and available then (an empty list: always). */
export const mayDrive = ({ depot_id, available }: Driver, depot: string, direction: Direction): boolean =>
  (depot_id === undefined || depot_id === depot) &&
  (available === undefined || available.length === 0 || available.includes(direction));

const directionOf = ({ steps }: PieceReading): Direction =>
  steps.find(({ run }) => run)?.run?.direction === "PM" ? "PM" : "AM";

/**
 * Where the district lists its drivers and the plan names any, each piece has one who may drive it; none has two mornings or two afternoons, or a
 * day beyond `hours_max`, depot to depot. Today's tables, and plans made elsewhere, may leave drivers to the dispatcher.
 */
export function checkDrivers(reading: RoutingReading, report: Report): void {
  if (reading.pieces.every(({ steps }) => steps.every(({ row }) => row.driver_id === undefined))) return;
  const drivers = new Map(reading.dataset.tables.drivers.map((row) => [row.driver_id, row]));
  const days = new Map<string, PieceReading[]>();
  for (const piece of reading.pieces) {
    const ids = [...new Set(piece.steps.map(({ row }) => row.driver_id))];
    const driver = ids.length === 1 && ids[0] !== undefined ? drivers.get(ids[0]) : undefined;
    const where = { bus: piece.busId };
    const named = report.check(
      "routing.driver-of-a-piece",
      drivers.size === 0 ? ids.every((id) => id === undefined) : driver !== undefined,
      () => `a piece of bus ${piece.busId} is driven by ${ids.map((id) => id ?? "nobody").join(", ") || "nobody"}`,
      where,
    );
    if (!named || !driver) continue;
    const depot = reading.buses.get(piece.busId)?.depot_id ?? "";
    report.check(
      "routing.driver-available",
      mayDrive(driver, depot, directionOf(piece)),
      () => `driver ${driver.driver_id} may not drive from ${depot} in the ${directionOf(piece)}`,
      { ...where, driver: driver.driver_id },
    );
    days.set(driver.driver_id, [...(days.get(driver.driver_id) ?? []), piece]);
  }
  for (const [id, pieces] of days) checkDay(id, drivers.get(id)?.hours_max ?? Infinity, pieces, report);
}

function checkDay(driver: string, hoursMax: number, pieces: readonly PieceReading[], report: Report): void {
  report.check(
    "routing.driver-once",
    new Set(pieces.map(directionOf)).size === pieces.length,
    () => `driver ${driver} drives ${pieces.map((piece) => `${piece.busId} ${directionOf(piece)}`).join(", ")}`,
    { driver },
  );
  const hours = pieces.reduce((sum, piece) => {
    const span = pieceSpan(piece);
    return sum + (span ? (span.backS - span.leavesS) / 3600 : 0);
  }, 0);
  report.check(
    "routing.driver-hours",
    hours <= hoursMax + 1e-9,
    () => `driver ${driver} is out for ${hours.toFixed(2)} h, at most ${hoursMax} are allowed`,
    { driver },
  );
}
