import type { Dataset } from "@trivium/model";
import type { Report } from "../report.ts";
import { rideKey } from "./demand.ts";
import type { RiderRow, RoutingReading } from "./reading.ts";

/** A ride of the service that was to change little. Times are seconds, at the stop. */
export interface RideBefore {
  readonly stopId: string;
  readonly runId: string;
  readonly busId: string | undefined;
  readonly atS: number;
}

const PRICES = ["price_moved_student", "price_moved_stop", "price_moved_time", "price_moved_bus"] as const;
const MOVED_S = 300;
const CENTS = { absolute: 0.011, relative: 1e-6 };

/** Whether the district asks for little change: a change has a price, or something is locked. */
export function wantsLittleChange({ settings }: Dataset): boolean {
  const { locks = {} } = settings.routing;
  return (
    PRICES.some((name) => (settings.routing[name] ?? 0) > 0) ||
    [locks.students, locks.stops, locks.runs, locks.buses].some((ids) => (ids ?? []).length > 0)
  );
}

/** The service before by ride, from today's tables (for which the scenario may have put a published plan's). */
export function ridesBefore({ tables }: Dataset): Map<string, RideBefore> {
  const { today_assignments, today_run_stops } = tables;
  const rowsOf = Map.groupBy(today_run_stops, (row) => row.run_id);
  const calls = new Map(today_run_stops.map((row) => [JSON.stringify([row.run_id, row.stop_id]), row]));
  const before = new Map<string, RideBefore>();
  for (const row of today_assignments) {
    const call = calls.get(JSON.stringify([row.run_id, row.stop_id]));
    const atS = row.direction === "AM" ? (row.board ?? call?.depart) : (row.alight ?? call?.arrive);
    const atSchool = (row.direction === "AM" ? row.alight : row.board) ?? rowsOf.get(row.run_id)?.[0].arrive;
    if (atS === undefined || atSchool === undefined) continue;
    before.set(rideKey(row.student_id, row.direction), {
      stopId: row.stop_id,
      runId: row.run_id,
      busId: row.bus_id,
      atS,
    });
  }
  return before;
}

/** When a rider is at the stop: boarding in the morning, alighting in the afternoon. */
const atStopS = (row: RiderRow): number => (row.direction === "AM" ? row.board : row.alight) ?? 0;

/** Counts of what changed and their price. @returns names of the figures that the plan has to claim */
export function changeFigures({ dataset, plan }: RoutingReading, report: Report): string[] {
  if (!wantsLittleChange(dataset)) return [];
  const before = ridesBefore(dataset);
  let students = 0;
  let times = 0;
  let buses = 0;
  const calls = { before: new Set<string>(), now: new Set<string>() };
  for (const [key, ride] of before) calls.before.add(JSON.stringify([key.endsWith("AM"), ride.stopId]));
  for (const row of plan.decisions.assignments) {
    calls.now.add(JSON.stringify([row.direction === "AM", row.stop_id]));
    const ride = before.get(rideKey(row.student_id, row.direction));
    if (!ride) continue;
    if (ride.stopId !== row.stop_id) students++;
    if (Math.abs(ride.atS - atStopS(row)) > MOVED_S) times++;
    if (ride.busId !== row.bus_id) buses++;
  }
  const closed = [...calls.before].filter((call) => !calls.now.has(call)).length;
  const opened = [...calls.now].filter((call) => !calls.before.has(call)).length;
  const given = dataset.settings.routing;
  const usd =
    students * (given.price_moved_student ?? 0) +
    (closed + opened) * (given.price_moved_stop ?? 0) +
    times * (given.price_moved_time ?? 0) +
    buses * (given.price_moved_bus ?? 0);
  report.figure("moved_students", students);
  report.figure("moved_stops", closed + opened);
  report.figure("moved_times", times);
  report.figure("moved_buses", buses);
  report.figure("change_usd_per_year", usd, CENTS);
  return ["moved_students", "moved_stops", "moved_times", "moved_buses", "change_usd_per_year"];
}
