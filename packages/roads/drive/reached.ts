import type { Coordinate } from "@trivium/model";
import { pointAlong } from "../map/point-along.ts";
import type { BusNet } from "../map/road-map.ts";
import type { Stretch } from "../reach-area.ts";
import type { Endpoint } from "./endpoints.ts";
import type { Metric } from "./metric.ts";
import { secondsOf } from "./weight.ts";

const STRETCH_M = 30;

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
    stretches.push(...part(net, arc, from, Math.min(1, from + (wholeS === 0 ? 1 : limitS / wholeS))));
  }
  for (let arc = 0; arc < weights.length; arc++) {
    if (weights[arc] === Infinity || metric[arc] === Infinity) continue;
    const leftS = limitS - secondsOf(weights[arc]!);
    if (leftS < 0) continue;
    const wholeS = secondsOf(metric[arc]!);
    stretches.push(...part(net, arc, 0, wholeS === 0 ? 1 : Math.min(1, leftS / wholeS)));
  }
  return stretches;
}

/** An arc between two shares of it, in straight stretches. */
function part(net: BusNet, arc: number, from: number, to: number): Stretch[] {
  const lengthM = net.lengthM[arc >> 1]!;
  const steps = Math.max(1, Math.ceil(((to - from) * lengthM) / STRETCH_M));
  const points = Array.from({ length: steps + 1 }, (_, i): Coordinate => {
    const share = from + ((to - from) * i) / steps;
    const { lat, lon } = pointAlong(net, arc >> 1, lengthM * ((arc & 1) === 0 ? share : 1 - share));
    return [lon, lat];
  });
  return points.slice(1).map((point, i): Stretch => [points[i]!, point]);
}
