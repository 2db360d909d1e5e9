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
  const weights = new Float64Array(heads.length * 2).fill(Infinity);
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
  kernel.triangles(firstEdge, heads, weights);
  return { up: leading(firstEdge, heads, weights, 0), down: leading(firstEdge, heads, weights, 1) };
}

function leading(firstEdge: Uint32Array, heads: Uint32Array, weights: Float64Array, side: 0 | 1): SearchGraph {
  let count = 0;
  for (let place = side; place < weights.length; place += 2) if (weights[place]! < Infinity) count++;
  const graph = {
    first: new Uint32Array(firstEdge.length),
    heads: new Uint32Array(count),
    weights: new Float64Array(count),
  };
  let next = 0;
  for (let v = 0; v + 1 < firstEdge.length; v++) {
    graph.first[v] = next;
    for (let edge = firstEdge[v]!; edge < firstEdge[v + 1]!; edge++) {
      const weight = weights[2 * edge + side]!;
      if (weight === Infinity) continue;
      graph.heads[next] = heads[edge]!;
      graph.weights[next++] = weight;
    }
  }
  graph.first[firstEdge.length - 1] = next;
  return graph;
}
