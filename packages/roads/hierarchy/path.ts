import type { Entry } from "../drive/endpoints.ts";
import type { SearchGraph, Weights } from "./customize.ts";
import type { EliminationTree } from "./tree.ts";

/** Upward search from one end, with the way back to its entries. */
class UpwardSearch {
  private readonly tree: EliminationTree;
  readonly weight: Float64Array;
  /** The vertex below from which the best path came; −1 at an entry. */
  readonly from: Int32Array;
  /** Vertices reached, and their number. */
  readonly found: Int32Array;
  count = 0;

  constructor(tree: EliminationTree) {
    const vertices = tree.parent.length;
    this.tree = tree;
    this.weight = new Float64Array(vertices).fill(Infinity);
    this.from = new Int32Array(vertices);
    this.found = new Int32Array(vertices);
  }

  run(entries: readonly Entry[], rank: Uint32Array, { first, heads, weights }: SearchGraph): void {
    const { weight, from, found } = this;
    for (let i = 0; i < this.count; i++) weight[found[i]!] = Infinity;
    this.count = 0;
    const { parent } = this.tree;
    const open = entries.map((entry) => rank[entry.arc]!).sort((a, b) => a - b);
    entries.forEach((entry) => {
      const v = rank[entry.arc]!;
      if (entry.weight < weight[v]!) weight[v] = entry.weight;
      from[v] = -1;
    });
    // The climbs of all entries in step, always the lowest vertex next; where two meet they go on as one.
    while (open.length > 0) {
      let v = open[0]!;
      for (let i = 1; i < open.length; i++) v = Math.min(v, open[i]!);
      found[this.count++] = v;
      const own = weight[v]!;
      for (let edge = own === Infinity ? first[v + 1]! : first[v]!; edge < first[v + 1]!; edge++) {
        const reached = own + weights[edge]!;
        const head = heads[edge]!;
        if (reached < weight[head]!) {
          weight[head] = reached;
          from[head] = v;
        }
      }
      for (let i = open.length - 1; i >= 0; i--) {
        if (open[i] !== v) continue;
        const above = parent[v]!;
        if (above < 0 || open.includes(above)) open.splice(i, 1);
        else open[i] = above;
      }
    }
  }
}

/** The best drive between two ends, as vertices of the hierarchy: up to the highest, then down; neighbours are joined by an edge. */
export interface VertexPath {
  readonly weight: number;
  /** Empty where there is no way. */
  readonly vertices: readonly number[];
}

/** One pair at a time. Holds scratch memory. */
export class PathSearch {
  private readonly rank: Uint32Array;
  private readonly source: UpwardSearch;
  private readonly target: UpwardSearch;

  constructor(tree: EliminationTree, rank: Uint32Array) {
    this.rank = rank;
    this.source = new UpwardSearch(tree);
    this.target = new UpwardSearch(tree);
  }

  find(begin: readonly Entry[], end: readonly Entry[], { up, down }: Weights): VertexPath {
    const { source, target } = this;
    source.run(begin, this.rank, up);
    target.run(end, this.rank, down);
    let best = Infinity;
    let meeting = -1;
    for (let i = 0; i < source.count; i++) {
      const v = source.found[i]!;
      const total = source.weight[v]! + target.weight[v]!;
      if (total < best || (total === best && best < Infinity && v > meeting)) {
        best = total;
        meeting = v;
      }
    }
    if (meeting < 0) return { weight: Infinity, vertices: [] };
    const vertices: number[] = [];
    for (let v = meeting; v >= 0; v = source.from[v]!) vertices.push(v);
    vertices.reverse();
    for (let v = target.from[meeting]!; v >= 0; v = target.from[v]!) vertices.push(v);
    return { weight: best, vertices };
  }
}
