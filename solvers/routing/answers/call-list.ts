import { kindByBus, piecesByBus, type Stay, staysByRun } from "../plan/rows.ts";
import type { BusKind, Direction, Ride, RoutingProblem } from "../problem.ts";
import { roomOf } from "./piece-room.ts";

/** A place where a run calls, and the rides that board or alight there. */
export interface Call {
  readonly place: number;
  readonly rides: readonly number[];
}

/** A run of a plan that may be changed in mind: its calls without the school, in the order of the kernel (the school comes last, PM runs backwards). */
export interface CallList {
  readonly runId: string;
  readonly busId: string;
  readonly direction: Direction;
  readonly school: number;
  readonly kind: BusKind;
  readonly calls: readonly Call[];
  /** How much longer it may get before its bus's day or its school's window breaks. */
  readonly roomS: number;
  /** Waiting of its bus on the side to which it grows: what it may grow before the bus is out longer. */
  readonly waitS: number;
  /** Where its bus comes from (PM: goes on to), and whether that is the depot. */
  readonly leadPlace: number;
  readonly isOutermost: boolean;
  /** Its rows as planned. */
  readonly stays: readonly Stay[];
  /** Whether it is the only run of its bus in this direction, and of the whole day. */
  readonly aloneInHalf: boolean;
  readonly aloneInDay: boolean;
}

/** Runs of one direction of a plan, with what a change of them is judged by. Runs to several schools, and those whose places or bus the problem does not know, are left out. */
export class CallLists {
  readonly problem: RoutingProblem;
  readonly #lists = new Map<string, CallList>();
  readonly #allowedS = new Map<number, number>();

  constructor(
    problem: RoutingProblem,
    decisions: Parameters<typeof roomOf>[1],
    direction: Direction,
    wanted: ReadonlySet<string>,
  ) {
    this.problem = problem;
    for (const visit of problem.visits[direction])
      for (const ride of visit.rides) this.#allowedS.set(ride, Math.min(visit.rideMaxS, problem.rides[ride].rideMaxS));
    const kinds = kindByBus(problem);
    const rooms = roomOf(problem, decisions, direction, kinds);
    const stays = staysByRun({ run_stops: decisions.run_stops.filter((row) => wanted.has(row.run_id)) });
    const places = new Map(problem.places.map((place, index) => [place.id, index]));
    const schools = new Map(problem.schools.map((school, index) => [school.id, index]));
    const rideOf = new Map(
      problem.rides.flatMap((ride, index) => (ride.direction === direction ? [[ride.studentId, index] as const] : [])),
    );
    const aboard = Map.groupBy(
      decisions.assignments.filter((row) => wanted.has(row.run_id)),
      (row) => `${row.run_id}\t${row.stop_id}`,
    );
    const roles = rolesOf(decisions, direction);
    for (const run of decisions.runs) {
      if (!wanted.has(run.run_id) || run.school_ids.length !== 1 || run.bus_id === undefined) continue;
      const school = schools.get(run.school_ids[0]);
      const kind = kinds.get(run.bus_id);
      const rows = stays.get(run.run_id) ?? [];
      const calls = rows.flatMap((row): Call[] => {
        const place = places.get(row.stop_id);
        if (row.stop_id === run.school_ids[0] || place === undefined) return [];
        const here = aboard.get(`${run.run_id}\t${row.stop_id}`) ?? [];
        return [{ place, rides: here.flatMap((each) => rideOf.get(each.student_id) ?? []) }];
      });
      const role = roles.get(run.run_id);
      if (school === undefined || !kind || !role || calls.length !== rows.length - 1) continue;
      const { leadStop, ...timing } = role;
      const leadPlace = leadStop === null ? kind.depot : places.get(leadStop);
      if (leadPlace === undefined) continue;
      if (direction === "PM") calls.reverse();
      this.#lists.set(run.run_id, {
        runId: run.run_id,
        busId: run.bus_id,
        direction,
        school,
        kind,
        calls,
        roomS: rooms.get(run.run_id) ?? 0,
        stays: rows,
        ...timing,
        leadPlace,
        isOutermost: leadStop === null,
      });
    }
  }

  get(runId: string): CallList | undefined {
    return this.#lists.get(runId);
  }

  /** Longest ride that is allowed. */
  allowedS = (ride: number): number => this.#allowedS.get(ride) ?? this.problem.rides[ride].rideMaxS;

  /** Drive from a call to the next in the order of the kernel, in the slowest band. */
  driveS(direction: Direction, from: number, to: number): number {
    const { places, drives } = this.problem;
    const seconds =
      drives.slowestS[direction][direction === "AM" ? from * places.length + to : to * places.length + from];
    return seconds < 0 ? Infinity : seconds;
  }

  driveM(direction: Direction, from: number, to: number): number {
    const { places, drives } = this.problem;
    const cell = direction === "AM" ? from * places.length + to : to * places.length + from;
    return Math.max(0, ...drives.distanceM.map((metres) => metres[cell]));
  }

  dwellS(rides: readonly number[]): number {
    const { dwellS, dwellPerRiderS, dwellWheelchairS } = this.problem.settings;
    const chairs = rides.filter((ride) => this.problem.rides[ride].wheelchair).length;
    return Math.ceil(dwellS + rides.length * dwellPerRiderS + chairs * dwellWheelchairS);
  }

  /** Seconds and metres from the first call to the school. */
  lengthOf({ direction, school }: Pick<CallList, "direction" | "school">, calls: readonly Call[]) {
    const stops = [...calls.map((call) => call.place), this.problem.schools[school].place];
    let s = 0;
    let m = 0;
    calls.forEach((call, k) => {
      s += this.dwellS(call.rides) + this.driveS(direction, stops[k], stops[k + 1]);
      m += this.driveM(direction, stops[k], stops[k + 1]);
    });
    return { s, m };
  }

  /** Ride of each rider, seconds. */
  ridesOf(list: Pick<CallList, "direction" | "school">, calls: readonly Call[]): Map<number, number> {
    const rides = new Map<number, number>();
    let after = this.problem.schools[list.school].place;
    let rideS = 0;
    for (const call of calls.toReversed()) {
      rideS += this.driveS(list.direction, call.place, after);
      for (const ride of call.rides) rides.set(ride, rideS);
      rideS += this.dwellS(call.rides);
      after = call.place;
    }
    return rides;
  }
}

