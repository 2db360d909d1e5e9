import { createContext } from "@trivium/engine";
import { type Dataset, type Plan, planHash, sealDataset } from "@trivium/model";
import { verifyPlan } from "@trivium/verify";
import { beforeAll, expect, test } from "vitest";
import { engine } from "../index.ts";
import { planOf } from "../testing/plan-of.ts";
import { unkindSchool } from "../testing/unkind-school.ts";

type FairnessRow = NonNullable<Plan<"scheduling">["decisions"]["fairness"]>[number];

let dataset: Dataset;
let plan: Plan<"scheduling">;

/** Three groups by lunch price: of most, of some, of five. */
const groupOf = (index: number): string => (index < 5 ? "reduced" : index % 3 === 0 ? "free" : "paid");

beforeAll(async () => {
  const plain = unkindSchool({ seed: 21, students: 80 });
  const students = plain.tables.students.map((row, index) => ({ ...row, extra: { group_lunch: groupOf(index) } }));
  const courses = plain.tables.courses.map((row) =>
    row.course_id === "MATH3" ? { ...row, title: "AP Calculus" } : row,
  );
  dataset = sealDataset({ ...plain, tables: { ...plain.tables, students, courses } });
  const problem = await engine.build(dataset, {}, {});
  const solution = await engine.solve(problem, {}, createContext(problem, { limits: { iterations: 128 } }));
  const decisions =
    (await engine.finish?.(solution.decisions, { dataset, unmet: solution.unmet })) ?? solution.decisions;
  plan = planOf(dataset, { ...solution, decisions });
}, 60_000);

const withRows = (rows: readonly FairnessRow[]): Plan<"scheduling"> => {
  const decisions = { ...plan.decisions, fairness: rows };
  return { ...plan, decisions, provenance: { ...plan.provenance, plan_hash: planHash(decisions, plan.metrics) } };
};
const rulesBroken = async (rows: readonly FairnessRow[]) =>
  (await verifyPlan(dataset, withRows(rows))).violations.map(({ rule }) => rule);
const rows = () => plan.decisions.fairness ?? [];

test("every plan shows how it serves all, each school, grade and group, as the verifier counts it", async () => {
  expect(rows().map(({ slice, value }) => `${slice} ${value}`)).toEqual([
    "all all",
    "school H",
    "grade 10",
    "grade 9",
    "group_lunch free",
    "group_lunch paid",
    "group_lunch reduced",
  ]);
  expect(rows()[0]).toMatchObject({ students: 80, gap: 0, ratio: 1 });
  expect(rows()[0].requests_met_share).toBeCloseTo(Number(plan.metrics.requests_met_share), 3);
  expect(await rulesBroken(rows())).toEqual([]);
});

test("a group of five shows nothing, nor does the one beside it that would tell", () => {
  const lunch = rows().filter(({ slice }) => slice === "group_lunch");
  expect(lunch.filter(({ suppressed }) => suppressed).map(({ value }) => value)).toEqual(["free", "reduced"]);
  for (const row of lunch.filter(({ suppressed }) => suppressed)) expect(Object.keys(row)).toHaveLength(3);
});

test("a figure too fair, a small group shown, a row left out: the verifier refuses each", async () => {
  const alter = (value: string, change: Partial<FairnessRow>) =>
    rows().map((row) => (row.value === value ? { ...row, ...change } : row));
  expect(await rulesBroken(alter("paid", { requests_met_share: 1 }))).toContain("fairness.figures");
  expect(await rulesBroken(alter("9", { advanced_share: 0.9 }))).toContain("fairness.figures");
  expect(await rulesBroken(alter("reduced", { suppressed: false, students: 5 }))).toContain("fairness.small-groups");
  expect(await rulesBroken(alter("9", { suppressed: true }))).toContain("fairness.small-groups");
  expect(await rulesBroken(rows().slice(1))).toContain("fairness.one-row-each");
});
