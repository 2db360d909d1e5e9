import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { Random } from "@trivium/engine";
import { emptyTables, type LatLon, type RoadNetwork, sealDataset, type Tables } from "@trivium/model";
import { type OsmContent, openRoads, writeOsmPbf } from "@trivium/roads";
import { tableFiles } from "./csv.ts";
import type { AreaFiles, District, DistrictFiles } from "./district.ts";
import { facilitiesData } from "./facilities/index.ts";
import { nearestIndex, placeHomes } from "./people/homes.ts";
import { households } from "./people/households.ts";
import { placeSchools, SCHOOL_PLANS } from "./people/schools.ts";
import { chooseSites } from "./people/sites.ts";
import { students } from "./people/students.ts";
import { schedulingData, unkindDistrict } from "./scheduling/index.ts";
import { readExtract } from "./town/extract.ts";
import { middleOf, type StreetPiece, streetPieces } from "./town/streets.ts";
import { drawTown } from "./town/town.ts";
import { roadConditions, transportation } from "./transportation/index.ts";
import { areasGeojson } from "./transportation/policy.ts";

const INFO = {
  name: "Aldermere Public Schools",
  timezone: "America/Chicago",
  school_year: "2027-28",
  url: "https://www.aldermere.example/",
  currency: "USD",
};

/** Independent streams, one a part, so that a change in one part leaves the others as they were. */
const STREAM = { families: 0, homes: 1, town: 2, transportation: 3, scheduling: 4, facilities: 5 } as const;

/** What a district is laid on. */
interface Ground {
  readonly map: OsmContent;
  readonly sites: readonly LatLon[];
  readonly downtown: LatLon;
}

/**
 * The whole sample district for one seed, in an invented town of its own; the same seed gives the same bytes.
 * Road times come from the embedded road engine, so today's service changes where that engine does.
 */
export async function generateDistrict(seed: number): Promise<DistrictFiles> {
  const random = new Random(seed);
  const town = drawTown(random.fork(STREAM.town));
  const mapBytes = writeOsmPbf(town.map);
  const folder = mkdtempSync(join(tmpdir(), "trivium-map-"));
  try {
    const mapPath = join(folder, "map.osm.pbf");
    writeFileSync(mapPath, mapBytes);
    const files = await districtOn(random, town, mapPath, true);
    return new Map([...files, ["roads/map.osm.pbf", mapBytes]]);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The same people on the streets of a real extract: schools, students and transportation, without today's service; the map is left where it is. */
export async function generateOnExtract(seed: number, mapPath: string): Promise<DistrictFiles> {
  const map = await readExtract(mapPath);
  const sites = chooseSites(streetPieces(map));
  const mean = (pick: (site: LatLon) => number) => sites.reduce((sum, site) => sum + pick(site), 0) / sites.length;
  const ground = { map, sites, downtown: { lat: mean((site) => site.lat), lon: mean((site) => site.lon) } };
  return districtOn(new Random(seed), ground, mapPath, false);
}

async function districtOn(random: Random, ground: Ground, mapPath: string, whole: boolean): Promise<DistrictFiles> {
  const pieces = streetPieces(ground.map);
  const district = people(random, pieces, ground);
  const conditions = roadConditions(ground.map, ground.downtown);
  const areas = areasGeojson(ground.downtown);
  const roads = await roadsWith(conditions, areas, mapPath);
  const stream = random.fork(STREAM.transportation);
  const buses = await transportation(stream, district, pieces, ground.downtown, roads, whole);
  return new Map<string, string | Uint8Array>([
    ["district.json", json(district.info)],
    ["roads/areas.geojson", json(areas)],
    ...tableFiles({ schools: district.schools, students: district.students, ...conditions }),
    ...areaFiles("transportation", buses),
    ...(whole ? areaFiles("scheduling", schedulingData(random.fork(STREAM.scheduling), district)) : []),
    ...(whole ? areaFiles("facilities", facilitiesData(random.fork(STREAM.facilities), district)) : []),
  ]);
}

const areaFiles = (folder: string, area: AreaFiles): [string, string][] => [
  ...tableFiles(area.tables),
  ...(area.settings ? [[`${folder}/settings.json`, json(area.settings)] as [string, string]] : []),
];

function roadsWith(conditions: Partial<Tables>, areas: unknown, mapPath: string): Promise<RoadNetwork> {
  const dataset = sealDataset({
    district: INFO,
    tables: { ...emptyTables(), ...conditions },
    present: new Set(),
    settings: { scheduling: {}, routing: {}, facilities: {} },
    areasGeojson: areas,
  });
  return openRoads(dataset, { mapPath });
}

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

/** Families on the streets of the map, and the schools that their children attend. */
function people(random: Random, pieces: readonly StreetPiece[], { sites, downtown }: Ground): District {
  const families = households(random.fork(STREAM.families), 5000);
  const zoneSchools = sites.filter((_, index) => SCHOOL_PLANS[index].level === "elementary");
  const homes = placeHomes(random.fork(STREAM.homes), families, pieces, zoneSchools, downtown);
  const rows = students(families, homes);
  const named = pieces.filter((piece) => piece.name !== "");
  const addresses = sites.map(
    (site, index) => `${100 + 4 * index} ${named[nearestIndex(site, named.map(middleOf))].name}`,
  );
  return { info: INFO, schools: placeSchools(sites, addresses, rows), students: rows };
}

/** Writes every file below `outDir`. */
export function writeDistrict(outDir: string, files: DistrictFiles): void {
  for (const [path, content] of files) {
    mkdirSync(dirname(join(outDir, path)), { recursive: true });
    writeFileSync(join(outDir, path), content);
  }
}

/** What `--school` writes, and what its hidden plan meets. */
function unkindFiles(seed: number, students: number): DistrictFiles {
  const { files, drawn } = unkindDistrict(seed, students);
  const { met, requests, requiredMet, required } = drawn.floor;
  console.error(`the hidden plan meets ${met} of ${requests} requests, ${requiredMet} of ${required} required ones`);
  return files;
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      seed: { type: "string", default: "1" },
      out: { type: "string" },
      roads: { type: "string" },
      school: { type: "string" },
    },
  });
  if ((values.roads || values.school) && !values.out)
    throw new Error("--roads and --school need --out: the sample folder is for the invented town");
  const out = values.out ?? new URL("./sample", import.meta.url).pathname;
  const seed = Number(values.seed);
  const files = values.school
    ? unkindFiles(seed, Number(values.school))
    : await (values.roads ? generateOnExtract(seed, values.roads) : generateDistrict(seed));
  writeDistrict(out, files);
  console.error(`${files.size} files → ${out}`);
}
