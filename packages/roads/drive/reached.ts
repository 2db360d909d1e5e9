import { stretchesOf } from "../map/point-along.ts";
import type { BusNet } from "../map/road-map.ts";
import type { Stretch } from "../reach-area.ts";
import type { Endpoint } from "./endpoints.ts";
import type { Metric } from "./metric.ts";
import { secondsOf } from "./weight.ts";

/** The parts of arcs that are driven within a time from a point; speed is even along an arc. */
export function reachedStretches(
  net: BusNet,
  { metric, begin, weights }: { metric: Metric; begin: Endpoint; weights: Float64Array },
  limitS: number,
): Stretch[] {
  const stretches: Stretch[] = [];
  for (const { arc, weight } of begin.on) {
    const wholeS = secondsOf(metric[arc]!);
    const from = wholeS === 0 ? 0 : secondsOf(weight) / wholeS;
    stretches.push(...stretchesOf(net, arc, from, Math.min(1, from + (wholeS === 0 ? 1 : limitS / wholeS))));
  }
  for (let arc = 0; arc < weights.length; arc++) {
    if (weights[arc] === Infinity || metric[arc] === Infinity) continue;
    const leftS = limitS - secondsOf(weights[arc]!);
    if (leftS < 0) continue;
    const wholeS = secondsOf(metric[arc]!);
    stretches.push(...stretchesOf(net, arc, 0, wholeS === 0 ? 1 : Math.min(1, leftS / wholeS)));
  }
  return stretches;
}
