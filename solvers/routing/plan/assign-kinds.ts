import type { HalfDayPlan } from "../halfday/copy.ts";
import type { HalfDay } from "../halfday/half-day.ts";
import { lastSchool, visitsOf } from "../halfday/run-items.ts";
import type { Direction, RoutingProblem } from "../problem.ts";
import { pieceHolds } from "../timetable/schedule.ts";
import { type Claim, claimsOf } from "./names.ts";

const DIRECTIONS = ["AM", "PM"] as const;

type Halves<T> = Readonly<Record<Direction, T>>;

/** What a piece costs a year on each kind of bus, Infinity where that kind cannot drive it, and its metres at most (for ranges). */
interface Choice {
  readonly usd: Float64Array;
  readonly metres: Float64Array;
  kind: number;
}

/**
 * Gives every piece of the morning and of the afternoon its kind of bus so that the year costs least: a bus that drives in both is paid once,
 * so cost = Σ kinds fixed × max(AM pieces, PM pieces) + running cost of each piece. Descends by changing one piece, then a morning and an
 * afternoon piece together, until nothing helps; counts of buses and ranges hold throughout where they held before.
 */
export function assignKinds(
  problem: RoutingProblem,
  days: Halves<HalfDay>,
  plans: Halves<HalfDayPlan>,
): Halves<HalfDayPlan> {
  const choices = {
    AM: plans.AM.pieces.map((piece) => choiceOf(problem, "AM", days.AM, piece)),
    PM: plans.PM.pieces.map((piece) => choiceOf(problem, "PM", days.PM, piece)),
  };
  const kinds = problem.kinds.map((_, kind) => kind);
  let cost = costOf(problem, choices);
  const tries = (changed: readonly Choice[], kind: number): boolean => {
    const before = changed.map((choice) => choice.kind);
    if (before.every((each) => each === kind)) return false;
    for (const choice of changed) choice.kind = kind;
    const now = costOf(problem, choices);
    if (now < cost - 1e-6) {
      cost = now;
      return true;
    }
    changed.forEach((choice, index) => {
      choice.kind = before[index];
    });
    return false;
  };
  for (let improved = true; improved; ) {
    improved = false;
    for (const choice of [...choices.AM, ...choices.PM])
      for (const kind of kinds) if (choice.usd[kind] < Infinity && tries([choice], kind)) improved = true;
    for (const am of choices.AM)
      for (const pm of choices.PM)
        for (const kind of kinds)
          if (am.usd[kind] < Infinity && pm.usd[kind] < Infinity && tries([am, pm], kind)) improved = true;
  }
  const withKinds = (direction: Direction): HalfDayPlan => ({
    ...plans[direction],
    pieces: plans[direction].pieces.map((piece, index) => ({ ...piece, kind: choices[direction][index].kind })),
  });
  return { AM: withKinds("AM"), PM: withKinds("PM") };
}

/** Morning and afternoon pieces of one kind joined into days, longest with shortest; the metres of each day. */
export function joined(am: readonly number[], pm: readonly number[]): { am: number; pm: number }[] {
  const size = Math.max(am.length, pm.length);
  const order = (metres: readonly number[], sign: number) =>
    [...metres.keys(), ...Array<number>(size - metres.length).fill(-1)].sort(
      (a, b) => sign * ((a < 0 ? 0 : metres[a]) - (b < 0 ? 0 : metres[b])) || a - b,
    );
  const mornings = order(am, -1);
  const afternoons = order(pm, 1);
  return mornings.map((each, index) => ({ am: each, pm: afternoons[index] }));
}

/** Metres of a piece on a kind of bus, each drive the longest of its bands. */
export function pieceMetres(
  problem: RoutingProblem,
  direction: Direction,
  runs: readonly (readonly number[])[],
  kind: number,
): number {
  const visits = problem.visits[direction];
  const { depot } = problem.kinds[kind];
  const nodes = [
    depot,
    ...runs.flatMap((run) => [
      ...run.map((item) => (item >= 0 ? visits[item].place : problem.schools[~item].place)),
      problem.schools[lastSchool(run, (visit) => visits[visit].school)].place,
    ]),
    depot,
  ];
  if (direction === "PM") nodes.reverse();
  return nodes.slice(1).reduce((sum, node, index) => {
    const cell = nodes[index] * problem.places.length + node;
    return sum + Math.max(0, ...problem.drives.distanceM.map((metres) => metres[cell]));
  }, 0);
}

