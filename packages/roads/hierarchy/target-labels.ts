import { type Label, meetingWeightBelow } from "./search.ts";

/**
 * The target labels of a matrix, laid out for many sources: sorted along the elimination tree, so that neighbours share the upper part of their chains.
 * How deep a source's chain runs along with each target's then follows from one to the next almost without looking at vertices,
 * and the weights are read in the order in which they lie in memory.
 */
export class TargetLabels {
  private readonly labels: readonly Label[];
  /** Column of the matrix of the k-th label in order. */
  private readonly columns: Uint32Array;
  /** Chains one after another. */
  private readonly first: Uint32Array;
  private readonly vertices: Int32Array;
  private readonly weights: Float64Array;
  /** How many vertices the k-th chain shares with the one before. */
  private readonly alike: Uint32Array;

  constructor(labels: readonly Label[]) {
    const columns = Uint32Array.from(labels.keys()).sort((a, b) => compare(labels[a]!, labels[b]!) || a - b);
    this.columns = columns;
    this.labels = Array.from(columns, (column) => labels[column]!);
    this.first = new Uint32Array(labels.length + 1);
    this.labels.forEach((label, k) => {
      this.first[k + 1] = this.first[k]! + label.chain;
    });
    this.vertices = new Int32Array(this.first.at(-1)!);
    this.weights = new Float64Array(this.first.at(-1)!);
    this.labels.forEach((label, k) => {
      this.vertices.set(label.vertices.subarray(0, label.chain), this.first[k]!);
      this.weights.set(label.weights.subarray(0, label.chain), this.first[k]!);
    });
    this.alike = Uint32Array.from(this.labels, (label, k) => (k === 0 ? 0 : sharedFrom(label, this.labels[k - 1]!, 0)));
  }

  /** Writes the weights from a source to all targets to `out[from]` …, in the order in which the labels were given. */
  row(source: Label, out: Float64Array, from: number): void {
    const { columns, first, vertices, weights, alike } = this;
    const there = source.weights;
    let shared = 0;
    for (let k = 0; k < columns.length; k++) {
      const start = first[k]!;
      const chain = first[k + 1]! - start;
      // Less shared with the source than with the target before: it parts from the source where that one did.
      if (shared >= alike[k]!) {
        shared = alike[k]!;
        while (shared < chain && shared < source.chain && vertices[start + shared] === source.vertices[shared])
          shared++;
      }
      let best = Infinity;
      for (let d = 0; d < shared; d++) {
        const total = there[d]! + weights[start + d]!;
        if (total < best) best = total;
      }
      if (shared === chain || shared === source.chain) {
        best = Math.min(best, meetingWeightBelow(source, this.labels[k]!, shared));
      }
      out[from + columns[k]!] = best;
    }
  }
}

/** How many vertices two chains share, given that they share `from`. */
function sharedFrom(a: Label, b: Label, from: number): number {
  const end = Math.min(a.chain, b.chain);
  let depth = from;
  while (depth < end && a.vertices[depth] === b.vertices[depth]) depth++;
  return depth;
}

/** Order along the tree: by the vertex where the chains part, a chain before those that go on from it. */
function compare(a: Label, b: Label): number {
  const depth = sharedFrom(a, b, 0);
  if (depth < a.chain && depth < b.chain) return a.vertices[depth]! - b.vertices[depth]!;
  return a.chain - b.chain;
}
