import { checkObservations, EXACT, LEFT, type Observations, RIGHT } from "./observations.ts";
import { type Spans, turnbullErrors } from "./turnbull-error.ts";

/**
 * Where the non-parametric estimate puts its mass: intervals (from, to], or the point where both are equal, ascending;
 * `to` of the last is Infinity when some life outlasts all known failures. `survival` is S from `to` on.
 */
export interface IntervalCurve {
  readonly from: Float64Array;
  readonly to: Float64Array;
  readonly mass: Float64Array;
  readonly survival: Float64Array;
  /** Of `survival`, from the observed information; NaN where that is singular. */
  readonly stdError: Float64Array;
  readonly iterations: number;
  /** False where the limit of steps came first. */
  readonly converged: boolean;
}

/** Steps times (sets + intersections) it may take: a second or two. Where a mass goes to 0 at the edge, steps shrink as slowly as 1/k². */
const MAX_WORK = 200_000_000;
const SELF_CONSISTENT = 1e-10;

/**
 * Turnbull's non-parametric maximum likelihood for lives known exactly, beyond, by or between ages; weights count rows.
 *
 * Only the maximal intersections of the observed sets A_i can hold mass. Expectation–maximization until self-consistent
 * (no mass changes by 1e-10):  p_j ← Σ_i w_i 1[j ∈ A_i] p_j / P_i / Σ w,  P_i = Σ_{j ∈ A_i} p_j.
 * Each A_i covers neighbouring intersections, so a step costs O(lives + intersections) by running sums.
 *
 * @param lives entry ages are not looked at: this estimate is for lives seen since new
 * @throws InputError time-not-positive, interval-reversed, weight-not-positive
 * @see Turnbull 1976, JRSS B 38:290–295; Peto 1973, Applied Statistics 22:86–91
 */
export function turnbull(lives: Observations): IntervalCurve {
  checkObservations(lives);
  const { from, to } = maximalIntersections(lives);
  const size = from.length;
  const { first, last, weight } = spans(lives, from, to);
  const all = lives.weight.reduce((sum, each) => sum + each, 0);
  const mass = new Float64Array(size).fill(1 / size);
  const cumulative = new Float64Array(size + 1);
  const factor = new Float64Array(size + 1);
  const limit = Math.ceil(MAX_WORK / (size + first.length));
  let iterations = 0;
  let change = 1;
  while (change > SELF_CONSISTENT && iterations < limit) {
    iterations++;
    for (let j = 0; j < size; j++) cumulative[j + 1] = cumulative[j] + mass[j];
    factor.fill(0);
    for (let i = 0; i < first.length; i++) {
      const share =
        weight[i] / (first[i] === last[i] ? mass[first[i]] : cumulative[last[i] + 1] - cumulative[first[i]]);
      factor[first[i]] += share;
      factor[last[i] + 1] -= share;
    }
    change = 0;
    let running = 0;
    for (let j = 0; j < size; j++) {
      running += factor[j];
      const next = (mass[j] * Math.max(0, running)) / all;
      change = Math.max(change, Math.abs(next - mass[j]));
      mass[j] = next;
    }
  }
  return {
    from,
    to,
    mass,
    survival: remaining(mass),
    stdError: turnbullErrors(mass, { first, last, weight }),
    iterations,
    converged: change <= SELF_CONSISTENT,
  };
}

/** 1 − Σ up to j, summed from the far end so that the last is 0. */
function remaining(mass: Float64Array): Float64Array {
  const survival = new Float64Array(mass.length);
  for (let j = mass.length - 2; j >= 0; j--) survival[j] = survival[j + 1] + mass[j + 1];
  return survival;
}

const lowerOf = (lives: Observations, i: number): number => (lives.kind[i] === LEFT ? 0 : lives.lower[i]);

function upperOf(lives: Observations, i: number): number {
  if (lives.kind[i] === RIGHT) return Infinity;
  return lives.kind[i] === EXACT ? lives.lower[i] : lives.upper[i];
}

/** At equal ages a point opens before a set closes, and a set that closes there before one that is open there begins. */
const POINT_OPENS = 0;
const CLOSES = 1;
const OPENS = 2;

/** Each opening end directly followed by a closing one. */
function maximalIntersections(lives: Observations): { readonly from: Float64Array; readonly to: Float64Array } {
  const ends: { readonly age: number; readonly side: number }[] = [];
  for (let i = 0; i < lives.n; i++) {
    ends.push({ age: lowerOf(lives, i), side: lives.kind[i] === EXACT ? POINT_OPENS : OPENS });
    ends.push({ age: upperOf(lives, i), side: CLOSES });
  }
  ends.sort((a, b) => (a.age === b.age ? a.side - b.side : a.age - b.age));
  const from: number[] = [];
  const to: number[] = [];
  for (let k = 0; k + 1 < ends.length; k++)
    if (ends[k].side !== CLOSES && ends[k + 1].side === CLOSES) {
      from.push(ends[k].age);
      to.push(ends[k + 1].age);
    }
  return { from: Float64Array.from(from), to: Float64Array.from(to) };
}

/** First and last intersection inside each observed set; sets that cover the same ones are added up. */
function spans(lives: Observations, from: Float64Array, to: Float64Array): Spans {
  const weights = new Map<number, number>();
  const size = from.length;
  for (let i = 0; i < lives.n; i++) {
    const exact = lives.kind[i] === EXACT;
    const lower = lowerOf(lives, i);
    const upper = upperOf(lives, i);
    const first = indexOfFirst(size, (j) => from[j] > lower || (from[j] === lower && (exact || to[j] > lower)));
    const last = indexOfFirst(size, (j) => to[j] > upper) - 1;
    weights.set(first * size + last, (weights.get(first * size + last) ?? 0) + lives.weight[i]);
  }
  const keys = [...weights.keys()];
  return {
    first: Int32Array.from(keys, (key) => Math.floor(key / size)),
    last: Int32Array.from(keys, (key) => key % size),
    weight: Float64Array.from(weights.values()),
  };
}

/** Smallest index in 0 … size − 1 that holds (a property that, once true, stays so), or size. */
function indexOfFirst(size: number, holds: (index: number) => boolean): number {
  let low = 0;
  let high = size;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
