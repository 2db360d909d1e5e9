import { METRES_PER_MILE, type RoutingDecisions, type UnmetOf } from "@trivium/model";
import type { Direction, RoutingProblem } from "../problem.ts";
import { type Leg, legBy, legFrom } from "../timetable/bands.ts";
import { runTimes, type TimedStop } from "../timetable/run-times.ts";
import type { BusDay, BusPiece } from "./bus-days.ts";
import { RunNames } from "./run-names.ts";

type Mutable<T> = { -readonly [K in keyof T]: T[K] extends readonly (infer R)[] | undefined ? R[] : never };
type Tables = Mutable<Required<Omit<RoutingDecisions, "shapes" | "directions" | "fairness">>>;

const milesOf = (metres: number): number => Math.round((metres / METRES_PER_MILE) * 100) / 100;
const minutesOf = (seconds: number): number => Math.round(seconds / 6) / 10;

/** Bus days → the tables of the plan, row for row as the data formats say. */
export function tablesOf(problem: RoutingProblem, days: readonly BusDay[]): RoutingDecisions {
  const tables: Tables = { runs: [], run_stops: [], assignments: [], routes: [], bells: [] };
  const names = new RunNames(problem, days);
  for (const day of days) {
    let seq = 1;
    for (const piece of day.pieces) seq = addPiece(problem, tables, names, day, piece, seq);
  }
  tables.bells = problem.schools.map((school) => ({
    school_id: school.id,
    bell_start: school.bellStartS,
    bell_end: school.bellEndS,
  }));
  return tables;
}

function addPiece(
  problem: RoutingProblem,
  tables: Tables,
  names: RunNames,
  day: BusDay,
  piece: BusPiece,
  seq: number,
): number {
  const places = problem.places.length;
  const { drives } = problem;
  const depot = problem.kinds[day.kind].depot;
  const isAm = piece.direction === "AM";
  const order = piece.runs.map((_, index) => index);
  if (!isAm) order.reverse();
  let last: TimedStop | null = null;
  for (const index of order) {
    const callsS = isAm ? piece.calls[index] : piece.calls[index].map((at) => -at);
    const timed = runTimes(problem, piece.direction, piece.runs[index], callsS);
    const leg: Leg = last
      ? legFrom(drives, places, last.place, timed[0].place, last.departS)
      : legBy(drives, places, depot, timed[0].place, timed[0].arriveS);
    const rows: TimedStop[] = last ? timed : beginsOnArrival(timed, leg);
    const runId = names.of(piece.direction, piece.runs[index]);
    addRun(problem, tables, runId, day.busId, piece.direction, rows);
    tables.routes.push({ bus_id: day.busId, seq: seq++, run_id: runId, ...deadhead(leg) });
    last = rows[rows.length - 1];
  }
  if (last) {
    const back = legFrom(drives, places, last.place, depot, last.departS);
    tables.routes.push({ bus_id: day.busId, seq: seq++, ...deadhead(back) });
  }
  return seq;
}

/** A bus that must leave its depot before a time band ends is early at its first place, and begins there at once. */
const beginsOnArrival = ([first, ...rest]: readonly TimedStop[], leg: Leg): TimedStop[] => [
  { ...first, arriveS: leg.departS + leg.durationS },
  ...rest,
];

const deadhead = (leg: { distanceM: number; durationS: number }) => ({
  deadhead_m: leg.distanceM,
  deadhead_s: leg.durationS,
  deadhead_miles: milesOf(leg.distanceM),
  deadhead_min: minutesOf(leg.durationS),
});

function addRun(
  problem: RoutingProblem,
  tables: Tables,
  runId: string,
  busId: string,
  direction: Direction,
  rows: readonly TimedStop[],
): void {
  const calls = rows.filter((row) => row.school >= 0);
  const schoolIds = calls.map((row) => problem.schools[row.school].id);
  const isAm = direction === "AM";
  const ridesAt = (row: TimedStop) => row.visits.flatMap((visit) => [...problem.visits[direction][visit].rides]);
  const schoolOf = (ride: number) => problem.rides[ride].school;
  const riders = rows.flatMap(ridesAt);
  let load = 0;
  let most = 0;
  rows.forEach((row, index) => {
    const isSchool = row.school >= 0;
    const count = (isSchool ? riders.filter((ride) => schoolOf(ride) === row.school) : ridesAt(row)).length;
    const boards = isAm !== isSchool;
    load += boards ? count : -count;
    most = Math.max(most, load);
    const place = problem.places[row.place];
    tables.run_stops.push({
      run_id: runId,
      seq: index + 1,
      stop_id: place.id,
      lat: place.lat,
      lon: place.lon,
      leg_m: row.leg?.distanceM ?? 0,
      leg_s: row.leg?.durationS ?? 0,
      arrive: row.arriveS,
      depart: row.departS,
      boarding: boards ? count : 0,
      alighting: boards ? 0 : count,
      load,
    });
    for (const ride of ridesAt(row)) {
      const schoolRow = calls.find((call) => call.school === schoolOf(ride)) ?? row;
      tables.assignments.push(assignment(problem, ride, runId, busId, row, schoolRow));
    }
  });
  const distanceM = rows.reduce((sum, row) => sum + (row.leg?.distanceM ?? 0), 0);
  const depart = rows[0].departS;
  const arrive = rows[rows.length - 1].arriveS;
  tables.runs.push({
    run_id: runId,
    direction,
    school_ids: schoolIds,
    bus_id: busId,
    depart,
    arrive,
    riders_max: most,
    distance_m: distanceM,
    miles: milesOf(distanceM),
    minutes: minutesOf(arrive - depart),
  });
}