function choiceOf(
  problem: RoutingProblem,
  direction: Direction,
  day: HalfDay,
  piece: HalfDayPlan["pieces"][number],
): Choice {
  const usd = new Float64Array(problem.kinds.length).fill(Infinity);
  const metres = new Float64Array(problem.kinds.length);
  const claims = claimsOf(problem, direction, visitsOf(piece.runs.flat()), (before) => before.busId);
  for (let kind = 0; kind < problem.kinds.length; kind++) {
    metres[kind] = pieceMetres(problem, direction, piece.runs, kind);
    if (metres[kind] > problem.kinds[kind].rangeM || !pieceHolds(day, { kind, runs: piece.runs })) continue;
    usd[kind] = runningUsd(problem, kind, metres[kind]) + changeUsd(problem, claims, kind);
  }
  if (usd[piece.kind] === Infinity) usd[piece.kind] = OVER_RANGE_USD;
  return { usd, metres, kind: piece.kind };
}

/** Riders who had a bus of another kind pay for it; one who is locked to a bus allows no other kind. */
function changeUsd(problem: RoutingProblem, claims: readonly Claim[], kind: number): number {
  const { busIds } = problem.kinds[kind];
  const moved = claims.filter((claim) => !busIds.includes(claim.id));
  if (moved.some((claim) => claim.locked)) return Infinity;
  return (problem.baseline?.pricesUsd.bus ?? 0) * moved.reduce((sum, claim) => sum + claim.riders, 0);
}

/** Price of a bus that cannot drive its day: anything else is better. */
const OVER_RANGE_USD = 1e9;
const METRES_PER_MILE = 1609.344;
/** The drive time that pulls add, at town speed: kinds differ by their depots. */
const METRES_PER_HOUR = 40_000;

function runningUsd(problem: RoutingProblem, kind: number, metres: number): number {
  const type = problem.types.find((each) => each.id === problem.kinds[kind].typeId);
  if (!type) return 0;
  const fuelPerMile = (type.electric ? type.kwhPerMile : 1 / type.mpg) * type.fuelPriceUsd;
  const miles = metres / METRES_PER_MILE;
  const running = miles * (type.costPerMileUsd + fuelPerMile) + (metres / METRES_PER_HOUR) * type.costPerHourUsd;
  return problem.settings.serviceDays * running;
}

function costOf(problem: RoutingProblem, choices: Halves<readonly Choice[]>): number {
  let cost = 0;
  for (let kind = 0; kind < problem.kinds.length; kind++) {
    const [am, pm] = DIRECTIONS.map((direction) => choices[direction].filter((choice) => choice.kind === kind));
    const { most } = problem.kinds[kind];
    if (am.length > most.AM || pm.length > most.PM) return Infinity;
    const buses = Math.max(am.length, pm.length);
    cost += buses * problem.kinds[kind].costFixedUsd;
    for (const choice of am) cost += choice.usd[kind];
    for (const choice of pm) cost += choice.usd[kind];
    if (problem.kinds[kind].rangeM < Infinity)
      cost += OVER_RANGE_USD * tooFar(problem.kinds[kind].rangeM, am, pm, kind);
  }
  return cost;
}

/** Days of a kind that would exceed its range. */
function tooFar(rangeM: number, am: readonly Choice[], pm: readonly Choice[], kind: number): number {
  const [mornings, afternoons] = [am, pm].map((list) => list.map((choice) => choice.metres[kind]));
  return joined(mornings, afternoons).filter((day) => (mornings[day.am] ?? 0) + (afternoons[day.pm] ?? 0) > rangeM)
    .length;
}
