import { createContext } from "@trivium/engine";
import { sealDataset } from "@trivium/model";
import { expect, test } from "vitest";
import { engine } from "../index.ts";
import { unkindSchool } from "../testing/unkind-school.ts";
import { shortages } from "./shortages.ts";

const school = unkindSchool({ seed: 5, students: 60, rules: false });

test("more gym sections than the one gym has periods, and more than its teachers may take: no plan says which, and by how much", async () => {
  const courses = school.tables.courses.map((row) =>
    row.department === "PE" ? { ...row, sections: 6, sections_max: 6 } : row,
  );
  const dataset = sealDataset({ ...school, tables: { ...school.tables, courses } });
  const problem = await engine.build(dataset, {}, {});
  const found = shortages(problem.schools[0]);
  expect(found.find((text) => text.includes("can be in GYM only"))).toMatch(/18 sections .* too many/);
  expect(found.find((text) => text.includes("can be taught by"))).toMatch(/add up to 10: /);
  const { status, reason } = await engine.solve(problem, {}, createContext(problem, { limits: { iterations: 64 } }));
  expect(status).toBe("infeasible");
  for (const text of found) expect(reason).toContain(text);
});

test("a school that has a plan is short of nothing", async () => {
  const problem = await engine.build(school, {}, {});
  const { status } = await engine.solve(problem, {}, createContext(problem, { limits: { iterations: 64 } }));
  expect(status).toBe("feasible");
  expect(shortages(problem.schools[0])).toEqual([]);
});
