import type { Plan } from "@trivium/model";
import { expect, test } from "vitest";
import { tablesOf } from "./tables.ts";
import { toyDistrict } from "./toy/index.ts";

const dataset = toyDistrict();
const plan = { area: "facilities", decisions: { plan: [{ asset_id: "A1", fiscal_year: 2030 }] } } as unknown as Plan;
const read = (question: object) => tablesOf(dataset, plan, { kind: "tables", ...question });

test("columns asked for come back a list each, null where a row has none", () => {
  const { district, plan: decided } = read({
    district: { schools: ["school_id"] },
    plan: { plan: ["asset_id", "fund_id"] },
  });
  expect(district.schools.columns.school_id).toEqual(dataset.tables.schools.map((row) => row.school_id));
  expect(decided.plan).toEqual({ rows: 1, columns: { asset_id: ["A1"], fund_id: [null] } });
});

test("rows can be kept by their values, and a table is had whole by naming no column", () => {
  const { plan: decided } = read({ plan: { plan: [] }, where: { asset_id: "A2" } });
  expect(decided.plan.rows).toBe(0);
  expect(Object.keys(decided.plan.columns)).toContain("cost_usd");
});

test("tables of people are refused, as are tables and columns that are not there", () => {
  for (const table of ["students", "requests", "riders", "drivers", "today_enrollments", "nothing"])
    expect(() => read({ district: { [table]: [] } })).toThrow(/is no table that can be read here/);
  expect(() => read({ district: { schools: ["colour"] } })).toThrow(/schools has no column colour/);
  expect(() => read({ district: { teachers: ["name"] } })).toThrow(/teachers has no column name/);
  expect(Object.keys(read({ district: { teachers: [] } }).district.teachers.columns)).not.toContain("name");
});
