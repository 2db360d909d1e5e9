import { createContext } from "@trivium/engine";
import { type Dataset, type Plan, planHash } from "@trivium/model";
import { verifyPlan } from "@trivium/verify";
import { expect, test } from "vitest";
import { fixtureDistrict } from "../fixture.ts";
import { simulateFutures } from "../futures/simulate.ts";
import { engine } from "../index.ts";
import { discountedUsd, emptyStream, NOT_REPLACED, streamScratch, writeStream } from "./cost-stream.ts";
import { outlookOf } from "./outlook.ts";
import { expectRulesKept } from "./recount.ts";
import { totalsOf } from "./totals.ts";

const renewal = { cost: 0.3, life: 0.5 };
const district = (settings = {}): Dataset => fixtureDistrict({ assets: 120, schools: 4, renewal, settings });
const dataset = district();
const problem = await engine.build(dataset, {}, {});
const years = problem.calendar.years.length;

async function solved(of: Dataset) {
  const built = await engine.build(of, {}, {});
  const solution = await engine.solve(built, {}, createContext(built, { limits: { iterations: 5_000 } }));
  const plan = {
    area: "facilities",
    trivium_version: "0.1.0",
    dataset_hash: of.hash,
    scenario: { name: "As it stands", changes: [], settings: {} },
    seed: 1,
    threads: 1,
    elapsed_s: 0,
    verification: null,
    ...solution,
    provenance: { plan_hash: planHash(solution.decisions, solution.metrics) },
  } as unknown as Plan<"facilities">;
  return { solution, plan, problem: built };
}

const actionsOf = ({ plan }: Plan<"facilities">["decisions"]) => Map.groupBy(plan, (row) => row.action);

test("a plan replaces some units, renews others and leaves the rest, keeps its budgets, and the verifier recomputes it whole", async () => {
  const { solution, plan } = await solved(dataset);
  const actions = actionsOf(solution.decisions);
  expect(actions.get("renew")?.length).toBeGreaterThan(3);
  expect(actions.get("replace")?.length).toBeGreaterThan(3);
  expect(solution.decisions.plan.length).toBeLessThan(problem.forecast.live.length);
  expect(actions.get("renew")?.[0].reason).toContain("renewing it in");
  expectRulesKept(dataset, solution);
  expect((await verifyPlan(dataset, plan)).violations).toEqual([]);
});

test("renewals at a third of the price save more than replacements alone from the same budgets", async () => {
  const bare = await solved(fixtureDistrict({ assets: 120, schools: 4 }));
  const { solution } = await solved(dataset);
  expect(solution.metrics.objective_if_nothing_usd).toBe(bare.solution.metrics.objective_if_nothing_usd);
  expect(Number(solution.metrics.saved_usd)).toBeGreaterThan(1.1 * Number(bare.solution.metrics.saved_usd));
});

test("a must-do is a replacement, whatever a renewal would save", async () => {
  const settings = { must_do: [{ asset_type_id: "PUMP", by: 2033 }] };
  const { solution, problem: built } = await solved(district(settings));
  const pumps = new Set(
    [...built.forecast.live]
      .filter((at) => built.register.types[built.register.type[at]].id === "PUMP")
      .map((at) => built.register.assetIds[at]),
  );
  const rows = solution.decisions.plan.filter((row) => pumps.has(row.asset_id));
  expect(rows.length).toBeGreaterThan(5);
  expect(rows.every((row) => row.action === "replace")).toBe(true);
});

test("what each year's renewal saves is the stream with nothing done less the stream with that renewal", () => {
  const stream = emptyStream(years);
  const cost = (a: number, year: number) => {
    writeStream(outlookOf(problem, a), problem.money, year, stream, streamScratch(years), problem.renews[a] === 1);
    return discountedUsd(stream, problem.money);
  };
  const renewed = [...problem.renews.keys()].filter((a) => problem.renews[a] === 1);
  expect(renewed.length).toBeGreaterThan(5);
  for (const a of renewed)
    for (let year = 0; year < years; year++)
      expect(problem.savingUsd[a * years + year]).toBeCloseTo(cost(a, NOT_REPLACED) - cost(a, year), 6);
});

test("over many futures a list of renewals fails as often as it is expected to", () => {
  const renewed = Int16Array.from(problem.renews, (one, a) => (one === 1 ? a % years : -1));
  const count = 3_000;
  const { failures } = simulateFutures(problem, renewed, count, 7);
  const expected = totalsOf(problem, renewed).failures;
  for (let year = 0; year < years; year++) {
    let sum = 0;
    for (let future = 0; future < count; future++) sum += failures[future * years + year];
    // Poisson at most: 4.5 standard errors.
    expect(Math.abs(sum / count - expected[year])).toBeLessThan(4.5 * Math.sqrt(expected[year] / count));
  }
});

test("today's list may renew: the row costs its share and counts as a renewal; where none is offered it counts as a replacement", async () => {
  const a = problem.renews.indexOf(1);
  const asset_id = problem.register.assetIds[problem.forecast.live[a]];
  const listed = async (base: Dataset, action: "renew" | "replace") => {
    const today_plan = [{ asset_id, fiscal_year: 2029, action }];
    const present = new Set([...base.present, "today_plan" as const]);
    const built = await engine.build({ ...base, present, tables: { ...base.tables, today_plan } }, {}, {});
    const today = engine.today(built);
    if (!today) throw new Error("today's list was lost");
    return { row: today.decisions.plan[0], metrics: engine.measure(built, today.decisions, today.unmet) };
  };
  const [renew, replace] = [await listed(dataset, "renew"), await listed(dataset, "replace")];
  expect((renew.row.cost_usd ?? 0) / (replace.row.cost_usd ?? 1)).toBeCloseTo(renewal.cost, 5);
  expect(Number(renew.metrics.saved_usd)).toBeLessThan(Number(replace.metrics.saved_usd));
  const bare = fixtureDistrict({ assets: 120, schools: 4 });
  expect((await listed(bare, "renew")).metrics.saved_usd).toBe((await listed(bare, "replace")).metrics.saved_usd);
});

test("repair or replace weighs the renewed unit too, and an explanation names what the renewal costs", async () => {
  const { plan, problem: built } = await solved(dataset);
  const row = plan.decisions.plan.find((each) => each.action === "renew");
  const answer = await engine.ask(built, plan, { kind: "repair_or_replace", asset_id: row?.asset_id });
  expect((answer.renewed_unit as { annual_usd: number }).annual_usd).toBeGreaterThan(0);
  expect(answer.says).toContain("a renewed one");
  const { facts } = engine.explain(built, plan, { kind: "asset", id: row?.asset_id ?? "" });
  expect(facts.some((fact) => fact.label.startsWith("Cost of a renewal"))).toBe(true);
  expect(facts.filter((fact) => fact.label.startsWith("Renewed in"))).toHaveLength(years);
});
