import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Finding, InputError } from "@trivium/model";
import { expect, test } from "vitest";
import { DistrictFixture } from "./fixture/district-fixture.ts";
import { readDistrict, readDistrictFiles } from "./index.ts";

const courses = "scheduling/courses.csv";
const encode = (text: string) => new TextEncoder().encode(text);

test("the clean district is read without a finding, every table present", async () => {
  const { dataset, report } = await new DistrictFixture().read();
  expect(report.findings).toEqual([]);
  expect(report.dataset_hash).toBe(dataset?.hash);
  expect(dataset?.tables.bells[0]).toMatchObject({ bell_start: 28_800, allowed_starts: [27_000, 28_800] });
  expect(dataset?.tables.students[0].extra).toEqual({ group_frl: "yes" });
  expect(dataset?.settings.facilities.as_of_date).toBe("2027-06-30");
  expect(dataset?.map?.bytes).toBeGreaterThan(0);
  expect(report.rows["students.csv"]).toBe(8);
  expect(report.completeness).toContainEqual({ file: "students.csv", column: "sibling_id", filled: 4, rows: 8 });
});

test("line ends, a BOM, quotes, blank lines and the order of columns and files do not change the dataset", async () => {
  const clean = new DistrictFixture();
  const { dataset } = await clean.read();
  const other = new DistrictFixture();
  const csv = other.csv("students.csv").trimEnd().split("\n");
  const turned = csv.map((line) =>
    line
      .split(",")
      .reverse()
      .map((cell) => `" ${cell} "`)
      .join(","),
  );
  other.text("students.csv", `\ufeff${turned.join("\r\n\r\n")}\r\n,,,,,,\r\n`);
  const files = new Map([...other.files()].reverse());
  const again = await readDistrictFiles(files);
  expect(again.report.findings).toEqual([]);
  expect(again.dataset?.hash).toBe(dataset?.hash);
});

test("rows are counted as a spreadsheet counts them, over blank lines and cells of several lines", async () => {
  const district = new DistrictFixture();
  const [header, first, ...rest] = district.csv(courses).split("\n");
  const twoLines = first.replace("English 9", '"English\n9"');
  const broken = rest[0].replace(",year,", ",decade,");
  district.text(courses, [header, "", twoLines, broken, ...rest.slice(1)].join("\n"));
  const [finding] = await district.findings("bad-cell");
  expect(finding).toMatchObject({ row: 4, column: "term", value: "decade" });
});

interface Shape {
  readonly says: string;
  readonly spoil: (district: DistrictFixture) => unknown;
  readonly finding: Partial<Finding>;
}

