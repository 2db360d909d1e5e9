import type { Metric } from "../drive/metric.ts";
import { ofTurn } from "../drive/weight.ts";
import type { BusNet } from "../map/road-map.ts";
import { type Hierarchy, NO_EDGE } from "./hierarchy.ts";

/** Weights of the hierarchy's edges under one metric: the least weight of any path between the two vertices over lower ones. */
export interface Weights {
  /** From the lower vertex to the higher. */
  readonly up: Float64Array;
  /** From the higher vertex to the lower. */
  readonly down: Float64Array;
}

/**
 * Basic customization: every edge begins with the weight of its turn (drive the first arc, then turn), then each vertex in order of rank
 * offers the path over itself to every pair of its higher neighbours. O(triangles).
 */
export function customize(net: BusNet, { firstEdge, heads, turnEdge }: Hierarchy, metric: Metric): Weights {
  const up = new Float64Array(heads.length).fill(Infinity);
  const down = new Float64Array(heads.length).fill(Infinity);
  for (let arc = 0; arc < metric.length; arc++) {
    for (let turn = net.turnStart[arc]!; turn < net.turnStart[arc + 1]!; turn++) {
      const edge = turnEdge[turn]!;
      if (edge === NO_EDGE) continue;
      const side = (edge & 1) === 0 ? up : down;
      const weight = metric[arc]! + ofTurn(net.turnMs[turn]!);
      if (weight < side[edge >>> 1]!) side[edge >>> 1] = weight;
    }
  }
  for (let v = 0; v + 1 < firstEdge.length; v++) {
    const last = firstEdge[v + 1]!;
    for (let i = firstEdge[v]!; i < last; i++) {
      const upI = up[i]!;
      const downI = down[i]!;
      // Higher neighbours of v above x are neighbours of x as well, in the same order: one pointer walks along.
      let edge = firstEdge[heads[i]!]!;
      for (let j = i + 1; j < last; j++) {
        const y = heads[j]!;
        while (heads[edge] !== y) edge++;
        const there = downI + up[j]!;
        const back = down[j]! + upI;
        if (there < up[edge]!) up[edge] = there;
        if (back < down[edge]!) down[edge] = back;
      }
    }
  }
  return { up, down };
}
