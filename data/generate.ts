import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { Random } from "@trivium/engine";
import type { LatLon } from "@trivium/model";
import { writeOsmPbf } from "@trivium/roads";
import { tableFiles } from "./csv.ts";
import type { District, DistrictFiles } from "./district.ts";
import { nearestIndex, placeHomes } from "./people/homes.ts";
import { households } from "./people/households.ts";
import { placeSchools, SCHOOL_PLANS } from "./people/schools.ts";
import { students } from "./people/students.ts";
import { middleOf, type StreetPiece, streetPieces } from "./town/streets.ts";
import { drawTown } from "./town/town.ts";

const INFO = {
  name: "Aldermere Public Schools",
  timezone: "America/Chicago",
  school_year: "2027-28",
  currency: "USD",
};

/** Independent streams, one a part, so that a change in one part leaves the others as they were. */
const STREAM = { families: 0, homes: 1, town: 2, transportation: 3, scheduling: 4, facilities: 5 } as const;

/** The whole district folder for one seed; the same seed gives the same bytes. */
export function generateDistrict(seed: number): DistrictFiles {
  const random = new Random(seed);
  const town = drawTown(random.fork(STREAM.town));
  const district = people(random, streetPieces(town.map), town.sites);
  return new Map<string, string | Uint8Array>([
    ["district.json", `${JSON.stringify(district.info, null, 2)}\n`],
    ["roads/map.osm.pbf", writeOsmPbf(town.map)],
    ...tableFiles({ schools: district.schools, students: district.students }),
  ]);
}

/** Families on the streets of the map, and the schools that their children attend. */
function people(random: Random, pieces: readonly StreetPiece[], sites: readonly LatLon[]): District {
  const families = households(random.fork(STREAM.families), 5000);
  const zoneSchools = sites.filter((_, index) => SCHOOL_PLANS[index].level === "elementary");
  const homes = placeHomes(random.fork(STREAM.homes), families, pieces, zoneSchools);
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

if (import.meta.main) {
  const { values } = parseArgs({
    options: { seed: { type: "string", default: "1" }, out: { type: "string" } },
  });
  const out = values.out ?? new URL("./sample", import.meta.url).pathname;
  const files = generateDistrict(Number(values.seed));
  writeDistrict(out, files);
  console.error(`${files.size} files → ${out}`);
}
