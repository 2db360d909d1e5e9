import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Dataset, emptyTables, type LatLon, SETTINGS_SCHEMA, sealDataset, sha256 } from "@trivium/model";
import { afterAll } from "vitest";
import { metresPerDegreeLat, metresPerDegreeLon } from "../geometry.ts";
import { type OsmTags, writeOsmPbf } from "../index.ts";

/** A small map drawn by hand: places in metres east and north of an origin, ways as lists of place names. */
export interface Drawing {
  readonly places: Readonly<Record<string, readonly [eastM: number, northM: number, tags?: OsmTags]>>;
  readonly ways: Readonly<Record<string, readonly [places: string, tags: OsmTags]>>;
  /** "from via to" by way, place (or ways, joined by +) and way name. */
  readonly restrictions?: readonly (readonly [turn: string, rule: string, tags?: OsmTags])[];
}

export interface Town {
  readonly path: string;
  at(place: string): LatLon;
  point(eastM: number, northM: number): LatLon;
  /** OSM id of a way. */
  wayId(name: string): string;
  /** A district on this map. */
  district(tables?: Partial<Dataset["tables"]>, areasGeojson?: unknown): Dataset;
}

const folder = mkdtempSync(join(tmpdir(), "trivium-towns-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let drawn = 0;

const LAT = 40;
const LON = -76;

const pointAt = (eastM: number, northM: number): LatLon => ({
  lat: LAT + northM / metresPerDegreeLat(LAT),
  lon: LON + eastM / metresPerDegreeLon(LAT),
});

/** Writes the drawing as `.osm.pbf` into a temporary folder that goes when the tests end. Ways are named after their key unless tagged. */
export function drawTown(drawing: Drawing): Town {
  const places = Object.keys(drawing.places);
  const ways = Object.keys(drawing.ways);
  const idOf = (list: readonly string[], name: string, base: number) => {
    if (!list.includes(name)) throw new Error(`the drawing has no ${name}`);
    return base + list.indexOf(name);
  };
  const bytes = writeOsmPbf({
    nodes: Object.entries(drawing.places).map(([name, [east, north, tags]]) => ({
      id: idOf(places, name, 1),
      ...pointAt(east, north),
      tags,
    })),
    ways: Object.entries(drawing.ways).map(([name, [line, tags]]) => ({
      id: idOf(ways, name, 1001),
      refs: line.split(" ").map((place) => idOf(places, place, 1)),
      tags: { name, ...tags },
    })),
    relations: (drawing.restrictions ?? []).map(([turn, rule, tags], i) => {
      const [from, via, to] = turn.split(" ") as [string, string, string];
      return {
        id: 5001 + i,
        tags: { type: "restriction", restriction: rule, ...tags },
        members: [
          { type: "way" as const, ref: idOf(ways, from, 1001), role: "from" },
          ...(places.includes(via)
            ? [{ type: "node" as const, ref: idOf(places, via, 1), role: "via" }]
            : via.split("+").map((way) => ({ type: "way" as const, ref: idOf(ways, way, 1001), role: "via" }))),
          { type: "way" as const, ref: idOf(ways, to, 1001), role: "to" },
        ],
      };
    }),
  });
  const path = join(folder, `${drawn++}.osm.pbf`);
  writeFileSync(path, bytes);
  return {
    path,
    point: pointAt,
    at(place) {
      const [east, north] = drawing.places[place]!;
      return pointAt(east, north);
    },
    wayId: (name) => String(idOf(ways, name, 1001)),
    district: (tables = {}, areasGeojson) =>
      sealDataset({
        district: { name: "Drawn", timezone: "UTC", school_year: "2027-28" },
        tables: { ...emptyTables(), ...tables },
        present: new Set(),
        settings: {
          scheduling: SETTINGS_SCHEMA.scheduling.parse({}),
          routing: SETTINGS_SCHEMA.routing.parse({}),
          facilities: SETTINGS_SCHEMA.facilities.parse({ as_of_date: "2027-07-01" }),
        },
        map: { path, sha256: sha256(bytes), bytes: bytes.length },
        areasGeojson,
      }),
  };
}