const shapes: readonly Shape[] = [
  {
    says: "a cell that is not what its column holds",
    spoil: (d) => d.set(courses, { course_id: "ALG1" }, { seats_max: "thirty" }),
    finding: { code: "bad-cell", severity: "error", file: courses, row: 3, column: "seats_max", value: "thirty" },
  },
  {
    says: "a negative cost",
    spoil: (d) => d.set("facilities/assets.csv", { asset_id: "A2" }, { replacement_cost_usd: "-5" }),
    finding: { code: "bad-cell", row: 3, column: "replacement_cost_usd", expected: "a number ≥ 0" },
  },
  {
    says: "a required cell that is empty",
    spoil: (d) => d.set(courses, { course_id: "ALG1" }, { title: "" }),
    finding: { code: "empty-required-cell", severity: "error", file: courses, row: 3, column: "title" },
  },
  {
    says: "a required column under another name",
    spoil: (d) => d.text(courses, d.csv(courses).replace("seats_max", "seat_max")),
    finding: {
      code: "missing-column",
      severity: "error",
      column: "seats_max",
      message: "the column seats_max is missing. Maybe seat_max.",
    },
  },
  {
    says: "a column that nothing reads",
    spoil: (d) => d.set(courses, {}, { room_feature: "x" }),
    finding: { code: "unknown-column", severity: "warning", file: courses, row: 1, column: "room_feature" },
  },
  {
    says: "a column that would reach an object's prototype",
    spoil: (d) =>
      d.text(
        courses,
        d
          .csv(courses)
          .replace(/^course_id/, "__proto__,course_id")
          .replaceAll("\n", "\nx,"),
      ),
    finding: { code: "unknown-column", column: "__proto__", message: "the column __proto__ is not read" },
  },
  {
    says: "a header with one column twice",
    spoil: (d) => d.text(courses, d.csv(courses).replace("title", "course_id")),
    finding: { code: "duplicate-column", severity: "error", column: "course_id" },
  },
  {
    says: "a row with a cell too many",
    spoil: (d) => d.text(courses, d.csv(courses).replace("Algebra", "Algebra, honors")),
    finding: { code: "ragged-row", severity: "error", file: courses, row: 3 },
  },
  {
    says: "a row that ends early",
    spoil: (d) => d.text("scheduling/rooms.csv", `${d.csv("scheduling/rooms.csv")}R3,HS,Main,30\n`),
    finding: { code: "ragged-row", severity: "warning", file: "scheduling/rooms.csv", row: 4 },
  },
  {
    says: "a quote in the middle of a cell",
    spoil: (d) => d.text(courses, d.csv(courses).replace("Algebra", 'Alg"ebra')),
    finding: { code: "bad-quotes", severity: "error", file: courses, row: 3 },
  },
  {
    says: "a quote that is never closed",
    spoil: (d) => d.text(courses, d.csv(courses).replace("Algebra", '"Algebra')),
    finding: { code: "bad-quotes", severity: "error", file: courses, row: 3 },
  },
  {
    says: "a file of another alphabet",
    spoil: (d) => d.text(courses, Buffer.from(d.csv(courses).replace("Algebra", "Álgebra"), "latin1")),
    finding: { code: "not-utf8", severity: "error", file: courses, row: 3 },
  },
  {
    says: "a number of a hundred thousand digits",
    spoil: (d) => d.set(courses, { course_id: "ALG1" }, { seats_max: `${"1".repeat(100_000)}x` }),
    finding: { code: "bad-cell", file: courses, row: 3, column: "seats_max" },
  },
  {
    says: "a header of a thousand columns",
    spoil: (d) => d.text(courses, `${Array.from({ length: 1_000 }, (_, i) => `c${i}`).join(",")}\n`),
    finding: { code: "too-many-columns", severity: "error", file: courses, row: 1, value: "1000" },
  },
  {
    says: "a file in UTF-16",
    spoil: (d) => d.text(courses, Buffer.from(`\ufeff${d.csv(courses)}`, "utf16le")),
    finding: { code: "not-utf8", severity: "error", file: courses, row: 1 },
  },
  {
    says: "a file parted by semicolons",
    spoil: (d) => d.text(courses, d.csv(courses).replaceAll(",", ";")),
    finding: { code: "other-delimiter", severity: "error", file: courses, row: 1 },
  },
  {
    says: "an id that stands twice",
    spoil: (d) => d.add(courses, {}),
    finding: {
      code: "duplicate-key",
      severity: "error",
      row: 6,
      value: "ENG9",
      others: [{ file: courses, row: 2 }],
    },
  },
  {
    says: "one period id on two days is no duplicate, on one day it is",
    spoil: (d) => d.add("scheduling/periods.csv", { start: "12:00", end: "13:00" }),
    finding: { code: "duplicate-key", row: 7, value: "HS:A:1" },
  },
  {
    says: "a student who rides two morning runs",
    spoil: (d) => d.add("transportation/today_assignments.csv", { run_id: "RUN2" }),
    finding: { code: "duplicate-key", file: "transportation/today_assignments.csv", row: 3, value: "S101:AM" },
  },
  {
    says: "a rule that is written twice",
    spoil: (d) => d.add("scheduling/student_rules.csv", {}),
    finding: { code: "duplicate-row", severity: "warning", row: 6 },
  },
  {
    says: "an id that is not where it should be",
    spoil: (d) => d.set("students.csv", { student_id: "S104" }, { school_id: "H5" }),
    finding: {
      code: "unknown-reference",
      severity: "error",
      row: 5,
      column: "school_id",
      value: "H5",
      message: "school_id = H5 is not in schools.csv. Maybe HS.",
    },
  },
  {
    says: "one wrong entry of a list",
    spoil: (d) => d.set("transportation/stops.csv", { stop_id: "ST2" }, { schools: "HS|MS9" }),
    finding: { code: "unknown-reference", file: "transportation/stops.csv", row: 3, value: "MS9" },
  },
  {
    says: "ids of a table that is missing",
    spoil: (d) => d.without("scheduling/terms.csv"),
    finding: { code: "referenced-table-missing", severity: "error", file: courses, column: "terms_allowed" },
  },
  {
    says: "a needed table that is missing",
    spoil: (d) => d.without("transportation/bells.csv"),
    finding: { code: "missing-table", severity: "error", area: "routing", file: "transportation/bells.csv" },
  },
  {
    says: "a needed table without rows",
    spoil: (d) => d.text("scheduling/requests.csv", "student_id,course_id,kind\n"),
    finding: { code: "empty-table", severity: "error", file: "scheduling/requests.csv" },
  },
  {
    says: "an empty file",
    spoil: (d) => d.text("scheduling/requests.csv", ""),
    finding: { code: "missing-column", severity: "error", file: "scheduling/requests.csv", column: "student_id" },
  },
  {
    says: "a table that would be missed",
    spoil: (d) => d.without("scheduling/rooms.csv"),
    finding: { code: "table-not-given", severity: "warning", file: "scheduling/rooms.csv" },
  },
  {
    says: "a file under a name that is almost right",
    spoil: (d) => d.text("scheduling/student_rule.csv", "a\n"),
    finding: {
      code: "unknown-file",
      severity: "warning",
      message: "nothing reads scheduling/student_rule.csv. Maybe scheduling/student_rules.csv.",
    },
  },
  {
    says: "no district.json",
    spoil: (d) => d.without("district.json"),
    finding: { code: "missing-file", severity: "error", file: "district.json" },
  },
  {
    says: "settings that are no JSON",
    spoil: (d) => d.text("facilities/settings.json", "{ as_of_date: 2027 }"),
    finding: { code: "bad-json", severity: "error", area: "facilities", file: "facilities/settings.json" },
  },
  {
    says: "settings that nest without end",
    spoil: (d) => d.text("facilities/settings.json", "[".repeat(200_000)),
    finding: { code: "bad-json", severity: "error", file: "facilities/settings.json" },
  },
  {
    says: "settings that reach for the prototype",
    spoil: (d) => d.text("facilities/settings.json", '{ "as_of_date": "2027-06-30", "__proto__": { "x": 1 } }'),
    finding: { code: "bad-json", severity: "error", file: "facilities/settings.json" },
  },
  {
    says: "a setting out of its range",
    spoil: (d) => d.setting("facilities/settings.json", { smoothing_max_ratio: 0.5 }),
    finding: { code: "bad-setting", severity: "error", column: "smoothing_max_ratio", value: "0.5" },
  },
  {
    says: "a setting that nothing reads",
    spoil: (d) => d.setting("transportation/settings.json", { service_day: 170 }),
    finding: {
      code: "unknown-setting",
      severity: "warning",
      column: "service_day",
      message: "service_day is kept, but nothing reads it. Maybe service_days.",
    },
  },
  {
    says: "areas that are no polygons",
    spoil: (d) => d.setting("roads/areas.geojson", { type: "Feature" }),
    finding: { code: "bad-geojson", severity: "error", area: "roads" },
  },
  {
    says: "a map that is none",
    spoil: (d) => d.text("roads/map.osm.pbf", "<osm></osm>"),
    finding: { code: "bad-map", severity: "error", area: "roads" },
  },
];

