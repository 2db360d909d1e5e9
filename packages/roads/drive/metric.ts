import type { Conditions } from "../conditions/conditions.ts";
import type { RoadMap } from "../map/road-map.ts";
import { drivable } from "../map/turns.ts";
import { weight } from "./weight.ts";

/** Weight of every arc in one time band; Infinity where the bus may not drive. */
export type Metric = Float64Array;

/**
 * time of an arc = length ÷ (speed × speed factor); distance = length.
 * Arcs outside the strongly connected part, closed ways and `no_bus` roads are impassable.
 */
export function arcWeights(map: RoadMap, conditions: Conditions, band: number): Metric {
  const { bus, ways } = map;
  const factors = conditions.factors(band);
  return Float64Array.from({ length: bus.from.length * 2 }, (_, arc) => {
    const street = arc >> 1;
    if (bus.alive[arc] === 0 || !drivable(bus, ways, arc) || conditions.closed[street] === 1) return Infinity;
    const way = bus.way[street]!;
    const kmh = ((arc & 1) === 0 ? ways.forwardKmh[way]! : ways.backwardKmh[way]!) * factors[street]!;
    const ms = Math.round((bus.lengthM[street]! * 3600) / kmh);
    return weight(ms, Math.round(bus.lengthM[street]! * 10));
  });
}
