import {
  type AbsentBusesAnswer,
  type Explanation,
  formatClock,
  InputError,
  type Plan,
  type Subject,
} from "@trivium/model";
import type { RoutingProblem } from "../problem.ts";
import { absentBuses } from "./absent-buses.ts";
import { lateStudent, type Offer } from "./late-student.ts";
import { mendsOf } from "./mends.ts";

/** Why a student boards where and when they do, or is not served; why a bus is needed. */
export function explain(problem: RoutingProblem, plan: Plan<"routing">, subject: Subject): Explanation {
  if (subject.kind === "student") return student(problem, plan, subject.id);
  if (subject.kind === "bus") return bus(problem, plan, subject.id);
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
      ...otherPlaces(problem, plan, row),
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
    mends: unserved.flatMap((row) => mendsOf(problem, id, row.direction, row.reason_code, row.fix ?? "")),
    proven: false,
  };
}

type Assignment = Plan<"routing">["decisions"]["assignments"][number];

/** Why this stop and run: who shares it, whether an open stop is nearer, and the cheapest other place with what it would cost. */
function otherPlaces(problem: RoutingProblem, plan: Plan<"routing">, row: Assignment): Explanation["facts"] {
  const { direction, stop_id, run_id } = row;
  const mates = plan.decisions.assignments.filter(
    (each) => each.direction === direction && each.stop_id === stop_id && each.run_id === run_id,
  ).length;
  const ride = problem.rides.find((each) => each.studentId === row.student_id && each.direction === direction);
  const nearest = ride?.reach[0];
  const facts = [{ label: `${direction} riders at the stop on this run`, value: mates }];
  if (!ride || ride.reach.length === 0) return facts;
  const answer = lateStudent(problem, plan, { kind: "late_student", student_id: row.student_id });
  const { best, alternatives } = answer[direction] as { best: Offer | null; alternatives: Offer[] };
  const other = [best, ...alternatives].find((each) => each && (each.run_id !== run_id || each.stop_id !== stop_id));
  return [
    ...facts,
    ...(nearest && problem.places[nearest.place].id !== stop_id
      ? [
          {
            label: `${direction} nearer open stop`,
            value: `${problem.places[nearest.place].id}, ${nearest.walkM} m: full, or kept from the service before`,
          },
        ]
      : []),
    {
      label: `${direction} cheapest other place`,
      value: other
        ? `${other.stop_id} on ${other.run_id}: ${other.walk_m} m on foot, ${other.ride_min} min aboard, ${other.added_usd_per_year} USD a year more`
        : "none: no other run has a seat and the time",
    },
  ];
}

/** Why a bus is needed: what would break if it were not there and every other run stayed as it is. */
function bus(problem: RoutingProblem, plan: Plan<"routing">, id: string): Explanation {
  const runs = plan.decisions.runs.filter((run) => run.bus_id === id);
  if (runs.length === 0)
    return { subject: id, summary: `${id} is not used by this plan.`, facts: [], mends: [], proven: true };
  const riders = runs.reduce((sum, run) => sum + (run.riders_max ?? 0), 0);
  const from = Math.min(...runs.map((run) => run.depart));
  const busiest = atOnce(plan, runs);
  const without = absentBuses(problem, plan, {
    kind: "absent_buses",
    bus_ids: [id],
    use_spares: false,
    late_max_min: 0,
  }) as unknown as AbsentBusesAnswer;
  const lost = without.uncovered.reduce((sum, run) => sum + run.riders, 0);
  const broken =
    without.uncovered.length === 0
      ? `without it others in use could drive all its runs in time, between their own`
      : `without it ${without.uncovered.length} of them, with ${lost} riders, have no bus in use that is free in time`;
  return {
    subject: id,
    summary: `${id} drives ${runs.length} runs for ${riders} rides; while it is busiest, ${busiest} of the plan's buses are out at once; ${broken}.`,
    facts: [
      { label: "first departure", value: formatClock(from) },
      ...runs.map((run) => ({
        label: `${run.run_id} (${run.school_ids.join(", ")})`,
        value: `${formatClock(run.depart)}–${formatClock(run.arrive)}, ${run.riders_max ?? 0} riders`,
      })),
      ...without.uncovered.map((run) => ({ label: `without it, ${run.run_id}`, value: run.reason })),
      ...without.covered.map((run) => ({ label: `without it, ${run.run_id}`, value: `driven by ${run.bus_id}` })),
    ],
    mends: [
      {
        change: `do without ${id}`,
        effect: "the plan serves as many rides with a bus less",
        changes: [{ what: "without_buses", bus_ids: [...idleBuses(problem, plan), id] }],
      },
    ],
    proven: false,
  };
}

/** So that none of them simply takes its place. */
function idleBuses(problem: RoutingProblem, plan: Plan<"routing">): string[] {
  const used = new Set(plan.decisions.routes.map((row) => row.bus_id));
  return Object.keys(problem.typeOfBus).filter((busId) => !used.has(busId));
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
