import { InputError } from "@trivium/model";
import { expect, test } from "vitest";
import { DistrictFixture } from "../fixture/district-fixture.ts";
import type { Mapping } from "./mapping.ts";

const requests = "scheduling/requests.csv";

/** The clean district, its requests as a student information system exports them: tabs, other names, a column of its own. */
function exported(): DistrictFixture {
  const district = new DistrictFixture();
  const text = district
    .csv(requests)
    .replace("student_id,course_id,kind", "Pupil Number,Crs,Type")
    .replaceAll(",", "\t");
  return district.without(requests).text("sis export.txt", text);
}

const mapping: Mapping = {
  files: {
    "sis export.txt": {
      table: "requests",
      delimiter: "\t",
      columns: { student_id: "Pupil Number", course_id: "Crs", kind: "Type" },
    },
  },
};

test("a mapped file with tabs and other names gives the same dataset", async () => {
  const { dataset, report } = await exported().read({ mapping });
  expect(report.findings).toEqual([]);
  expect(dataset?.hash).toBe((await new DistrictFixture().read()).dataset?.hash);
});

test("a mapped file without a header is read by column numbers, its first row being data", async () => {
  const district = new DistrictFixture();
  const [, ...rows] = district.csv("transportation/fuel.csv").split("\n");
  district.without("transportation/fuel.csv").text("fuel.dat", rows.join("\n").replace("4.1", "cheap"));
  const file = { table: "fuel", header: false, columns: { fuel: 1, price_usd: "2" } } as const;
  const { report } = await district.read({ mapping: { files: { "fuel.dat": file } } });
  expect(report.findings.find((finding) => finding.code === "bad-cell")).toMatchObject({
    file: "fuel.dat",
    row: 1,
    column: "column 2",
    value: "cheap",
  });
});

test("findings speak of the district's own file and column", async () => {
  const district = exported();
  const text = new TextDecoder().decode(district.raw.get("sis export.txt")).replace("S104", "S999");
  const [finding] = await district.text("sis export.txt", text).findings("unknown-reference", { mapping });
  expect(finding).toMatchObject({ file: "sis export.txt", column: "Pupil Number", value: "S999", row: 9 });
});

test("a mapping that names what is not there is a finding", async () => {
  const wrong: Mapping = {
    files: {
      "sis export.txt": { ...mapping.files["sis export.txt"], columns: { student_id: "Pupil Nr" } },
      "gone.txt": { table: "gps" },
      "transportation/fuel.csv": { table: "fuel", prefix: { fuel: "School" } },
    },
  };
  const { report } = await exported().without("transportation/gps.csv").read({ mapping: wrong });
  const codes = report.findings.map((finding) => finding.code);
  const columns = report.findings.filter((finding) => finding.code === "mapped-column-missing");
  expect(columns.map((finding) => finding.column)).toEqual(["Pupil Nr", "School"]);
  expect(codes).toContain("mapped-file-missing");
});

test("ids that a system repeats from school to school are set apart by a prefix", async () => {
  const district = new DistrictFixture();
  for (const table of ["rooms", "teachers", "sections"]) {
    for (const row of district.tables[`scheduling/${table}.csv`]) row.School = "HS";
  }
  const prefix = (table: "rooms" | "teachers" | "sections", ...columns: string[]) => ({
    table,
    prefix: Object.fromEntries(columns.map((column) => [column, "School"])),
  });
  // Today's schedule would need the same prefix; it is left out here.
  district.without("scheduling/today_sections.csv", "scheduling/today_enrollments.csv");
  const { dataset, report } = await district.read({
    mapping: {
      files: {
        "scheduling/rooms.csv": prefix("rooms", "room_id"),
        "scheduling/teachers.csv": prefix("teachers", "home_room"),
        "scheduling/sections.csv": prefix("sections", "room_id"),
      },
    },
  });
  expect(report.errors).toBe(0);
  expect(dataset?.tables.rooms.map((room) => room.room_id)).toEqual(["HS-R1", "HS-R2"]);
  expect(dataset?.tables.sections.map((section) => section.room_id)).toEqual(["HS-R1", "HS-R1", "HS-R2"]);
});

test("one table from two files is a finding", async () => {
  const district = new DistrictFixture().text("more.csv", "fuel,price_usd\npropane,2\n");
  const found = await district.findings("table-given-twice", { mapping: { files: { "more.csv": { table: "fuel" } } } });
  expect(found).toHaveLength(1);
});

test.each<{ files: Record<string, unknown> }>([
  { files: { "a.csv": { table: "no_table" } } },
  { files: { "a.csv": { table: "fuel", columns: { prize: "x" } } } },
  { files: { "a.csv": { table: "fuel", header: false, columns: { fuel: "Fuel" } } } },
  { files: { "a.csv": { table: "fuel", columns: { constructor: "x" } } } },
])("the mapping %j is refused", async (bad) => {
  await expect(new DistrictFixture().read({ mapping: bad as Mapping })).rejects.toThrow(InputError);
});
