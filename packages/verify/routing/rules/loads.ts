import type { Report } from "../../report.ts";
import { type Ride, rideKey } from "../demand.ts";
import type { RiderRow, RoutingReading, RunReading, StayRow } from "../reading.ts";

const EPSILON = 1e-6;

/** Row by row: who boards and alights, how many are aboard, and whether benches, wheelchair positions and the lift suffice for them. */
export function checkLoads(reading: RoutingReading, report: Report): void {
  for (const run of reading.runs.values()) {
    let aboard: RiderRow[] = [];
    for (const stay of run.stays) {
      const boarding = run.riders.filter((rider) => boardsAt(reading, rider, run) === stay.stop_id);
      const alighting = aboard.filter((rider) => alightsAt(reading, rider, run) === stay.stop_id);
      aboard = [...aboard.filter((rider) => !alighting.includes(rider)), ...boarding];
      checkCounts(run, stay, boarding.length, alighting.length, aboard.length, report);
      checkRoom(reading, run, stay, aboard, report);
    }
    report.check(
      "routing.all-alight",
      aboard.length === 0,
      () => `${aboard.length} rider(s) of run ${run.id} never alight, ${aboard[0]?.student_id} among them`,
      { run: run.id },
    );
  }
}

const schoolOf = (reading: RoutingReading, rider: RiderRow): string | undefined =>
  reading.demand.get(rideKey(rider.student_id, rider.direction))?.student.school_id;

const boardsAt = (reading: RoutingReading, rider: RiderRow, run: RunReading): string | undefined =>
  run.direction === "AM" ? rider.stop_id : schoolOf(reading, rider);

const alightsAt = (reading: RoutingReading, rider: RiderRow, run: RunReading): string | undefined =>
  run.direction === "AM" ? schoolOf(reading, rider) : rider.stop_id;

function checkCounts(
  run: RunReading,
  stay: StayRow,
  boarding: number,
  alighting: number,
  load: number,
  report: Report,
): void {
  const where = { run: run.id, stop: stay.stop_id };
  const agree = (name: string, claimed: number | undefined, actual: number) =>
    report.agree(
      "routing.load-columns",
      claimed ?? 0,
      actual,
      {},
      `${name} of run ${run.id} at ${stay.stop_id}`,
      where,
    );
  agree("boarding", stay.boarding, boarding);
  agree("alighting", stay.alighting, alighting);
  agree("load", stay.load, load);
}

function checkRoom(
  reading: RoutingReading,
  run: RunReading,
  stay: StayRow,
  aboard: readonly RiderRow[],
  report: Report,
): void {
  const { type } = run;
  if (!type) return;
  const where = { run: run.id, stop: stay.stop_id };
  const rides = aboard.flatMap((rider) => reading.demand.get(rideKey(rider.student_id, rider.direction)) ?? []);
  const benches = rides.reduce((sum, ride) => sum + benchesOf(ride, reading.policy.expected_load), 0);
  report.check(
    "routing.benches",
    benches <= type.benches + EPSILON,
    () =>
      `run ${run.id} needs ${benches.toFixed(2)} benches after ${stay.stop_id}, bus ${run.row.bus_id} has ${type.benches}`,
    where,
  );
  const wheelchairs = rides.filter((ride) => ride.wheelchair).length;
  if (wheelchairs === 0) return;
  report.check(
    "routing.wheelchairs",
    type.lift === true && wheelchairs <= (type.wheelchair_positions ?? 0),
    () =>
      `run ${run.id} carries ${wheelchairs} wheelchair(s), bus ${run.row.bus_id} has ${type.lift ? (type.wheelchair_positions ?? 0) : "no lift, so 0"} position(s)`,
    where,
  );
}

/** A wheelchair takes a position, no bench; with `expected_load` each rider counts by probability. */
const benchesOf = (ride: Ride, expected: boolean): number =>
  ride.wheelchair ? 0 : (ride.rule?.seatsPerRider ?? 0) * (expected ? ride.probability : 1);
