import type { Metric } from "../drive/metric.ts";
import { ofTurn } from "../drive/weight.ts";
import type { BusNet } from "../map/road-map.ts";
import type { SearchGraph, Weights } from "./customize.ts";
import type { Hierarchy } from "./hierarchy.ts";

/** Turns edges of the hierarchy back into the arcs that are driven. Sums are exact, so equality of weights tells where an edge came from. */
export class Unpacker {
  private readonly net: BusNet;
  private readonly metric: Metric;
  private readonly rank: Uint32Array;
  private readonly arcOf: Uint32Array;
  private readonly up: FromAbove;
  private readonly down: FromAbove;

  constructor(net: BusNet, { rank }: Hierarchy, { up, down }: Weights, metric: Metric) {
    this.net = net;
    this.metric = metric;
    this.rank = rank;
    this.arcOf = new Uint32Array(rank.length);
    for (let arc = 0; arc < rank.length; arc++) this.arcOf[rank[arc]!] = arc;
    this.up = fromAbove(up);
    this.down = fromAbove(down);
  }

  /** Arcs of a path, from the first that is driven whole to the one that holds the target. */
  arcs(vertices: readonly number[]): number[] {
    const out = [vertices[0]!];
    for (let i = 1; i < vertices.length; i++) {
      const [a, b] = [vertices[i - 1]!, vertices[i]!];
      this.unpack(a, b, a < b ? this.weight(this.up, b, a) : this.weight(this.down, a, b), out);
    }
    return out.map((v) => this.arcOf[v]!);
  }

  /** Weight of the edge between a vertex and a lower one, by bisection. */
  private weight({ first, lows, weights }: FromAbove, high: number, low: number): number {
    let from = first[high]!;
    let to = first[high + 1]! - 1;
    while (from < to) {
      const middle = (from + to) >> 1;
      if (lows[middle]! < low) from = middle + 1;
      else to = middle;
    }
    return weights[from]!;
  }

  /** Appends the vertices after `a` on the way to `b`: `b` itself where a turn leads there, else those over the lower vertex that the edge was made of. */
  private unpack(a: number, b: number, weight: number, out: number[]): void {
    if (this.isTurn(a, b, weight)) {
      out.push(b);
      return;
    }
    const { first: firstA, lows: lowsA, weights: toLow } = this.down;
    const { first: firstB, lows: lowsB, weights: fromLow } = this.up;
    for (let i = firstA[a]!, j = firstB[b]!; i < firstA[a + 1]! && j < firstB[b + 1]!; ) {
      if (lowsA[i]! < lowsB[j]!) i++;
      else if (lowsA[i]! > lowsB[j]!) j++;
      else if (toLow[i]! + fromLow[j]! === weight) {
        this.unpack(a, lowsA[i]!, toLow[i]!, out);
        this.unpack(lowsA[i]!, b, fromLow[j]!, out);
        return;
      } else {
        i++;
        j++;
      }
    }
    throw new RangeError("an edge that nothing explains");
  }

  private isTurn(a: number, b: number, weight: number): boolean {
    const { turnStart, turnTo, turnMs } = this.net;
    const arc = this.arcOf[a]!;
    for (let turn = turnStart[arc]!; turn < turnStart[arc + 1]!; turn++) {
      if (this.rank[turnTo[turn]!] === b && this.metric[arc]! + ofTurn(turnMs[turn]!) === weight) return true;
    }
    return false;
  }
}

/** A search graph by its higher vertices: the lower ends of the edges at v are `lows[first[v]]` …, rising. */
interface FromAbove {
  readonly first: Uint32Array;
  readonly lows: Uint32Array;
  readonly weights: Float64Array;
}

function fromAbove(graph: SearchGraph): FromAbove {
  const first = new Uint32Array(graph.first.length);
  for (const head of graph.heads) first[head + 1]!++;
  for (let v = 1; v < first.length; v++) first[v]! += first[v - 1]!;
  const next = first.slice();
  const lows = new Uint32Array(graph.heads.length);
  const weights = new Float64Array(graph.heads.length);
  for (let v = 0; v + 1 < graph.first.length; v++) {
    for (let edge = graph.first[v]!; edge < graph.first[v + 1]!; edge++) {
      const place = next[graph.heads[edge]!]!++;
      lows[place] = v;
      weights[place] = graph.weights[edge]!;
    }
  }
  return { first, lows, weights };
}
