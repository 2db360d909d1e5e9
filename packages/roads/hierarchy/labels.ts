import type { Entry } from "../drive/endpoints.ts";
import { Growing } from "../map/growing.ts";
import type { SearchGraph } from "./customize.ts";
import type { EliminationTree } from "./tree.ts";

/**
 * What endpoints see upward in the elimination tree: for every ancestor of one of their arcs the weight of the best upward path (from a source,
 * or to a target). The ancestors of several arcs are a small tree; it is kept as **branches**, paths downward that have no vertex in common:
 * the first of a point goes from the root to one of its arcs, each other from where it parts from those before to another of its arcs.
 */
export class Labels {
  /** Number of branches. */
  get length(): number {
    return this.owner.length;
  }
  /** By branch: the point that it belongs to, in the order in which points were added. */
  readonly owner: number[] = [];
  /** By branch: its lowest vertex. */
  readonly leaf: number[] = [];
  /** By branch: depth of its highest vertex. */
  readonly top: number[] = [];
  /** By branch: where its weights begin, from `top` downward. */
  readonly start: number[] = [];
  private readonly values = new Growing();
  private points = 0;

  /** Weights of all branches; valid until the next point is added. */
  get weights(): Float64Array {
    return this.values.all;
  }

  /** Number of points. */
  get count(): number {
    return this.points;
  }

  nextPoint(): number {
    return this.points++;
  }

  /** Makes a branch of so many weights, to be written by whoever asked. */
  add(owner: number, leaf: number, top: number, count: number): void {
    this.owner.push(owner);
    this.leaf.push(leaf);
    this.top.push(top);
    this.start.push(this.values.length);
    this.values.extend(count);
  }
}

/** Upward searches in a hierarchy. Holds scratch memory, so one object serves one search at a time. */
export class LabelSearch {
  private readonly tree: EliminationTree;
  private readonly weight: Float64Array;
  private readonly stamp: Int32Array;
  private round = 0;

  constructor(tree: EliminationTree) {
    const vertices = tree.parent.length;
    this.tree = tree;
    this.weight = new Float64Array(vertices);
    this.stamp = new Int32Array(vertices);
  }

  /**
   * Adds a point's branches to the labels: all ancestors of its entries, each relaxed upward once.
   * @param rank of arcs
   */
  add(entries: readonly Entry[], rank: Uint32Array, graph: SearchGraph, labels: Labels): void {
    const { parent, depth } = this.tree;
    const { weight, stamp } = this;
    const round = ++this.round;
    const owner = labels.nextPoint();
    const first = labels.length;
    for (const entry of entries) {
      const leaf = rank[entry.arc]!;
      let v = leaf;
      let top = -1;
      for (; v >= 0 && stamp[v] !== round; v = parent[v]!) {
        stamp[v] = round;
        weight[v] = Infinity;
        top = depth[v]!;
      }
      if (entry.weight < weight[leaf]!) weight[leaf] = entry.weight;
      if (top >= 0) labels.add(owner, leaf, top, depth[leaf]! - top + 1);
    }
    // A later branch lies below an earlier one, never above: from the last to the first every vertex is done before its ancestors.
    for (let branch = labels.length - 1; branch >= first; branch--) {
      const top = labels.top[branch]!;
      for (let v = labels.leaf[branch]!; v >= 0 && depth[v]! >= top; v = parent[v]!) relax(v, graph, weight);
    }
    const { weights } = labels;
    for (let branch = first; branch < labels.length; branch++) {
      const top = labels.top[branch]!;
      const start = labels.start[branch]!;
      for (let v = labels.leaf[branch]!; v >= 0 && depth[v]! >= top; v = parent[v]!) {
        weights[start + depth[v]! - top] = weight[v]!;
      }
    }
  }
}

function relax(v: number, { first, heads, weights }: SearchGraph, weight: Float64Array): void {
  const own = weight[v]!;
  if (own === Infinity) return;
  const last = first[v + 1]!;
  for (let edge = first[v]!; edge < last; edge++) {
    const reached = own + weights[edge]!;
    const head = heads[edge]!;
    if (reached < weight[head]!) weight[head] = reached;
  }
}
