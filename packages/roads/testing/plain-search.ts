import type { ArcPath } from "../drive/driving.ts";
import { direct, type Endpoint } from "../drive/endpoints.ts";
import type { Metric } from "../drive/metric.ts";
import { IndexedQueue } from "../drive/queue.ts";
import { ofTurn } from "../drive/weight.ts";
import type { BusNet } from "../map/road-map.ts";

/** Plain shortest paths over arcs (Dijkstra): what the hierarchy is held against. */
export class PlainSearch {
  private readonly net: BusNet;
  private readonly queue: IndexedQueue;
  private readonly label: Float64Array;
  private readonly parent: Int32Array;
  private readonly reached: number[] = [];

  constructor(net: BusNet) {
    const arcs = net.from.length * 2;
    this.net = net;
    this.queue = new IndexedQueue(arcs);
    this.label = new Float64Array(arcs).fill(Infinity);
    this.parent = new Int32Array(arcs).fill(-1);
  }

  /** Weights from one source to each target, Infinity where no way leads. */
  weights(metric: Metric, source: Endpoint, targets: readonly Endpoint[], out: Float64Array, from: number): void {
    const awaited = new Set(targets.flatMap((target) => target.on.map((entry) => entry.arc)));
    this.run(metric, source, awaited);
    targets.forEach((target, index) => {
      out[from + index] = this.arrival(source, target).weight;
    });
  }

  path(metric: Metric, source: Endpoint, target: Endpoint): ArcPath {
    this.run(metric, source, new Set(target.on.map((entry) => entry.arc)));
    const { weight, arc } = this.arrival(source, target);
    const arcs: number[] = [];
    for (let at = arc; at >= 0; at = this.parent[at]!) arcs.push(at);
    return { weight, arcs: arcs.reverse() };
  }

  private arrival(source: Endpoint, target: Endpoint): { weight: number; arc: number } {
    let best = { weight: direct(source, target), arc: -1 };
    for (const { arc, weight } of target.on) {
      const total = this.label[arc]! + weight;
      if (total < best.weight) best = { weight: total, arc };
    }
    return best;
  }

  /** Labels every arc up to the last awaited one. */
  private run(metric: Metric, source: Endpoint, awaited: ReadonlySet<number>): void {
    const { net, queue, label } = this;
    for (const arc of this.reached) label[arc] = Infinity;
    this.reached.length = 0;
    queue.clear();
    for (const { arc, weight } of source.onward) this.reach(arc, weight, -1);
    let left = awaited.size;
    while (queue.size > 0 && left > 0) {
      const arc = queue.pop();
      if (awaited.has(arc)) left--;
      const after = label[arc]! + metric[arc]!;
      for (let turn = net.turnStart[arc]!; turn < net.turnStart[arc + 1]!; turn++) {
        const next = net.turnTo[turn]!;
        if (metric[next] === Infinity) continue;
        const reached = after + ofTurn(net.turnMs[turn]!);
        if (reached < label[next]!) this.reach(next, reached, arc);
      }
    }
  }

  private reach(arc: number, weight: number, parent: number): void {
    if (weight >= this.label[arc]!) return;
    if (this.label[arc] === Infinity) this.reached.push(arc);
    this.label[arc] = weight;
    this.parent[arc] = parent;
    this.queue.push(arc, weight);
  }
}
