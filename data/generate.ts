import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { Random } from "@trivium/engine";
import { tableFiles } from "./csv.ts";
import type { District, DistrictFiles } from "./district.ts";
import { households, schoolOf } from "./people/households.ts";
import { placeSchools, SCHOOL_PLANS } from "./people/schools.ts";
import { students } from "./people/students.ts";

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
  const district = people(random);
  return new Map<string, string | Uint8Array>([
    ["district.json", `${JSON.stringify(district.info, null, 2)}\n`],
    ...tableFiles({ schools: district.schools, students: district.students }),
  ]);
}

function people(random: Random): District {
  const families = households(random.fork(STREAM.families), 5000);
  const enrollment = new Map<string, number>();
  for (const family of families)
    for (const child of family.children) {
      const school = schoolOf(family.zone, child.grade);
      enrollment.set(school, (enrollment.get(school) ?? 0) + 1);
    }
  const sites = SCHOOL_PLANS.map((_, index) => ({ lat: 42.86 + 0.01 * index, lon: -92.31 }));
  const homes = families.map((family) => sites[family.zone]);
  const schools = placeSchools(
    sites,
    SCHOOL_PLANS.map((plan) => plan.name),
    enrollment,
  );
  return { info: INFO, schools, students: students(families, homes) };
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
