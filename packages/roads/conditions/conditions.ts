import type { Dataset } from "@trivium/model";
import type { RoadMap } from "../map/road-map.ts";
import type { SegmentIndex } from "../snap/segment-index.ts";
import { closedStreets } from "./closures.ts";
import { waysWith } from "./hazards.ts";
import { areasOf, bandStarts, streetFactors } from "./speed-factors.ts";

/** What a district lays on its map: closures, hazard roads, speed factors. */
export interface Conditions {
  /** Starts of the time bands, seconds after midnight, ascending from 0. */
  readonly bands: readonly number[];
  /** Speed factor of each street of the bus net in a band. */
  factors(band: number): Float64Array;
  /** 1 for streets of the bus net that no bus may use. */
  readonly closed: Uint8Array;
  /** 1 for streets of the bus net where no bus may stop. */
  readonly noStop: Uint8Array;
  /** OSM ways that a walker of this grade may not cross, or not walk along. */
  hazardWays(kind: "no_cross" | "no_walk", grade: string | undefined): ReadonlySet<number>;
}

export type DistrictConditions = Pick<Dataset, "areasGeojson"> & {
  readonly district: Pick<Dataset["district"], "school_year">;
  readonly tables: Pick<Dataset["tables"], "closures" | "hazards" | "speed_factors">;
};

/** @throws InputError unknown-area when a speed factor names an area that areas.geojson does not hold */
export function conditionsOf(dataset: DistrictConditions, map: RoadMap, index: SegmentIndex): Conditions {
  const { closures, hazards, speed_factors: rows } = dataset.tables;
  const noBus = waysWith(hazards, "no_bus");
  const noStop = waysWith(hazards, "no_stop");
  const osmWay = (street: number) => map.ways.osmId[map.bus.way[street]!]!;
  const closed = closedStreets(closures, dataset.district.school_year, map, index);
  for (let street = 0; street < closed.length; street++) if (noBus.has(osmWay(street))) closed[street] = 1;
  const bands = bandStarts(rows);
  const areas = areasOf(rows, dataset.areasGeojson);
  return {
    bands,
    closed,
    noStop: Uint8Array.from(closed, (_, street) => (noStop.has(osmWay(street)) ? 1 : 0)),
    factors: (band) => streetFactors(rows, areas, map, bands[band] ?? 0),
    hazardWays: (kind, grade) => waysWith(hazards, kind, grade),
  };
}

/** A bare map: no closures, no hazards, one band. */
export function noConditions(map: RoadMap): Conditions {
  const streets = map.bus.from.length;
  return {
    bands: [0],
    closed: new Uint8Array(streets),
    noStop: new Uint8Array(streets),
    factors: () => new Float64Array(streets).fill(1),
    hazardWays: () => new Set(),
  };
}

/** Band of a time of day; times after midnight of the next day wrap around. */
export function bandAt(bands: readonly number[], departS: number): number {
  const time = ((departS % 86_400) + 86_400) % 86_400;
  return bands.findLastIndex((start) => start <= time);
}