export const ridesAboard = (calls: readonly Call[], rides: RoutingProblem["rides"]): Ride[] =>
  calls.flatMap((call) => call.rides.map((ride) => rides[ride]));

interface Role extends Pick<CallList, "waitS" | "aloneInHalf" | "aloneInDay"> {
  /** Null: the depot. */
  readonly leadStop: string | null;
}

/** AM runs grow at their beginning, PM runs at their end: the waiting there and on, up to the first (last) run, whose growth the bus pays. */
function rolesOf(decisions: Parameters<typeof roomOf>[1], direction: Direction): Map<string, Role> {
  const isAm = direction === "AM";
  const rowsOf = staysByRun(decisions);
  const directionOf = new Map(decisions.runs.map((run) => [run.run_id, run.direction]));
  const roles = new Map<string, Role>();
  for (const pieces of piecesByBus(decisions.routes).values()) {
    const runsInDay = pieces.flat().filter((row) => row.run_id !== undefined).length;
    for (const piece of pieces) {
      const links = piece.filter((row) => rowsOf.has(row.run_id ?? ""));
      if (directionOf.get(links[0]?.run_id ?? "") !== direction) continue;
      const runs = links.map((row) => rowsOf.get(row.run_id ?? "") ?? []);
      const gapBefore = (k: number) => {
        const last = runs[k - 1]?.at(-1);
        return last ? Math.max(0, runs[k][0].arrive - last.depart - (links[k].deadhead_s ?? 0)) : 0;
      };
      runs.forEach((_, k) => {
        const outer = isAm ? [...runs.keys()].slice(0, k + 1) : [...runs.keys()].slice(k + 1);
        const lead = isAm ? runs[k - 1]?.at(-1) : runs[k + 1]?.[0];
        roles.set(links[k].run_id ?? "", {
          waitS: outer.reduce((sum, index) => sum + gapBefore(index), 0),
          leadStop: lead?.stop_id ?? null,
          aloneInHalf: runs.length === 1,
          aloneInDay: runsInDay === 1,
        });
      });
    }
  }
  return roles;
}
