import type { Direction, RoutingProblem } from "../problem.ts";
import { beforeOf } from "./before.ts";
import { type HalfDay, UNREACHABLE } from "./half-day.ts";

/** Price of an hour of driving, paid hours and miles together, that weighs a bus's yearly cost against drive time, dollars. */
const ROAD_SPEED_MPH = 20;

/**
 * A direction of the problem as the kernel wants it, in seconds. PM runs backwards: the matrix is transposed, and a time of day t becomes −t,
 * so that loading at school comes last and a run "ends" when loading begins.
 *
 * @param price of using one more bus of each kind, in shares of its yearly cost
 */
export function halfDayOf(problem: RoutingProblem, direction: Direction, price: number): HalfDay {
  const { schools, kinds, settings } = problem;
  const visits = problem.visits[direction];
  const isAm = direction === "AM";
  const ofVisits = (value: (visit: (typeof visits)[number]) => number) => Int32Array.from(visits, value);
  const sumOf = (value: (ride: RoutingProblem["rides"][number]) => number) =>
    ofVisits((visit) => visit.rides.reduce((sum, ride) => sum + value(problem.rides[ride]), 0));
  const day: HalfDay = {
    nodes: problem.places.length,
    travel: travelOf(problem, direction),
    schoolMixes: problem.schoolMixes,
    visits: visits.length,
    visitNode: ofVisits((visit) => visit.place),
    visitSchool: ofVisits((visit) => visit.school),
    visitService: ofVisits((visit) => visit.dwellS),
    visitUnload: new Int32Array(visits.length),
    visitBenches: sumOf((ride) => ride.benches),
    visitWheelchairs: sumOf((ride) => (ride.wheelchair ? 1 : 0)),
    visitRiders: ofVisits((visit) => visit.rides.length),
    visitRideMax: ofVisits((visit) => visit.rideMaxS),
    visitGrades: ofVisits((visit) => visit.rides.reduce((bits, ride) => bits | (1 << problem.rides[ride].grade), 0)),
    gradeShares: problem.gradeShares,
    schools: schools.length,
    schoolNode: Int32Array.from(schools, (school) => school.place),
    schoolService: Int32Array.from(schools, (school) => (isAm ? school.unloadS : school.loadS)),
    schoolEndMin: Int32Array.from(schools, (school) => (isAm ? school.amEndMinS : -school.pmBeginMaxS)),
    schoolEndMax: Int32Array.from(schools, (school) => (isAm ? school.amEndMaxS : -school.pmBeginMinS)),
    schoolRunsMax: Int32Array.from(schools, (school) => {
      const [window, service] = isAm
        ? [school.amEndMaxS - school.amEndMinS, school.unloadS]
        : [school.pmBeginMaxS - school.pmBeginMinS, school.loadS];
      const turns = service > 0 ? Math.floor(window / service) + 1 : visits.length;
      return Math.min(visits.length, school.busesAtOnce * Math.max(0, turns));
    }),
    kinds: kinds.length,
    kindBenches: Int32Array.from(kinds, (kind) => kind.benches),
    kindWheelchairs: Int32Array.from(kinds, (kind) => kind.wheelchairs),
    kindDepot: Int32Array.from(kinds, (kind) => kind.depot),
    kindFrom: Int32Array.from(kinds, (kind) => (isAm ? kind.fromS : -kind.toS)),
    kindTo: Int32Array.from(kinds, (kind) => (isAm ? kind.toS : -kind.fromS)),
    kindCount: Int32Array.from(kinds, (kind) => kind.most[direction]),
    kindDuty: Int32Array.from(kinds, (kind) => kind.dutyMaxS[direction]),
    kindFixed: Float64Array.from(kinds, (kind) => price * fixedTicks(problem, kind.costFixedUsd)),
    linkBuffer: settings.linkBufferS,
    rideWeight: settings.weights.ride,
  };
  const before = beforeOf(problem, direction, day, usdPerTick(problem));
  return before ? { ...day, before } : day;
}

function travelOf(problem: RoutingProblem, direction: Direction): Int32Array {
  const slowest = problem.drives.slowestS[direction];
  const nodes = problem.places.length;
  const dwell = Math.floor(problem.settings.dwellS);
  const travel = new Int32Array(nodes * nodes);
  for (let from = 0; from < nodes; from++)
    for (let to = 0; to < nodes; to++) {
      const drive = direction === "AM" ? slowest[from * nodes + to] : slowest[to * nodes + from];
      travel[from * nodes + to] = from === to ? -dwell : drive < 0 ? UNREACHABLE : drive;
    }
  return travel;
}

/** A bus's yearly cost in seconds of driving: dollars a year / (service days × dollars a driven second). */
const fixedTicks = (problem: RoutingProblem, costFixedUsd: number): number =>
  (problem.settings.weights.buses * costFixedUsd) / usdPerTick(problem);

/** What a second of driving a day costs a year. */
export function usdPerTick({ types, settings }: RoutingProblem): number {
  const mean = (value: (type: (typeof types)[number]) => number) =>
    types.reduce((sum, type) => sum + value(type), 0) / Math.max(1, types.length);
  const hour =
    mean((type) => type.costPerHourUsd) + ROAD_SPEED_MPH * mean((type) => type.costPerMileUsd + perMileUsd(type));
  return Math.max(1e-6, (settings.serviceDays * hour) / 3600);
}

const perMileUsd = (type: RoutingProblem["types"][number]): number =>
  (type.electric ? type.kwhPerMile : 1 / type.mpg) * type.fuelPriceUsd;