test.each(shapes)("$says is found", async ({ spoil, finding }) => {
  const district = new DistrictFixture();
  spoil(district);
  const { dataset, report } = await district.read();
  expect(report.findings).toContainEqual(expect.objectContaining(finding));
  expect(dataset === null).toBe(report.errors > 0);
  expect(Object.prototype).not.toHaveProperty("x");
});

test("ten defects in ten files are ten findings, all at once", async () => {
  const district = new DistrictFixture()
    .set("schools.csv", { school_id: "ES" }, { lat: "95" })
    .set("students.csv", { student_id: "S104" }, { school_id: "XX" })
    .set("scheduling/terms.csv", { term_id: "S" }, { end_date: "02/06/2028" })
    .set("scheduling/patterns.csv", { pattern_id: "DBL" }, { meetings: "A:9" })
    .set("scheduling/teacher_courses.csv", { course_id: "ALG1" }, { preference: "7" })
    .set("transportation/bells.csv", { school_id: "HS" }, { bell_end: "1:30" })
    .set("transportation/bus_types.csv", { bus_type_id: "LARGE" }, { mpg: "0" })
    .set("transportation/rules.csv", { grade: "9" }, { may_cross: "anything" })
    .set("facilities/assets.csv", { asset_id: "A3" }, { removed_date: "1990-01-01", removed_after: "" })
    .setting("facilities/settings.json", { blackouts: [{ school_id: "ZZ", fiscal_year: 2029 }] });
  const { dataset, report } = await district.read();
  const errors = report.findings.filter((finding) => finding.severity === "error");
  expect(dataset).toBeNull();
  expect(new Set(errors.map((finding) => finding.file)).size).toBe(10);
  expect(report.errors).toBe(errors.length);
});

test("a row with a bad cell still tells its other defects", async () => {
  const district = new DistrictFixture().add(courses, { school_id: "H9", seats_max: "many" });
  const { report } = await district.read();
  const codes = report.findings.filter((finding) => finding.row === 6).map((finding) => finding.code);
  expect(codes.sort()).toEqual(["bad-cell", "duplicate-key", "unknown-reference"]);
});

