import { cholesky, choleskySolve } from "./matrix.ts";

/** Observed sets as ranges of intersections, with their weights. */
export interface Spans {
  readonly first: Int32Array;
  readonly last: Int32Array;
  readonly weight: Float64Array;
}

/** A mass below this has gone to the edge of what is possible: it is 0, and no error belongs to it. */
const GONE = 1e-7;
/** More masses than this take too long to invert: no errors then. */
const MOST = 900;

/**
 * Standard error of S after each intersection, from the inverse of the observed information of the masses that are left:
 * I = Σ w 1[A] 1[A]ᵀ / P(A)² on the masses that sum to 1, var S_j = Σ_{k,l ≤ j} V_kl. With exact and right-censored lives only it is Greenwood's.
 *
 * @returns NaN throughout where the information is singular or there are over 900 masses
 * @see Turnbull 1976, JRSS B 38:290–295, section 5; Gentleman & Geyer 1994, Biometrika 81:618–623
 */
export function turnbullErrors(mass: Float64Array, { first, last, weight }: Spans): Float64Array {
  const kept = Array.from(mass.keys()).filter((j) => mass[j] > GONE);
  const size = kept.length - 1;
  const none = new Float64Array(mass.length).fill(Number.NaN);
  if (size === 0) return none.fill(0);
  if (size > MOST) return none;
  const full = informationOf(mass, kept, { first, last, weight });
  const reduced = new Float64Array(size * size);
  const width = size + 1;
  const end = full[size * width + size];
  for (let a = 0; a < size; a++)
    for (let b = 0; b < size; b++)
      reduced[a * size + b] = full[a * width + b] - full[a * width + size] - full[size * width + b] + end;
  const factor = cholesky(reduced, size, 1e-14);
  if (typeof factor === "number") return none;
  const errors = new Float64Array(size);
  const chosen = new Float64Array(size);
  for (let j = 0; j < size; j++) {
    chosen[j] = 1;
    const solved = choleskySolve(factor, size, chosen);
    let variance = 0;
    for (let k = 0; k <= j; k++) variance += solved[k];
    errors[j] = Math.sqrt(variance);
  }
  let passed = -1;
  return mass.map((_, j) => {
    if (kept[passed + 1] === j) passed++;
    return passed < 0 || passed >= size ? 0 : errors[passed];
  });
}

/** Σ w / P² over the sets that cover both of two kept masses: corners of each block, then running sums over rows and columns. */
function informationOf(mass: Float64Array, kept: readonly number[], { first, last, weight }: Spans): Float64Array {
  const width = kept.length;
  const cumulative = new Float64Array(mass.length + 1);
  for (let j = 0; j < mass.length; j++) cumulative[j + 1] = cumulative[j] + mass[j];
  const keptBefore = new Int32Array(mass.length + 1);
  for (let j = 0, count = 0; j < mass.length; j++) {
    if (kept[count] === j) count++;
    keptBefore[j + 1] = count;
  }
  const corner = new Float64Array((width + 1) * (width + 1));
  for (let i = 0; i < first.length; i++) {
    const from = keptBefore[first[i]];
    const to = keptBefore[last[i] + 1];
    if (to <= from) continue;
    const each = weight[i] / (cumulative[last[i] + 1] - cumulative[first[i]]) ** 2;
    corner[from * (width + 1) + from] += each;
    corner[from * (width + 1) + to] -= each;
    corner[to * (width + 1) + from] -= each;
    corner[to * (width + 1) + to] += each;
  }
  const information = new Float64Array(width * width);
  for (let a = 0; a < width; a++) {
    let row = 0;
    for (let b = 0; b < width; b++) {
      row += corner[a * (width + 1) + b];
      information[a * width + b] = row + (a > 0 ? information[(a - 1) * width + b] : 0);
    }
  }
  return information;
}
