import { contract } from "../hierarchy/hierarchy.ts";
import { dissectionOrder } from "../hierarchy/order.ts";
import type { ReadOptions } from "../osm/read.ts";
import { segmentsOf } from "../snap/segment-index.ts";
import { type Collected, collect, NODE_FLAG } from "./collect.ts";
import { largestStrongPart, walkableParts } from "./components.ts";
import { type BusNet, type MapReport, originalOf, type RoadMap, type WalkNet } from "./road-map.ts";
import { cutIntoStreets, type Streets } from "./streets.ts";
import { busTurns, drivable } from "./turns.ts";
import { followViaWays } from "./via-ways.ts";

/** Reads an extract and builds both nets, the bus's and the walkers'. The same file gives the same map. */
export async function buildRoadMap(path: string, mapHash: string, options: ReadOptions = {}): Promise<RoadMap> {
  const collected = await collect(path, { ...options, onProgress: (share) => options.onProgress?.(share * 0.7) });
  const { ways } = collected;
  const busStreets = cutBusStreets(collected);
  const { unused, ...nodeTurns } = busTurns(busStreets, ways, collected);
  const followed = followViaWays(net(busStreets), ways, nodeTurns, collected.wayRestrictions);
  const { turns } = followed;
  const strong = largestStrongPart(followed.net.from.length * 2, turns.turnStart, turns.turnTo);
  const alive = withEnds(strong, followed.net, turns, (arc) => drivable(followed.net, ways, arc));
  options.signal?.throwIfAborted();
  options.onProgress?.(0.8);
  const walkStreets = cutIntoStreets(
    collected,
    () => true,
    () => false,
  );
  const usable = walkableParts(walkStreets, (street) => ways.walk[walkStreets.way[street]!] === 1);
  const bus: BusNet = {
    ...followed.net,
    ...turns,
    alive,
  };
  const walk: WalkNet = { ...net(walkStreets), usable };
  options.signal?.throwIfAborted();
  options.onProgress?.(0.85);
  const inUse = (street: number) => alive[2 * street] === 1 || alive[2 * street + 1] === 1;
  const busSegments = segmentsOf(bus, (street) => bus.copyOf[street] === street && inUse(street));
  const walkSegments = segmentsOf(walk, (street) => usable[street] === 1);
  const order = await dissectionOrder(bus, alive, {
    ...options,
    onProgress: (share) => options.onProgress?.(0.85 + 0.1 * share),
  });
  options.signal?.throwIfAborted();
  const hierarchy = contract(order, bus);
  options.onProgress?.(1);
  return {
    mapHash,
    ways,
    bus,
    walk,
    busSegments,
    walkSegments,
    hierarchy,
    report: report(collected, bus, walk, unused + followed.unused),
  };
}

/**
 * The strongly connected part, and the arcs of its streets that are not of it themselves: a direction that nothing leads into, or a copy that nothing
 * leads out of. No drive passes through them, but one may begin or end there.
 */
function withEnds(
  strong: Uint8Array,
  net: Pick<BusNet, "way" | "copyOf">,
  { turnTo }: { readonly turnTo: Uint32Array },
  drives: (arc: number) => boolean,
): Uint8Array {
  const entered = new Uint8Array(strong.length);
  for (const arc of turnTo) entered[arc] = 1;
  return strong.map((within, arc) => {
    const original = originalOf(net, arc);
    const ofPart = strong[original] === 1 || strong[original ^ 1] === 1;
    const usable = original === arc ? drives(arc) : entered[arc] === 1;
    return within === 1 || (ofPart && usable) ? 1 : 0;
  });
}

/** Streets of the bus net, in the order in which the built map has them. */
export function cutBusStreets(map: Collected): Streets {
  return cutIntoStreets(
    map,
    (way) => map.ways.forwardKmh[way]! > 0 || map.ways.backwardKmh[way]! > 0,
    (node) => (map.nodeFlags[node]! & NODE_FLAG.blocksBus) !== 0,
    // The wait at a signal falls where it stands (a stop line before the junction, a crossing for walkers).
    (node) => (map.nodeFlags[node]! & NODE_FLAG.signal) !== 0,
  );
}

function net({ nodeIndex: _, shapeNode: __, ...rest }: Streets): Omit<Streets, "nodeIndex" | "shapeNode"> {
  return rest;
}

function report(map: Collected, bus: BusNet, walk: WalkNet, unused: number): MapReport {
  const km = (lengths: Float64Array, counts: (street: number) => boolean) =>
    lengths.reduce((sum, length, street) => sum + (counts(street) ? length : 0), 0) / 1000;
  const own = (street: number) => bus.copyOf[street] === street;
  const inBus = (street: number) => own(street) && (bus.alive[2 * street] === 1 || bus.alive[2 * street + 1] === 1);
  const drivableStreet = (street: number) =>
    own(street) && (drivable(bus, map.ways, 2 * street) || drivable(bus, map.ways, 2 * street + 1));
  const walks = (street: number) => map.ways.walk[walk.way[street]!] === 1;
  const streets = (n: number, counts: (street: number) => boolean) =>
    Array.from({ length: n }, (_, k) => k).filter(counts).length;
  return {
    ways: map.ways.osmId.length,
    busStreets: streets(bus.from.length, inBus),
    busKm: km(bus.lengthM, inBus),
    busStreetsCutOff: streets(bus.from.length, (street) => drivableStreet(street) && !inBus(street)),
    walkStreets: streets(walk.from.length, (street) => walk.usable[street] === 1),
    walkKm: km(walk.lengthM, (street) => walk.usable[street] === 1),
    walkStreetsCutOff: streets(walk.from.length, (street) => walks(street) && walk.usable[street] === 0),
    restrictions: map.restrictions.length + map.wayRestrictions.length - unused,
    restrictionsSkipped: map.restrictionsSkipped + unused,
    nodesMissing: map.nodeLat.reduce((count, lat) => count + (Number.isNaN(lat) ? 1 : 0), 0),
  };
}
