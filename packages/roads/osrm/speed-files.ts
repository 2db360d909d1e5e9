import type { Conditions } from "../conditions/conditions.ts";
import { cutBusStreets } from "../map/build.ts";
import { collect } from "../map/collect.ts";
import { type BusNet, originalOf, type RoadMap } from "../map/road-map.ts";
import { drivable } from "../map/turns.ts";
import type { ReadOptions } from "../osm/read.ts";
import { HEAVIEST_TURN_S } from "./profile-lua.ts";

/** OSM node of every point of the bus net's lines, in the order of `bus.shapeLat`. Reads the extract again: the built map keeps junctions only. */
export async function shapeNodes(path: string, options: ReadOptions = {}): Promise<Float64Array> {
  const collected = await collect(path, options);
  return Float64Array.from(cutBusStreets(collected).shapeNode, (node) => collected.nodeOsmId[node]!);
}

/**
 * OSRM's segment-speed file of a time band: `from_osm_node,to_osm_node,km/h,m/s` (the last is the weight's rate), a row for each direction of each straight piece whose speed is not
 * the profile's own. A closed street has 0, which takes it from the map.
 */
export function segmentSpeeds(map: RoadMap, nodes: Float64Array, conditions: Conditions, band: number): string {
  const { bus, ways } = map;
  const factors = conditions.factors(band);
  const rows: string[] = [];
  for (let arc = 0; arc < bus.from.length * 2; arc++) {
    const street = arc >> 1;
    if (bus.copyOf[street] !== street) continue;
    const closed = conditions.closed[street] === 1;
    if ((factors[street] === 1 && !closed) || !drivable(bus, ways, arc)) continue;
    const way = bus.way[street]!;
    const usual = ((arc & 1) === 0 ? ways.forwardKmh[way] : ways.backwardKmh[way])!;
    const kmh = closed ? 0 : usual * factors[street]!;
    for (let i = bus.shapeStart[street]!; i + 1 < bus.shapeStart[street + 1]!; i++) {
      const [from, to] = (arc & 1) === 0 ? [nodes[i], nodes[i + 1]] : [nodes[i + 1], nodes[i]];
      rows.push(`${from},${to},${kmh},${kmh / 3.6}\n`);
    }
  }
  return rows.join("");
}

/**
 * OSRM's turn-penalty file: `from_osm_node,via_osm_node,to_osm_node,seconds,weight`, a row for every turn of the map. OSRM smooths the angles that it
 * shows to a profile, so that a turn near a limit could cost something else there; with this file both engines have the same costs.
 */
export function turnPenalties(bus: BusNet, nodes: Float64Array): string {
  const rows: string[] = [];
  for (let arc = 0; arc < bus.from.length * 2; arc++) {
    if (bus.copyOf[arc >> 1] !== arc >> 1) continue;
    const [before, via] = lastTwo(bus, nodes, arc);
    for (let turn = bus.turnStart[arc]!; turn < bus.turnStart[arc + 1]!; turn++) {
      // The first two nodes of an arc are the last two of the way back.
      const [after] = lastTwo(bus, nodes, originalOf(bus, bus.turnTo[turn]!) ^ 1);
      const seconds = bus.turnMs[turn]! / 1000;
      rows.push(`${before},${via},${after},${seconds},${Math.min(seconds, HEAVIEST_TURN_S)}\n`);
    }
  }
  return rows.join("");
}

/** The last two nodes of an arc. */
function lastTwo(bus: BusNet, nodes: Float64Array, arc: number): [before: number, last: number] {
  const start = bus.shapeStart[arc >> 1]!;
  const end = bus.shapeStart[(arc >> 1) + 1]!;
  return (arc & 1) === 0 ? [nodes[end - 2]!, nodes[end - 1]!] : [nodes[start + 1]!, nodes[start]!];
}