function assignment(
  problem: RoutingProblem,
  ride: number,
  runId: string,
  busId: string,
  row: TimedStop,
  schoolRow: TimedStop,
): RoutingDecisions["assignments"][number] {
  const { studentId, direction, place, walkM } = problem.rides[ride];
  const isAm = direction === "AM";
  const board = isAm ? row.departS : schoolRow.departS;
  const alight = isAm ? schoolRow.arriveS : row.arriveS;
  const direct = isAm
    ? legFrom(problem.drives, problem.places.length, place, schoolRow.place, board)
    : legFrom(problem.drives, problem.places.length, schoolRow.place, place, board);
  return {
    student_id: studentId,
    direction,
    stop_id: problem.places[place].id,
    run_id: runId,
    bus_id: busId,
    walk_m: walkM,
    board,
    alight,
    ride_min: minutesOf(alight - board),
    direct_min: minutesOf(direct.durationS),
  };
}

/** Who is not served, with the reason: what the problem found already, then visits that no run carries. */
export function unservedOf(
  problem: RoutingProblem,
  banks: Record<Direction, Record<"bank" | LeftOut, readonly number[]>>,
  idleKinds: Readonly<Record<Direction, readonly number[]>>,
): UnmetOf["routing"] {
  const rows: UnmetOf["routing"][number][] = problem.unserved.map(({ studentId, direction, reason, fix }) => ({
    student_id: studentId,
    direction,
    reason_code: reason,
    fix,
  }));
  for (const direction of ["AM", "PM"] as const) {
    for (const visit of banks[direction].bank)
      rows.push(...leftBehind(problem, direction, visit, idleKinds[direction]));
    for (const list of Object.keys(LEFT_OUT) as LeftOut[])
      for (const visit of banks[direction][list])
        for (const ride of problem.visits[direction][visit].rides)
          rows.push({ student_id: problem.rides[ride].studentId, direction, ...LEFT_OUT[list] });
  }
  return rows;
}

const LEFT_OUT = {
  crowdedOut: {
    reason_code: "no_capacity",
    fix: "the school's curb has no free turn in its window: raise buses_at_once or widen the arrival window",
  },
  outOfRange: {
    reason_code: "no_bus",
    fix: "no bus has the range for this run beside its day: add a bus, or one with a longer range_miles",
  },
  undriven: {
    reason_code: "no_bus",
    fix: "no driver of the depot has the hours for this part of the bus's day: add a driver, or raise hours_max",
  },
} as const;

type LeftOut = keyof typeof LEFT_OUT;

function leftBehind(
  problem: RoutingProblem,
  direction: Direction,
  visit: number,
  idleKinds: readonly number[],
): UnmetOf["routing"][number][] {
  const { rides } = problem.visits[direction][visit];
  const benches = rides.reduce((sum, ride) => sum + problem.rides[ride].benches, 0);
  const hasLift = problem.kinds.some((kind) => kind.wheelchairs > 0);
  const wheelchairs = rides.filter((ride) => problem.rides[ride].wheelchair).length;
  const suits = (kind: number) =>
    problem.kinds[kind].benches >= benches && problem.kinds[kind].wheelchairs >= wheelchairs;
  const fits = problem.kinds.some((_, kind) => suits(kind));
  const isIdle = idleKinds.some(suits);
  return rides.map((ride) => {
    const { studentId, wheelchair } = problem.rides[ride];
    const [reason_code, fix] =
      wheelchair && !hasLift
        ? (["no_lift", "add a bus with a lift and wheelchair positions"] as const)
        : !fits
          ? (["no_capacity", "no bus has this many benches: add a larger bus"] as const)
          : isIdle
            ? ([
                "no_capacity",
                "no bus can be there in its window: widen the arrival window, or free a bus all day",
              ] as const)
            : (["no_bus", "every bus is taken at that time: add a bus, or widen the arrival window"] as const);
    return { student_id: studentId, direction, reason_code, fix };
  });
}
