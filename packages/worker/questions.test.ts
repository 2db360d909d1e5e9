import type { Plan } from "@trivium/model";
import { afterAll, beforeAll, expect, test } from "vitest";
import { askPlan, closeQuestions, comparePlans, explainPlan, todayOf } from "./questions.ts";
import { solvePlan } from "./solve-plan.ts";
import { TOY, toyDistrict, toyScenario } from "./toy/index.ts";

const dataset = toyDistrict();
const hooks = { substitutes: TOY };
let plan: Plan;
beforeAll(async () => {
  plan = await solvePlan({ dataset, area: "facilities", scenario: toyScenario({ iterations: 100 }) }, hooks);
});
afterAll(closeQuestions);

test("today's service is measured like a plan", async () => {
  expect(await todayOf({ dataset, area: "facilities" }, hooks)).toMatchObject({
    name: "today",
    metrics: { projects: 7 },
  });
});

test("a plan is compared with today's and with another plan", async () => {
  const withToday = await comparePlans({ a: "today", b: plan, dataset }, hooks);
  expect(withToday).toMatchObject({ a: "today", b: plan.provenance.plan_hash, headline: "7 projects against 1" });
  expect((await comparePlans({ a: plan, b: plan }, hooks)).headline).toBe("1 projects against 1");
});

test("explanations and answers come from the built problem", async () => {
  const explanation = await explainPlan({ dataset, plan, subject: { kind: "asset", id: "A3" } }, hooks);
  expect(explanation.summary).toBe("A3 is one of 7");
  expect(await askPlan({ dataset, plan, question: { kind: "count" } }, hooks)).toEqual({ assets: 7 });
  await expect(askPlan({ dataset, plan, question: { kind: "why" } }, hooks)).rejects.toMatchObject({
    code: "unknown-question",
  });
});

test("the dataset is fetched once for a plan, not for each question", async () => {
  await closeQuestions();
  let loads = 0;
  const load = async () => {
    loads++;
    return dataset;
  };
  for (let i = 0; i < 3; i++)
    await askPlan({ dataset: { hash: dataset.hash, load }, plan, question: { kind: "count" } }, hooks);
  expect(loads).toBe(1);
});

test("a plan is not asked about another dataset than its own", async () => {
  const other = toyDistrict(8);
  await expect(askPlan({ dataset: other, plan, question: { kind: "count" } }, hooks)).rejects.toMatchObject({
    code: "dataset-differs",
  });
});

test("a question that looks back is asked over a later dataset than the plan's", async () => {
  // The toy engine has no such question: that it is the engine who says so shows that the dataset was let through.
  await expect(askPlan({ dataset: toyDistrict(8), plan, question: { kind: "actuals" } }, hooks)).rejects.toMatchObject({
    code: "unknown-question",
  });
});

test("a problem that cannot be built fails its question, and the next one is tried afresh", async () => {
  const empty = toyDistrict(0);
  for (let i = 0; i < 2; i++)
    await expect(todayOf({ dataset: empty, area: "facilities" }, hooks)).rejects.toMatchObject({ code: "no-assets" });
});
