import type { Entry } from "../drive/endpoints.ts";
import type { Weights } from "./customize.ts";

/**
 * One source to all vertices: an upward pass from the entries, then a downward pass over every vertex from the highest on
 * (PHAST: Delling, Goldberg, Nowatzyk & Werneck 2011). O(edges).
 *
 * @returns weights by arc
 */
export function sweep(entries: readonly Entry[], rank: Uint32Array, { up, down }: Weights): Float64Array {
  const vertices = rank.length;
  const weight = new Float64Array(vertices).fill(Infinity);
  for (const { arc, weight: begin } of entries) weight[rank[arc]!] = Math.min(weight[rank[arc]!]!, begin);
  for (let v = 0; v < vertices; v++) {
    if (weight[v] === Infinity) continue;
    for (let edge = up.first[v]!; edge < up.first[v + 1]!; edge++) {
      const reached = weight[v]! + up.weights[edge]!;
      if (reached < weight[up.heads[edge]!]!) weight[up.heads[edge]!] = reached;
    }
  }
  for (let v = vertices - 1; v >= 0; v--) {
    for (let edge = down.first[v]!; edge < down.first[v + 1]!; edge++) {
      const reached = weight[down.heads[edge]!]! + down.weights[edge]!;
      if (reached < weight[v]!) weight[v] = reached;
    }
  }
  return Float64Array.from(rank, (v) => weight[v]!);
}
