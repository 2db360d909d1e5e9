import type { Metric } from "../drive/metric.ts";
import { ofTurn } from "../drive/weight.ts";
import type { Kernel } from "../kernel/kernel.ts";
import type { BusNet } from "../map/road-map.ts";
import { type Hierarchy, NO_EDGE } from "./hierarchy.ts";

/** The edges of one direction that lead anywhere under a metric, by their lower vertex, with their weights. */
export interface SearchGraph {
  /** Edges of vertex v: `first[v]` … `first[v + 1] − 1`, by rising head. */
  readonly first: Uint32Array;
  readonly heads: Uint32Array;
  /** The least weight of any path between the two vertices over lower ones. */
  readonly weights: Float64Array;
}

/** A hierarchy under one metric. */
export interface Weights {
  /** From the lower vertex to the higher. */
  readonly up: SearchGraph;
  /** From the higher vertex to the lower. */
  readonly down: SearchGraph;
}

/**
 * Basic customization (Dibbelt et al. 2016, §7.2): every edge begins with the weight of its turn (drive the first arc, then turn), then each vertex
 * in order of rank offers the path over itself to every pair of its higher neighbours. O(triangles).
 */
export function customize(
  net: BusNet,
  { firstEdge, heads, turnEdge }: Hierarchy,
  metric: Metric,
  kernel: Kernel,
): Weights {
  const weights = kernel.edgeWeights(heads.length);
  for (let arc = 0; arc < metric.length; arc++) {
    const whole = metric[arc]!;
    if (whole === Infinity) continue;
    for (let turn = net.turnStart[arc]!; turn < net.turnStart[arc + 1]!; turn++) {
      // Edge × 2 + direction is the place of its weight.
      const place = turnEdge[turn]!;
      if (place === NO_EDGE || metric[net.turnTo[turn]!] === Infinity) continue;
      const weight = whole + ofTurn(net.turnMs[turn]!);
      if (weight < weights[place]!) weights[place] = weight;
    }
  }
  return leading(firstEdge, heads, kernel.triangles(firstEdge, heads));
}

/** The edges with a weight, each direction for itself. */
function leading(firstEdge: Uint32Array, heads: Uint32Array, weights: Float64Array): Weights {
  let [ups, downs] = [0, 0];
  for (let place = 0; place < weights.length; place += 2) {
    if (weights[place]! < Infinity) ups++;
    if (weights[place + 1]! < Infinity) downs++;
  }
  const up = graphOf(firstEdge.length, ups);
  const down = graphOf(firstEdge.length, downs);
  ups = 0;
  downs = 0;
  for (let v = 0; v + 1 < firstEdge.length; v++) {
    const last = firstEdge[v + 1]!;
    for (let edge = firstEdge[v]!; edge < last; edge++) {
      const head = heads[edge]!;
      const upward = weights[2 * edge]!;
      const downward = weights[2 * edge + 1]!;
      if (upward < Infinity) {
        up.heads[ups] = head;
        up.weights[ups++] = upward;
      }
      if (downward < Infinity) {
        down.heads[downs] = head;
        down.weights[downs++] = downward;
      }
    }
    up.first[v + 1] = ups;
    down.first[v + 1] = downs;
  }
  return { up, down };
}

const graphOf = (firsts: number, edges: number) => ({
  first: new Uint32Array(firsts),
  heads: new Uint32Array(edges),
  weights: new Float64Array(edges),
});
