import type { Report } from "../../report.ts";
import { type Ride, rideKey } from "../demand.ts";
import type { RoutingReading, RunReading } from "../reading.ts";

/** Grades aboard together each list the other in `share_with`; an empty list means all. */
export function checkSharedGrades(reading: RoutingReading, report: Report): void {
  for (const run of reading.runs.values()) {
    const clash = firstClash(reading, run);
    report.check(
      "routing.shared-grades",
      clash === null,
      () => `run ${run.id} carries grades ${clash?.join(" and ")} together, which may not share a bus`,
      { run: run.id },
    );
  }
}

function firstClash(reading: RoutingReading, run: RunReading): [string, string] | null {
  let aboard: Ride[] = [];
  const rides = run.riders.flatMap((rider) => {
    const ride = reading.demand.get(rideKey(rider.student_id, rider.direction));
    return ride ? [{ ride, stop: rider.stop_id }] : [];
  });
  const isAm = run.direction === "AM";
  for (const { stop_id } of run.stays) {
    aboard = aboard.filter((ride) => !rides.some((each) => each.ride === ride && offAt(each, isAm) === stop_id));
    aboard.push(...rides.filter((each) => onAt(each, isAm) === stop_id).map(({ ride }) => ride));
    const clash = clashAmong(aboard);
    if (clash) return clash;
  }
  return null;
}

interface Aboard {
  readonly ride: Ride;
  readonly stop: string;
}

const onAt = ({ ride, stop }: Aboard, isAm: boolean): string => (isAm ? stop : ride.student.school_id);
const offAt = ({ ride, stop }: Aboard, isAm: boolean): string => (isAm ? ride.student.school_id : stop);

function clashAmong(aboard: readonly Ride[]): [string, string] | null {
  const rules = [...new Map(aboard.flatMap(({ rule }) => (rule ? [[rule.grade, rule] as const] : []))).values()];
  for (const a of rules)
    for (const b of rules) if (a !== b && a.shareWith && !a.shareWith.has(b.grade)) return [a.grade, b.grade];
  return null;
}
