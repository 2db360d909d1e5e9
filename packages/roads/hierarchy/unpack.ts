import type { Endpoint, Entry } from "../drive/endpoints.ts";
import type { Metric } from "../drive/metric.ts";
import { ofTurn } from "../drive/weight.ts";
import type { BusNet } from "../map/road-map.ts";
import type { Weights } from "./customize.ts";
import { edgeBetween, type Hierarchy } from "./hierarchy.ts";
import type { Label } from "./search.ts";

/** A path: the arcs in order, the last one holding the target; empty when the drive never leaves its first arc. */
export interface ArcPath {
  readonly weight: number;
  readonly arcs: readonly number[];
}

/** Turns the meeting of two labels back into the arcs that are driven. Sums are exact, so equality of weights tells where an edge came from. */
export class Unpacker {
  private readonly net: BusNet;
  private readonly hierarchy: Hierarchy;
  private readonly weights: Weights;
  private readonly metric: Metric;
  private readonly arcOf: Uint32Array;
  /** Lower neighbours of each vertex, ascending: `lows[firstLow[v]] …`. */
  private readonly firstLow: Uint32Array;
  private readonly lows: Uint32Array;

  constructor(net: BusNet, hierarchy: Hierarchy, weights: Weights, metric: Metric) {
    this.net = net;
    this.hierarchy = hierarchy;
    this.weights = weights;
    this.metric = metric;
    this.arcOf = new Uint32Array(hierarchy.rank.length);
    hierarchy.rank.forEach((v, arc) => {
      this.arcOf[v] = arc;
    });
    ({ firstLow: this.firstLow, lows: this.lows } = lowerNeighbours(hierarchy));
  }

  /** Arcs of the drive whose upward paths meet at `vertex`, from the first that is driven whole to the one that holds the target. */
  arcs(begin: Endpoint, source: Label, end: Endpoint, target: Label, vertex: number): number[] {
    const up = this.climb(source, begin.onward, vertex, this.weights.up);
    const down = this.climb(target, end.on, vertex, this.weights.down);
    const chain = [...up.reverse(), ...down.slice(1)];
    const vertices = [chain[0]!];
    for (let i = 1; i < chain.length; i++) this.unpack(chain[i - 1]!, chain[i]!, vertices);
    return vertices.map((v) => this.arcOf[v]!);
  }

  /** Vertices from `top` down to the entry that its label's weight comes from. */
  private climb(label: Label, entries: readonly Entry[], top: number, side: Float64Array): number[] {
    const { firstEdge, heads, rank } = this.hierarchy;
    const weightOf = new Map<number, number>();
    label.vertices.forEach((v, i) => {
      weightOf.set(v, label.weights[i]!);
    });
    const chain = [top];
    for (
      let v = top;
      !entries.some((entry) => rank[entry.arc] === v && entry.weight === weightOf.get(v));
      chain.push(v)
    ) {
      const weight = weightOf.get(v)!;
      const above = v;
      for (const low of this.lowsOf(v)) {
        const below = weightOf.get(low);
        if (below !== undefined && below + side[edgeBetween(firstEdge, heads, low, above)]! === weight) v = low;
        if (v !== above) break;
      }
    }
    return chain;
  }

  private lowsOf(v: number): Uint32Array {
    return this.lows.subarray(this.firstLow[v]!, this.firstLow[v + 1]!);
  }

  /** Appends the vertices after `a` on the way to `b`: `b` itself where a turn leads there, else those over the lower vertex that the edge was made of. */
  private unpack(a: number, b: number, out: number[]): void {
    const weight = this.weightBetween(a, b);
    if (this.isTurn(a, b, weight)) {
      out.push(b);
      return;
    }
    for (const middle of this.commonLows(a, b)) {
      if (this.weightBetween(a, middle) + this.weightBetween(middle, b) !== weight) continue;
      this.unpack(a, middle, out);
      this.unpack(middle, b, out);
      return;
    }
  }

  private weightBetween(a: number, b: number): number {
    const { firstEdge, heads } = this.hierarchy;
    return a < b
      ? this.weights.up[edgeBetween(firstEdge, heads, a, b)]!
      : this.weights.down[edgeBetween(firstEdge, heads, b, a)]!;
  }

  private isTurn(a: number, b: number, weight: number): boolean {
    const { net } = this;
    const arc = this.arcOf[a]!;
    for (let turn = net.turnStart[arc]!; turn < net.turnStart[arc + 1]!; turn++) {
      if (net.turnTo[turn] === this.arcOf[b] && this.metric[arc]! + ofTurn(net.turnMs[turn]!) === weight) return true;
    }
    return false;
  }

  private *commonLows(a: number, b: number): Generator<number> {
    const [x, y] = [this.lowsOf(a), this.lowsOf(b)];
    for (let i = 0, j = 0; i < x.length && j < y.length; ) {
      if (x[i]! < y[j]!) i++;
      else if (x[i]! > y[j]!) j++;
      else {
        yield x[i]!;
        i++;
        j++;
      }
    }
  }
}

function lowerNeighbours({ firstEdge, heads }: Hierarchy): { firstLow: Uint32Array; lows: Uint32Array } {
  const firstLow = new Uint32Array(firstEdge.length);
  for (const head of heads) firstLow[head + 1]!++;
  for (let v = 1; v < firstLow.length; v++) firstLow[v]! += firstLow[v - 1]!;
  const next = firstLow.slice();
  const lows = new Uint32Array(heads.length);
  for (let v = 0; v + 1 < firstEdge.length; v++) {
    for (let edge = firstEdge[v]!; edge < firstEdge[v + 1]!; edge++) lows[next[heads[edge]!]!++] = v;
  }
  return { firstLow, lows };
}
