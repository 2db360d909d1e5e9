import { type Explanation, formatClock, InputError, type Plan, type Subject } from "@trivium/model";
import type { RoutingProblem } from "../problem.ts";

/** Why a student boards where and when they do, or is not served; why a bus is needed. */
export function explain(problem: RoutingProblem, plan: Plan<"routing">, subject: Subject): Explanation {
  if (subject.kind === "student") return student(problem, plan, subject.id);
  if (subject.kind === "bus") return bus(plan, subject.id);
  throw new InputError(
    "unknown-subject",
    `routing explains students and buses, not ${subject.kind}. Maybe --student or --bus.`,
  );
}

function student(problem: RoutingProblem, plan: Plan<"routing">, id: string): Explanation {
  const rows = plan.decisions.assignments.filter((row) => row.student_id === id);
  const unserved = plan.unmet.filter((row) => row.student_id === id);
  const rides = problem.rides.filter((ride) => ride.studentId === id);
  if (rows.length + unserved.length + rides.length === 0)
    return {
      subject: id,
      summary: `${id} does not ride: the walk to school is within the walk zone of the grade, or riders.csv says no.`,
      facts: [],
      mends: [{ change: "rides_am, rides_pm = yes in riders.csv", effect: `${id} becomes a rider` }],
      proven: true,
    };
  const facts = rows.flatMap((row) => {
    const ride = rides.find((each) => each.direction === row.direction);
    return [
      { label: `${row.direction} stop`, value: row.stop_id },
      { label: `${row.direction} walk, m`, value: row.walk_m ?? 0 },
      { label: `${row.direction} run`, value: row.run_id },
      { label: `${row.direction} boards`, value: formatClock(row.board ?? 0) },
      { label: `${row.direction} ride, min`, value: row.ride_min ?? 0 },
      { label: `${row.direction} direct drive, min`, value: row.direct_min ?? 0 },
      { label: `${row.direction} ride limit, min`, value: ride ? Math.floor(ride.rideMaxS / 60) : "" },
      { label: `${row.direction} other open stops in reach`, value: Math.max(0, (ride?.reach.length ?? 0) - 1) },
    ];
  });
  const served = rows.map(
    (row) => `${row.direction} at ${row.stop_id}, ${row.walk_m ?? 0} m on foot, ${row.ride_min ?? 0} min aboard`,
  );
  const missed = unserved.map((row) => `${row.direction} not served: ${row.reason_code}`);
  return {
    subject: id,
    summary: `${[...served, ...missed].join("; ")}.`,
    facts,
    mends: unserved.map((row) => ({ change: row.fix ?? "", effect: `serves ${id} ${row.direction}` })),
    proven: false,
  };
}

function bus(plan: Plan<"routing">, id: string): Explanation {
  const runs = plan.decisions.runs.filter((run) => run.bus_id === id);
  if (runs.length === 0)
    return { subject: id, summary: `${id} is not used by this plan.`, facts: [], mends: [], proven: true };
  const riders = runs.reduce((sum, run) => sum + (run.riders_max ?? 0), 0);
  const from = Math.min(...runs.map((run) => run.depart));
  const busiest = atOnce(plan, runs);
  return {
    subject: id,
    summary: `${id} drives ${runs.length} runs for ${riders} rides; while it is busiest, ${busiest} of the plan's buses are out at once.`,
    facts: [
      { label: "first departure", value: formatClock(from) },
      ...runs.map((run) => ({
        label: `${run.run_id} (${run.school_ids.join(", ")})`,
        value: `${formatClock(run.depart)}–${formatClock(run.arrive)}, ${run.riders_max ?? 0} riders`,
      })),
    ],
    mends: [],
    proven: false,
  };
}

/** Most buses on a run at the same moment as one of these runs. */
function atOnce(plan: Plan<"routing">, runs: Plan<"routing">["decisions"]["runs"]): number {
  const all = plan.decisions.runs;
  return Math.max(
    ...runs.map(
      (run) =>
        new Set(all.filter((each) => each.depart <= run.arrive && each.arrive >= run.depart).map((each) => each.bus_id))
          .size,
    ),
  );
}
