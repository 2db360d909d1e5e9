import { type Explanation, GRADES } from "@trivium/model";
import type { BusKind, Direction, RoutingProblem } from "../problem.ts";

type Mend = Explanation["mends"][number];
type Changes = NonNullable<Mend["changes"]>;

/** Minutes by which a window is widened, or a limit raised, at a time. */
const WIDEN_MIN = 10;

/**
 * What would serve an unserved ride, cheapest first, as changes of the district; whether it does is for a solve and the verifier to say.
 * @param reason code of `unserved.csv`
 */
export function mendsOf(
  problem: RoutingProblem,
  studentId: string,
  direction: Direction,
  reason: string,
  fix: string,
): Mend[] {
  const ride = problem.rides.find((each) => each.studentId === studentId && each.direction === direction);
  const effect = `serves ${studentId} ${direction}`;
  const mend = (change: string, usd: number, ...changes: Changes): Mend => ({
    change,
    effect: usd > 0 ? `${effect}, ${Math.round(usd)} USD a year at least` : effect,
    changes,
  });
  switch (reason) {
    case "no_stop_in_reach":
    case "barred_crossing":
      return [
        mend("fetch the student at home (needs = curbside in riders.csv)", 0, {
          what: "curbside",
          student_ids: [studentId],
        }),
      ];
    case "no_lift":
      return busMend(problem, (kind) => kind.wheelchairs > 0, mend);
    case "no_capacity":
    case "no_bus": {
      const chair = ride?.wheelchair ?? false;
      const school = ride ? problem.schools[ride.school].id : null;
      const window: Mend[] =
        school === null
          ? []
          : [
              mend(`let buses of ${school} come ${WIDEN_MIN} min earlier and leave ${WIDEN_MIN} min later`, 0, {
                op: "set",
                table: "bells",
                where: { school_id: school },
                values: {
                  arrive_earliest_min: windowMin(problem, ride?.school ?? 0, "AM") + WIDEN_MIN,
                  depart_latest_min: windowMin(problem, ride?.school ?? 0, "PM") + WIDEN_MIN,
                },
              }),
            ];
      return [...window, ...busMend(problem, (kind) => !chair || kind.wheelchairs > 0, mend)];
    }
    case "ride_too_long": {
      const grade = ride ? GRADES[ride.grade] : undefined;
      const rule = problem.rules.find((each) => each.grade === grade);
      if (!rule) return [{ change: fix, effect }];
      const limit = rule.rideMaxMin + WIDEN_MIN;
      return [
        mend(`let grade ${rule.grade} ride ${limit} min`, 0, {
          op: "set",
          table: "rules",
          where: { grade: rule.grade },
          values: { ride_max_min: limit },
        }),
      ];
    }
    default:
      return [{ change: fix, effect }];
  }
}

/** One more bus of the cheapest type that serves. */
function busMend(
  problem: RoutingProblem,
  serves: (kind: BusKind) => boolean,
  mend: (change: string, usd: number, ...changes: Changes) => Mend,
): Mend[] {
  const kinds = problem.kinds.filter(serves).sort((a, b) => a.costFixedUsd - b.costFixedUsd);
  const [kind] = kinds;
  if (!kind)
    return [{ change: "buy a bus with a lift and wheelchair positions", effect: "serves riders in wheelchairs" }];
  const bus_id = `MORE-${kind.typeId}`;
  const row = { bus_id, bus_type_id: kind.typeId, depot_id: kind.depotId };
  return [mend(`one more ${kind.typeId}`, kind.costFixedUsd, { op: "add", table: "buses", row })];
}

/** Minutes of the window before the bell (PM: behind it), the loading included. */
function windowMin({ schools }: RoutingProblem, school: number, direction: "AM" | "PM"): number {
  const { bellStartS, bellEndS, amEndMinS, pmBeginMaxS, loadS } = schools[school];
  return Math.round((direction === "AM" ? bellStartS - amEndMinS : pmBeginMaxS + loadS - bellEndS) / 60);
}
