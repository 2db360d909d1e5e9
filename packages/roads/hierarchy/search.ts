import type { Endpoint, Entry } from "../drive/endpoints.ts";
import type { Weights } from "./customize.ts";
import type { Hierarchy } from "./hierarchy.ts";

/**
 * What one endpoint sees upward in the elimination tree: every vertex above its arcs with the weight of the best upward path
 * (from the source, or to the target). Vertices come in descending rank, so from the root down.
 */
export interface Label {
  readonly vertices: Int32Array;
  readonly weights: Float64Array;
  /** The first `chain` vertices are ancestors of all of the endpoint's arcs: a path from the root, entry d at depth d. Below it the label forks. */
  readonly chain: number;
}

/** Upward searches in a hierarchy with its weights. Holds scratch memory, so one object serves one search at a time. */
export class HierarchySearch {
  private readonly hierarchy: Hierarchy;
  private readonly weight: Float64Array;
  private readonly stamp: Int32Array;
  private readonly found: Int32Array;
  private round = 0;

  constructor(hierarchy: Hierarchy) {
    const vertices = hierarchy.rank.length;
    this.hierarchy = hierarchy;
    this.weight = new Float64Array(vertices);
    this.stamp = new Int32Array(vertices);
    this.found = new Int32Array(vertices);
  }

  sourceLabel(end: Endpoint, weights: Weights): Label {
    return this.label(end.onward, weights.up);
  }

  targetLabel(end: Endpoint, weights: Weights): Label {
    return this.label(end.on, weights.down);
  }

  /** All vertices above the entries, each relaxed upward once, in order of rank. */
  private label(entries: readonly Entry[], side: Float64Array): Label {
    const { firstEdge, heads } = this.hierarchy;
    const { weight } = this;
    const { vertices, chain } = this.above(entries);
    for (let i = vertices.length - 1; i >= 0; i--) {
      const v = vertices[i]!;
      const own = weight[v]!;
      if (own === Infinity) continue;
      for (let edge = firstEdge[v]!; edge < firstEdge[v + 1]!; edge++) {
        const reached = own + side[edge]!;
        if (reached < weight[heads[edge]!]!) weight[heads[edge]!] = reached;
      }
    }
    return { vertices, weights: Float64Array.from(vertices, (v) => weight[v]!), chain };
  }

  private above(entries: readonly Entry[]): { vertices: Int32Array; chain: number } {
    const { firstEdge, heads, rank } = this.hierarchy;
    const { weight, stamp, found } = this;
    const round = ++this.round;
    let count = 0;
    // Rank from which on all climbs go the same way: where the last of them met what was climbed before.
    let meeting = -1;
    for (const { arc, weight: begin } of entries) {
      let v = rank[arc]!;
      const fresh = count;
      for (; stamp[v] !== round; v = heads[firstEdge[v]!]!) {
        stamp[v] = round;
        weight[v] = Infinity;
        found[count++] = v;
        if (firstEdge[v] === firstEdge[v + 1]) {
          v = -1;
          break;
        }
      }
      if (fresh === 0) meeting = rank[arc]!;
      else meeting = v < 0 ? Infinity : Math.max(meeting, v);
      const seed = rank[arc]!;
      if (begin < weight[seed]!) weight[seed] = begin;
    }
    const vertices = found.slice(0, count).sort().reverse();
    const forks = vertices.findIndex((v) => v < meeting);
    return { vertices, chain: forks < 0 ? count : forks };
  }
}

/** Weight of the best drive from a source to a target that leaves its first arc: the least sum over the vertices that both labels hold. */
export function meetingWeight(source: Label, target: Label): number {
  const shared = sharedDepth(source, target);
  const there = source.weights;
  const back = target.weights;
  let best = Infinity;
  for (let d = 0; d < shared; d++) {
    const total = there[d]! + back[d]!;
    if (total < best) best = total;
  }
  if (shared < source.chain && shared < target.chain) return best;
  return Math.min(best, meetingWeightBelow(source, target, shared));
}

/**
 * The least sum over the vertices that two labels share from depth `shared` on, compared vertex by vertex.
 * There are some only where one endpoint lies above or inside the other's fork, so where one chain has run out.
 */
export function meetingWeightBelow(source: Label, target: Label, shared: number): number {
  let best = Infinity;
  for (let i = shared, j = shared; i < source.vertices.length && j < target.vertices.length; ) {
    if (source.vertices[i]! > target.vertices[j]!) i++;
    else if (source.vertices[i]! < target.vertices[j]!) j++;
    else best = Math.min(best, source.weights[i++]! + target.weights[j++]!);
  }
  return best;
}

/** A vertex where the two upward paths of that weight meet; −1 where there is none. */
export function meetingVertex(source: Label, target: Label, weight: number): number {
  const back = new Map<number, number>();
  target.vertices.forEach((v, j) => {
    back.set(v, target.weights[j]!);
  });
  return source.vertices.find((v, i) => source.weights[i]! + (back.get(v) ?? Infinity) === weight) ?? -1;
}

/** How many vertices from the root down both chains share; found by bisection, since chains that part never meet again. */
function sharedDepth(a: Label, b: Label): number {
  const x = a.vertices;
  const y = b.vertices;
  let low = 0;
  let high = Math.min(a.chain, b.chain);
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (x[middle - 1] === y[middle - 1]) low = middle;
    else high = middle - 1;
  }
  return low;
}