test("a column that is wrong throughout does not bury the rest, yet every error is counted", async () => {
  const district = new DistrictFixture();
  for (let i = 0; i < 900; i++) district.add("students.csv", { student_id: `X${i}`, grade: "13", sibling_id: "" });
  const { report } = await district.read();
  const listed = report.findings.filter((finding) => finding.code === "bad-cell");
  expect(report.errors).toBe(900);
  expect(listed.length).toBe(501);
  expect(listed.at(-1)?.message).toBe("400 more findings of this kind are not listed one by one");
});

test("an area that a district does not use is no finding", async () => {
  const district = new DistrictFixture();
  const others = Object.keys({ ...district.tables, ...district.json }).filter(
    (file) => !file.startsWith("facilities/") && file.includes("/"),
  );
  const { dataset, report } = await district.without(...others, "students.csv").read();
  expect(report.findings).toEqual([]);
  expect(dataset?.present.has("assets")).toBe(true);
});

test("a folder reads as its files do, with its map in place", async () => {
  const folder = await mkdtemp(join(tmpdir(), "trivium-intake-"));
  try {
    const district = new DistrictFixture();
    for (const [file, bytes] of district.files()) {
      await mkdir(dirname(join(folder, file)), { recursive: true });
      await writeFile(join(folder, file), bytes);
    }
    const fromFolder = await readDistrict(folder);
    expect(fromFolder.report.findings).toEqual([]);
    expect(fromFolder.dataset?.hash).toBe((await district.read()).dataset?.hash);
    expect(fromFolder.dataset?.map?.path).toBe(join(folder, "roads/map.osm.pbf"));
    const other = join(folder, "roads/map.osm.pbf");
    const laid = await district.omitMap().read({ roadsFile: other });
    expect(laid.dataset?.map?.path).toBe(other);
  } finally {
    await rm(folder, { recursive: true });
  }
});

test("what is no district is refused with its path", async () => {
  await expect(readDistrict("/nowhere/at/all")).rejects.toThrow(InputError);
});

for (const school of ["j1", "j3"]) {
  const path = fileURLToPath(new URL(`../../../shared/data/scheduling/k12-synthetic/${school}`, import.meta.url));
  test.skipIf(!existsSync(path))(
    `the generated school ${school} reads without errors (needs ../shared/data)`,
    async () => {
      const { dataset, report } = await readDistrict(path);
      expect(report.errors).toBe(0);
      expect(dataset?.tables.requests.length).toBeGreaterThan(4_000);
    },
  );
}

test("a file that cannot be read is one finding: what it would have held is not missed elsewhere", async () => {
  const district = new DistrictFixture();
  const { report } = await district.text(courses, Buffer.from(`\ufeff${district.csv(courses)}`, "utf16le")).read();
  const errors = report.findings.filter((finding) => finding.severity === "error");
  expect(errors.map((finding) => finding.code)).toContain("not-utf8");
  expect(errors.every((finding) => finding.code === "not-utf8" || finding.file !== courses)).toBe(true);
  expect(errors.some((finding) => finding.code === "unknown-reference")).toBe(false);
});

const STRANGE = ["", "-1", "0", "99999999999", "__proto__", "constructor", "NaN", "1e308", "2027-02-30", "|||", "a|b"];

test("any cell replaced, any row doubled or dropped is a report, never a crash", async () => {
  const { default: fc } = await import("fast-check");
  await fc.assert(
    fc.asyncProperty(
      fc.nat(),
      fc.nat(),
      fc.nat(),
      fc.constantFrom(...STRANGE),
      fc.nat(4),
      async (f, r, c, cell, how) => {
        const district = new DistrictFixture();
        const files = Object.keys(district.tables);
        const rows = district.tables[files[f % files.length]];
        const row = rows[r % rows.length];
        const names = Object.keys(row);
        if (how === 0) rows.push({ ...row });
        else if (how === 1) rows.splice(rows.indexOf(row), 1);
        else row[names[c % names.length]] = cell;
        const { dataset, report } = await district.read();
        expect(dataset === null).toBe(report.errors > 0);
      },
    ),
    { numRuns: Number(process.env.FUZZ_RUNS ?? 200), seed: 11 },
  );
});

test("any bytes in any file are a report, never a crash", async () => {
  const { default: fc } = await import("fast-check");
  const files = [...new DistrictFixture().files().keys()].filter((file) => file !== "roads/map.osm.pbf");
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...files),
      fc.uint8Array({ maxLength: 60 }),
      fc.nat(),
      async (file, noise, position) => {
        const clean = new DistrictFixture().files();
        const bytes = clean.get(file) ?? encode("");
        const at = position % (bytes.length + 1);
        clean.set(file, Buffer.concat([bytes.subarray(0, at), noise, bytes.subarray(at)]));
        const { dataset, report } = await readDistrictFiles(clean);
        expect(dataset === null).toBe(report.errors > 0);
      },
    ),
    { numRuns: 150, seed: 7 },
  );
});
