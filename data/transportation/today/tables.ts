import { type LatLon, METRES_PER_MILE, type TableRow, type Tables } from "@trivium/model";
import type { Deadheads, Duty, TimedCrew } from "./duties.ts";
import type { Stay } from "./timing.ts";

type Direction = "AM" | "PM";
type TodayTables = Pick<Tables, "today_runs" | "today_run_stops" | "today_assignments" | "today_routes">;

const miles = (metres: number): number => Math.round((metres / METRES_PER_MILE) * 100) / 100;
const minutes = (seconds: number): number => Math.round(seconds / 6) / 10;

const runId = ({ crew, number }: TimedCrew, direction: Direction): string =>
  `${crew.desk.bell.school_id}-${String(number).padStart(2, "0")}-${direction}`;

/** Today's service as the tables of a plan. */
export function todayTables(
  duties: readonly Duty[],
  dead: Deadheads,
  yards: ReadonlyMap<string, LatLon>,
  directS: (timed: TimedCrew, direction: Direction, stay: Stay) => number,
): TodayTables {
  const runs: TableRow<"today_runs">[] = [];
  const stops: TableRow<"today_run_stops">[] = [];
  const assignments: TableRow<"today_assignments">[] = [];
  for (const direction of ["AM", "PM"] as const)
    for (const { bus, crews } of duties)
      for (const timed of crews) {
        const stays = timed[direction];
        if (stays.length === 0) continue;
        const run_id = runId(timed, direction);
        runs.push(runRow(run_id, direction, timed, bus.bus_id));
        stops.push(...stopRows(run_id, direction, stays));
        assignments.push(...assignmentRows(run_id, direction, timed, bus.bus_id, directS));
      }
  assignments.sort((a, b) => a.direction.localeCompare(b.direction) || a.student_id.localeCompare(b.student_id));
  return {
    today_runs: runs,
    today_run_stops: stops,
    today_assignments: assignments,
    today_routes: [...duties]
      .sort((a, b) => a.bus.bus_id.localeCompare(b.bus.bus_id))
      .flatMap((duty) => routeRows(duty, dead, yards.get(duty.bus.depot_id) ?? { lat: 0, lon: 0 })),
  };
}

function runRow(run_id: string, direction: Direction, timed: TimedCrew, bus_id: string): TableRow<"today_runs"> {
  const stays = timed[direction];
  const [first, last] = [stays[0], stays[stays.length - 1]];
  const distance_m = stays.reduce((sum, stay) => sum + stay.legM, 0);
  return {
    run_id,
    direction,
    school_ids: [timed.crew.desk.bell.school_id],
    bus_id,
    depart: first.departS,
    arrive: last.arriveS,
    riders_max: (direction === "AM" ? last : first).riders.length,
    distance_m,
    miles: miles(distance_m),
    minutes: minutes(last.arriveS - first.departS),
  };
}

function stopRows(run_id: string, direction: Direction, stays: readonly Stay[]): TableRow<"today_run_stops">[] {
  let load = 0;
  return stays.map((stay, index) => {
    const boards = stay.atSchool === (direction === "PM");
    const [boarding, alighting] = boards ? [stay.riders.length, 0] : [0, stay.riders.length];
    load += boarding - alighting;
    return {
      run_id,
      seq: index + 1,
      stop_id: stay.stopId,
      lat: stay.lat,
      lon: stay.lon,
      leg_m: stay.legM,
      leg_s: stay.legS,
      arrive: stay.arriveS,
      depart: stay.departS,
      boarding,
      alighting,
      load,
    };
  });
}

function assignmentRows(
  run_id: string,
  direction: Direction,
  timed: TimedCrew,
  bus_id: string,
  directS: (timed: TimedCrew, direction: Direction, stay: Stay) => number,
): TableRow<"today_assignments">[] {
  const stays = timed[direction];
  return stays
    .filter((stay) => !stay.atSchool)
    .flatMap((stay) => {
      const [board, alight] =
        direction === "AM" ? [stay.departS, stays[stays.length - 1].arriveS] : [stays[0].departS, stay.arriveS];
      const direct_min = minutes(directS(timed, direction, stay));
      return stay.riders.map(({ ride, boarding }) => ({
        student_id: ride.student.student_id,
        direction,
        stop_id: stay.stopId,
        run_id,
        bus_id,
        ...(boarding.walkM === undefined ? {} : { walk_m: boarding.walkM }),
        board,
        alight,
        ride_min: minutes(alight - board),
        direct_min,
      }));
    });
}

/** A bus's day: the deadhead to each run, and home at the end of each piece. */
function routeRows({ bus, crews }: Duty, dead: Deadheads, yard: LatLon): TableRow<"today_routes">[] {
  const rows: TableRow<"today_routes">[] = [];
  const add = (from: LatLon, to: LatLon, departS: number, run_id?: string) => {
    const { s, m } = dead.between(from, to, departS);
    const deadhead = { deadhead_m: m, deadhead_s: s, deadhead_miles: miles(m), deadhead_min: minutes(s) };
    rows.push({ bus_id: bus.bus_id, seq: rows.length + 1, ...(run_id ? { run_id } : {}), ...deadhead });
  };
  for (const direction of ["AM", "PM"] as const) {
    let last: Stay | undefined;
    for (const timed of crews) {
      const stays = timed[direction];
      if (stays.length === 0) continue;
      if (last) add(last, stays[0], last.departS, runId(timed, direction));
      else add(yard, stays[0], leaveS(yard, stays[0], dead), runId(timed, direction));
      last = stays[stays.length - 1];
    }
    if (last) add(last, yard, last.departS);
  }
  return rows;
}

/** When to leave the yard to be there in time; drives differ by the time band in which they begin, so the guess is moved until it holds. */
function leaveS(yard: LatLon, to: Stay, dead: Deadheads): number {
  const driveS = (departS: number) => dead.between(yard, to, departS).s;
  let departS = to.arriveS;
  while (departS + driveS(departS) > to.arriveS) departS = to.arriveS - driveS(departS);
  return departS;
}
