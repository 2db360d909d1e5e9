import { TURN_S, turnS } from "../profile.ts";
import { type Collected, NODE_FLAG, type Restriction } from "./collect.ts";
import { Growing } from "./growing.ts";
import { headOf, type Net, type WayTable } from "./road-map.ts";
import { leavingBearing, type Streets } from "./streets.ts";

export interface Turns {
  readonly turnStart: Uint32Array;
  readonly turnTo: Uint32Array;
  readonly turnMs: Uint32Array;
  /** Restrictions that no street meets as they say. */
  readonly unused: number;
}

/**
 * Every turn that the bus may make: from an arc it may drive into another that leaves the node it enters.
 * A U-turn is possible only where nothing else is (a dead end, the edge of the map, a barrier).
 */
export function busTurns(net: Streets, ways: WayTable, map: Collected): Turns {
  const rules = rulesByNode(net, ways, map);
  const turnStart = new Growing([0]);
  const turnTo = new Growing();
  const turnMs = new Growing();
  for (let arc = 0; arc < net.from.length * 2; arc++) {
    if (drivable(net, ways, arc)) {
      for (const next of exits(net, ways, rules, arc)) {
        turnTo.push(next);
        turnMs.push(costMs(net, map, arc, next));
      }
    }
    turnStart.push(turnTo.length);
  }
  return {
    turnStart: turnStart.uint32(),
    turnTo: turnTo.uint32(),
    turnMs: turnMs.uint32(),
    unused: rules.unused,
  };
}

/** May the bus drive this arc? */
export function drivable(net: { way: Uint32Array }, ways: WayTable, arc: number): boolean {
  const way = net.way[arc >> 1]!;
  return ((arc & 1) === 0 ? ways.forwardKmh[way]! : ways.backwardKmh[way]!) > 0;
}

/** Restrictions by the node that they go through, ways by index. */
interface Rules {
  readonly byNode: ReadonlyMap<number, readonly Restriction[]>;
  readonly unused: number;
}

function rulesByNode(net: Streets, ways: WayTable, map: Collected): Rules {
  const nodes = new Map<number, number>();
  net.nodeOsmId.forEach((id, node) => {
    nodes.set(id, node);
  });
  const byNode = new Map<number, Restriction[]>();
  let unused = 0;
  for (const rule of map.restrictions) {
    const node = nodes.get(rule.via);
    const meeting = node === undefined ? [] : [...armsAt(net, node)].map((arm) => ways.osmId[net.way[arm >> 1]!]!);
    const valid = rule.from.some((way) => meeting.includes(way)) && rule.to.some((way) => meeting.includes(way));
    if (node === undefined || !valid) unused++;
    else byNode.set(node, [...(byNode.get(node) ?? []), rule]);
  }
  return { byNode, unused };
}

const armsAt = (net: Streets, node: number): Uint32Array =>
  net.arms.subarray(net.armStart[node]!, net.armStart[node + 1]!);

function exits(net: Streets, ways: WayTable, rules: Rules, arc: number): number[] {
  const node = headOf(net, arc);
  const wayOf = (each: number) => ways.osmId[net.way[each >> 1]!]!;
  const open = [...armsAt(net, node)].filter((arm) => drivable(net, ways, arm));
  // A rule from a way onto itself means the U-turn, or with `straight_on` the way's other arm.
  const names = (rule: Restriction, next: number) =>
    rule.to.includes(wayOf(next)) && (wayOf(next) !== wayOf(arc) || rule.uTurn === (next === (arc ^ 1)));
  const binding = (rules.byNode.get(node) ?? [])
    .filter((rule) => rule.from.includes(wayOf(arc)))
    // An `only_…` whose target cannot be entered from here would shut the street: a slip of the map.
    .filter((rule) => !rule.only || open.some((next) => names(rule, next)));
  const onward = open.filter((next) => next !== (arc ^ 1) && binding.every((rule) => rule.only === names(rule, next)));
  return onward.length > 0 ? onward : open.filter((next) => next === (arc ^ 1));
}

/** Turn and signal, milliseconds. Where only two streets meet, the road just bends and its name changes. */
function costMs(net: Streets, map: Collected, arc: number, next: number): number {
  const node = headOf(net, arc);
  const signal = (map.nodeFlags[net.nodeIndex[node]!]! & NODE_FLAG.signal) !== 0 ? TURN_S.signal : 0;
  if (next === (arc ^ 1)) return 1000 * (TURN_S.uTurn + signal);
  if (armsAt(net, node).length < 3) return 1000 * signal;
  return 1000 * (turnS(turnDegrees(net, arc, next)) + signal);
}

/** How far the bus turns from one arc into the next: 0 straight on, to the right positive, −180 or 180 back. */
export function turnDegrees(net: Net, arc: number, next: number): number {
  return ((leavingBearing(net, next) - leavingBearing(net, arc ^ 1) - 180 + 900) % 360) - 180;
}
