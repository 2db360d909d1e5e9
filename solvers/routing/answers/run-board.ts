import type { RoutingDecisions } from "@trivium/model";
import { kindByBus, staysByRun } from "../plan/rows.ts";
import type { BusType, Direction, RoutingProblem } from "../problem.ts";
import { roomOf } from "./piece-room.ts";

/** A run of a plan with what is free on it: seats, and time before (AM) or after (PM) it. Asked where one more rider fits. */
export interface RunBoard {
  readonly runId: string;
  readonly busId: string;
  /** Millionths of a bench. */
  readonly benchesFree: number;
  /** Bits of the grades aboard. */
  readonly grades: number;
  readonly usdPerSecondYear: number;
  /** Cheapest way to let one rider board (alight) at a place; null where rides or links forbid it. */
  cheapest(place: number, rideMaxS: number): { addedS: number; rideS: number; isNew: boolean } | null;
}

const TOWN_SPEED_MPH = 20;

/** What a second of driving more a day costs a year: the driver, and miles at town speed. */
export const usdPerSecondYear = (problem: RoutingProblem, type: BusType): number =>
  (problem.settings.serviceDays * (type.costPerHourUsd + TOWN_SPEED_MPH * type.costPerMileUsd)) / 3600;

interface Row {
  readonly place: number;
  readonly arriveS: number;
  readonly departS: number;
  /** Least time until someone who boards (alights) here is at the limit of the ride. */
  readonly slackS: number;
}

/** Boards of all runs of one school in one direction. */
export function runBoardsOf(
  problem: RoutingProblem,
  decisions: RoutingDecisions,
  direction: Direction,
  schoolId: string,
): RunBoard[] {
  const runs = decisions.runs.filter(
    (run) => run.direction === direction && run.school_ids.length === 1 && run.school_ids[0] === schoolId,
  );
  const wanted = new Set(runs.map((run) => run.run_id));
  const rideOf = new Map(problem.rides.map((ride) => [`${ride.studentId}\t${ride.direction}`, ride]));
  const riders = Map.groupBy(
    decisions.assignments.filter((row) => wanted.has(row.run_id)),
    (row) => row.run_id,
  );
  const stops = staysByRun({ run_stops: decisions.run_stops.filter((row) => wanted.has(row.run_id)) });
  const placeOf = new Map(problem.places.map((place, index) => [place.id, index]));
  const kindOfBus = kindByBus(problem);
  const rooms = roomOf(problem, decisions, direction, kindOfBus);
  return runs.flatMap((run) => {
    const rows = stops.get(run.run_id) ?? [];
    const aboard = riders.get(run.run_id) ?? [];
    const kind = kindOfBus.get(run.bus_id ?? "");
    const type = problem.types.find((each) => each.id === kind?.typeId);
    if (!kind || !type || rows.some((row) => !placeOf.has(row.stop_id))) return [];
    const rides = aboard.flatMap((row) => rideOf.get(`${row.student_id}\t${direction}`) ?? []);
    const timed = rows.map((row): Row => {
      const here = aboard.filter((each) => each.stop_id === row.stop_id);
      const slacks = here.map((each) => {
        const limit = rideOf.get(`${each.student_id}\t${direction}`)?.rideMaxS ?? 0;
        return limit - ((each.alight ?? 0) - (each.board ?? 0));
      });
      return {
        place: placeOf.get(row.stop_id) ?? 0,
        arriveS: row.arrive,
        departS: row.depart,
        slackS: Math.min(Infinity, ...slacks),
      };
    });
    return [
      {
        runId: run.run_id,
        busId: run.bus_id ?? "",
        benchesFree: kind.benches - rides.reduce((sum, ride) => sum + ride.benches, 0),
        grades: rides.reduce((bits, ride) => bits | (1 << ride.grade), 0),
        usdPerSecondYear: usdPerSecondYear(problem, type),
        cheapest: (place, rideMaxS) => cheapest(problem, direction, timed, place, rideMaxS, rooms.get(run.run_id) ?? 0),
      },
    ];
  });
}

function cheapest(
  problem: RoutingProblem,
  direction: Direction,
  rows: readonly Row[],
  place: number,
  rideMaxS: number,
  roomS: number,
): { addedS: number; rideS: number; isNew: boolean } | null {
  const isAm = direction === "AM";
  const { settings } = problem;
  const slowest = problem.drives.slowestS[direction];
  const drive = (from: number, to: number) => {
    const seconds = slowest[from * problem.places.length + to];
    return seconds < 0 ? Infinity : seconds;
  };
  const school = isAm ? rows[rows.length - 1] : rows[0];
  const fits = (addedS: number, before: readonly Row[], rideS: number) =>
    addedS <= roomS && rideS <= rideMaxS && before.every((row) => row === school || row.slackS >= addedS);
  const known = rows.findIndex((row) => row !== school && row.place === place);
  if (known >= 0) {
    const addedS = Math.ceil(settings.dwellPerRiderS);
    const others = isAm ? rows.slice(0, known) : rows.slice(known + 1);
    const rideS = isAm ? school.arriveS - rows[known].departS : rows[known].arriveS - school.departS;
    return fits(addedS, others, rideS) ? { addedS, rideS, isNew: false } : null;
  }
  let best: { addedS: number; rideS: number; isNew: boolean } | null = null;
  const dwellS = Math.ceil(settings.dwellS + settings.dwellPerRiderS);
  for (let at = isAm ? 0 : 1; at <= rows.length - (isAm ? 1 : 0); at++) {
    const before = rows[at - 1];
    const after = rows[at];
    const legIn = before ? drive(before.place, place) : 0;
    const legOut = after ? drive(place, after.place) : 0;
    const replaced = before && after ? drive(before.place, after.place) : 0;
    const addedS = legIn + dwellS + legOut - replaced;
    const rideS = isAm
      ? legOut + (after === undefined ? 0 : school.arriveS - after.arriveS)
      : legIn + (before === undefined ? 0 : before.departS - school.departS);
    const others = isAm ? rows.slice(0, at) : rows.slice(at);
    if (fits(addedS, others, rideS) && (!best || addedS < best.addedS)) best = { addedS, rideS, isNew: true };
  }
  return best;
}
