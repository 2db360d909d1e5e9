import type { Approach } from "@trivium/model";
import type { BusNet } from "../map/road-map.ts";
import type { StreetPoint } from "../snap/segment-index.ts";
import type { Metric } from "./metric.ts";
import { metresOf, msOf, ofTurn, weight } from "./weight.ts";

/**
 * Where a drive may begin or end, in terms of arcs. The search's label of an arc is the least weight at which the bus
 * is at the *start* of that arc, about to drive it, the turn into it paid.
 *
 * A point within a street lies on each arc of it that may be driven; a point at a junction (within `AT_JUNCTION_M`) lies at the end
 * of every arc into it, and may leave by every arc out of it without paying a turn: a bus may stand at any of its kerbs.
 * With the approach `curb` a point beside a street lies only on the arc that has it to the right, so a bus arrives and leaves in one direction.
 */
export interface Endpoint {
  /** Arcs that the point lies on, and the weight from the arc's start to the point. */
  readonly on: readonly Entry[];
  /** Arcs that a drive beginning here may take next, and the weight to their start. */
  readonly onward: readonly Onward[];
}

export interface Entry {
  readonly arc: number;
  readonly weight: number;
}

interface Onward extends Entry {
  /** The arc that is driven to its end first, −1 at a junction. */
  readonly via: number;
}

/** A point this near to a street's end is at the junction. */
const AT_JUNCTION_M = 1;

export function endpointAt(net: BusNet, metric: Metric, point: StreetPoint, approach: Approach = "either"): Endpoint {
  const { street, alongM } = point;
  if (alongM <= AT_JUNCTION_M) return atJunction(net, metric, net.from[street]!);
  if (net.lengthM[street]! - alongM <= AT_JUNCTION_M) return atJunction(net, metric, net.to[street]!);
  const share = alongM / net.lengthM[street]!;
  const on: Entry[] = [];
  const onward: Onward[] = [];
  for (const arc of facing(metric, point, approach)) {
    const whole = metric[arc]!;
    if (whole === Infinity) continue;
    const before = part(whole, (arc & 1) === 0 ? share : 1 - share);
    for (const each of withCopies(net, arc)) if (metric[each]! < Infinity) on.push({ arc: each, weight: before });
    for (let turn = net.turnStart[arc]!; turn < net.turnStart[arc + 1]!; turn++) {
      const next = net.turnTo[turn]!;
      if (metric[next]! < Infinity)
        onward.push({ arc: next, weight: whole - before + ofTurn(net.turnMs[turn]!), via: arc });
    }
  }
  return { on, onward };
}

/** Arcs on which the bus stands at a point. At the kerb the point is to its right, where that direction may be driven at all. */
function facing(metric: Metric, { street, side }: StreetPoint, approach: Approach): number[] {
  const both = [2 * street, 2 * street + 1];
  if (approach === "either" || side === 0) return both;
  const curb = side < 0 ? 2 * street : 2 * street + 1;
  return metric[curb]! < Infinity ? [curb] : both;
}

function atJunction(net: BusNet, metric: Metric, node: number): Endpoint {
  const arms = [...net.arms.subarray(net.armStart[node]!, net.armStart[node + 1]!)];
  return {
    on: arms
      .flatMap((arm) => withCopies(net, arm ^ 1))
      .map((arc) => ({ arc, weight: metric[arc]! }))
      .filter((entry) => entry.weight < Infinity),
    onward: arms.filter((arm) => metric[arm]! < Infinity).map((arc) => ({ arc, weight: 0, via: -1 })),
  };
}

/** An arc and its copies: a bus may come to a point by any of them, and leaves it by the arc itself. */
function withCopies({ nextCopy }: BusNet, arc: number): number[] {
  const arcs = [arc];
  for (let copy = nextCopy[arc >> 1]!; copy !== 0; copy = nextCopy[copy]!) arcs.push(2 * copy + (arc & 1));
  return arcs;
}

/** A share of a weight, time and distance each rounded to its unit. */
function part(whole: number, share: number): number {
  return weight(Math.round(msOf(whole) * share), Math.round(metresOf(whole) * 10 * share));
}

/** Weight of a drive that never leaves the arc it begins on; Infinity where there is none. */
export function direct(source: Endpoint, target: Endpoint): number {
  let best = Infinity;
  for (const { arc, weight: begin } of source.on) {
    for (const end of target.on) {
      if (end.arc === arc && end.weight >= begin) best = Math.min(best, end.weight - begin);
    }
  }
  return best;
}
