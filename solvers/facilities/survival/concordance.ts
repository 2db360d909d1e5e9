import { risingOrder } from "./rising-order.ts";
import type { CoxLives, RiskOrder } from "./risk-sets.ts";

/**
 * Harrell's concordance of x β: among pairs where one failed while the other was under observation and lived on, the share in which
 * the failed one had the higher predictor; equal predictors count half, equal failure times do not count. Pairs stay inside a stratum
 * and count by the product of their weights. O(n log n) by a Fenwick tree over ranks of the predictor.
 *
 * @returns 0 … 1; NaN when no pair can be compared
 */
export function concordance(lives: CoxLives, order: RiskOrder, beta: Float64Array): number {
  const { n, columns, design, exit, entry, observed, weight } = lives;
  const predictor = new Float64Array(n);
  for (let i = 0; i < n; i++) for (let j = 0; j < columns; j++) predictor[i] += design[i * columns + j] * beta[j];
  const { rank, levels } = ranked(predictor);
  const { byExit, byEntry, starts } = order;
  let concordant = 0;
  let tied = 0;
  let pairs = 0;
  for (let s = 0; s + 1 < starts.length; s++) {
    const tree = new Fenwick(levels);
    let leaver = starts[s];
    for (let from = starts[s]; from < starts[s + 1]; ) {
      const time = exit[byExit[from]];
      let to = from;
      while (to < starts[s + 1] && exit[byExit[to]] === time) to++;
      for (let k = from; k < to; k++) if (observed[byExit[k]] === 0) tree.add(rank[byExit[k]], weight[byExit[k]]);
      for (; leaver < starts[s + 1] && entry[byEntry[leaver]] >= time; leaver++)
        tree.add(rank[byEntry[leaver]], -weight[byEntry[leaver]]);
      for (let k = from; k < to; k++) {
        const i = byExit[k];
        if (observed[i] === 0) continue;
        const below = tree.below(rank[i]);
        concordant += weight[i] * below;
        tied += weight[i] * tree.at(rank[i]);
        pairs += weight[i] * tree.total;
      }
      for (let k = from; k < to; k++) if (observed[byExit[k]] === 1) tree.add(rank[byExit[k]], weight[byExit[k]]);
      from = to;
    }
  }
  return (concordant + tied / 2) / pairs;
}

/** Which of the distinct values each is, counted upwards, and how many there are. */
function ranked(values: Float64Array): { readonly rank: Int32Array; readonly levels: number } {
  const rank = new Int32Array(values.length);
  let levels = 0;
  let last = Number.NaN;
  for (const i of risingOrder(values)) {
    if (values[i] !== last) levels++;
    last = values[i];
    rank[i] = levels - 1;
  }
  return { rank, levels };
}

/** Sums of weights by rank, prefix sums in O(log size). */
class Fenwick {
  readonly #tree: Float64Array;
  readonly #each: Float64Array;
  total = 0;

  constructor(size: number) {
    this.#tree = new Float64Array(size + 1);
    this.#each = new Float64Array(size);
  }

  add(rank: number, weight: number): void {
    this.total += weight;
    this.#each[rank] += weight;
    for (let at = rank + 1; at < this.#tree.length; at += at & -at) this.#tree[at] += weight;
  }

  /** Σ of weights with this rank. */
  at(rank: number): number {
    return this.#each[rank];
  }

  /** Σ of weights with a rank below this one. */
  below(rank: number): number {
    let sum = 0;
    for (let at = rank; at > 0; at -= at & -at) sum += this.#tree[at];
    return sum;
  }
}
