import { expect, test } from "vitest";
import { type Dataset, emptyTables, sealDataset, withoutGroups } from "./dataset.ts";
import { InputError } from "./errors.ts";
import { applyScenario, type Change, scenarioSchema } from "./scenario.ts";

function district(): Dataset {
  const tables = emptyTables();
  tables.schools.push({ school_id: "H", name: "High", level: "high", lat: 40, lon: -80 });
  tables.students.push({ student_id: "S1", school_id: "H", grade: "9", extra: { group_frl: "yes", locker: "12" } });
  tables.teachers.push({ teacher_id: "T12", school_id: "H", sections_max: 5 }, { teacher_id: "T13", school_id: "H" });
  return sealDataset({
    district: { name: "Test", timezone: "America/New_York", school_year: "2027-28" },
    tables,
    present: new Set(["schools", "students", "teachers"]),
    settings: { scheduling: {}, routing: {}, facilities: { horizon_years: 10 } },
  });
}

const change = (...changes: Change[]) => applyScenario(district(), scenarioSchema.parse({ changes }));

test("no change gives the same dataset with the same hash", () => {
  expect(change().hash).toBe(district().hash);
});

test("teacher T12 works mornings only: one row changes, the hash with it, the original stays", () => {
  const base = district();
  const next = applyScenario(
    base,
    scenarioSchema.parse({
      changes: [
        {
          op: "set",
          table: "teachers",
          where: { teacher_id: "T12" },
          values: { unavailable: "A:5|A:6", sections_max: null },
        },
      ],
    }),
  );
  expect(next.tables.teachers[0]).toEqual({ teacher_id: "T12", school_id: "H", unavailable: ["A:5", "A:6"] });
  expect(next.tables.teachers[1]).toEqual(base.tables.teachers[1]);
  expect(base.tables.teachers[0].sections_max).toBe(5);
  expect(next.hash).not.toBe(base.hash);
});

test("rows are added and removed, settings of an area replaced by name", () => {
  const next = change(
    { op: "add", table: "teachers", row: { teacher_id: "T14", school_id: "H", unavailable: ["A:1"] } },
    { op: "remove", table: "teachers", where: { teacher_id: "T13" } },
    { op: "settings", area: "facilities", values: { escalation: 0.05 } },
  );
  expect(next.tables.teachers.map((teacher) => teacher.teacher_id)).toEqual(["T12", "T14"]);
  expect(next.settings.facilities).toEqual({ horizon_years: 10, escalation: 0.05 });
});

test("every change that cannot be made is named at once", () => {
  const bad = () =>
    change(
      { op: "set", table: "teachers", where: { teacher_id: "T99" }, values: { sections_max: 3 } },
      { op: "set", table: "teachers", where: { teacher_id: "T12" }, values: { sections_max: "lots", school_id: null } },
      { op: "add", table: "teachers", row: { teacher_id: "T12" } },
      { op: "remove", table: "teachers", where: {} },
      { op: "set", table: "teachers", where: { teacher_id: "T12" }, values: { shoe_size: 44 } },
      { op: "settings", area: "facilities", values: { horizon_years: 0 } },
    );
  expect(bad).toThrow(InputError);
  try {
    bad();
  } catch (error) {
    const findings = (error as InputError).findings;
    expect(new Set(findings.map((finding) => finding.row))).toEqual(new Set([1, 2, 3, 4, 5, 6]));
    expect(findings.map((finding) => finding.message).join("\n")).toMatch(
      /no row of teachers matches[\s\S]*sections_max = lots[\s\S]*lacks school_id/,
    );
  }
});

test("a solver sees no group column but those that a parity goal names", () => {
  expect(withoutGroups(district()).tables.students[0].extra).toEqual({ locker: "12" });
  expect(withoutGroups(district(), ["group_frl"]).tables.students[0].extra).toEqual({ group_frl: "yes", locker: "12" });
});
