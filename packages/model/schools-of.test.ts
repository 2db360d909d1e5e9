import { expect, test } from "vitest";
import { planSchoolIndex, schoolIndex, schoolsOf } from "./schools-of.ts";

const district = schoolIndex({
  courses: [{ course_id: "BIO1", school_id: "H1" }],
  students: [{ student_id: "S1", school_id: "E1" }],
  buildings: [{ building_id: "B1", school_id: "H1" }],
  assets: [{ asset_id: "A1", building_id: "B1" }],
  today_runs: [{ run_id: "R1", school_ids: ["E1", "H1"] }],
});

test("a row is of the schools that it names, itself or by a course, a student, a building, an asset or a run", () => {
  expect(schoolsOf({ school_id: "H1" }, district)).toEqual(["H1"]);
  expect(schoolsOf({ student_id: "S1", course_id: "BIO1" }, district)).toEqual(["H1", "E1"]);
  expect(schoolsOf({ asset_id: "A1" }, district)).toEqual(["H1"]);
  expect(schoolsOf({ run_id: "R1", bus_id: "X" }, district)).toEqual(["E1", "H1"]);
});

test("a row that names nothing of a school is the district's; one that names something unknown is nobody's", () => {
  expect(schoolsOf({ bus_id: "X" }, district)).toBeUndefined();
  expect(schoolsOf({ student_id: "S9" }, district)).toEqual([]);
});

test("a plan's own sections and runs go before today's", () => {
  const plan = planSchoolIndex(district, {
    sections: [{ section_id: "N1", course_id: "BIO1" }],
    runs: [{ run_id: "R1", school_ids: ["H1"] }],
  });
  expect(schoolsOf({ section_id: "N1" }, plan)).toEqual(["H1"]);
  expect(schoolsOf({ run_id: "R1" }, plan)).toEqual(["H1"]);
});
