import { createContext } from "@trivium/engine";
import { type Dataset, type Plan, sealDataset } from "@trivium/model";
import { expect, test } from "vitest";
import { fixtureDistrict } from "../fixture.ts";
import { engine } from "../index.ts";

const dataset = fixtureDistrict({ assets: 120, schools: 4 });
const problem = await engine.build(dataset, {}, {});
const solution = await engine.solve(problem, {}, createContext(problem, { limits: { iterations: 1_000 } }));
const plan = { area: "facilities", ...solution } as unknown as Plan<"facilities">;

/** The same district a while later: what happened is in actuals.csv. */
async function later(actuals: Dataset["tables"]["actuals"]) {
  const { hash: _, ...content } = dataset;
  return engine.build(sealDataset({ ...content, tables: { ...dataset.tables, actuals } }), {}, {});
}

const [first, second, third, ...rest] = plan.decisions.forecast.map((row) => row.asset_id);

test("a forecast is held against what happened: who failed, who was replaced first, what it cost", async () => {
  const problem = await later([
    { asset_id: first, date: "2027-09-01", what: "failed", cost_usd: 30_000 },
    { asset_id: second, date: "2027-10-01", what: "replaced", cost_usd: 20_000 },
    { asset_id: third, date: "2027-11-01", what: "repaired", cost_usd: 500 },
    { asset_id: rest[0], date: "2028-06-01", what: "failed", cost_usd: 7_000 },
  ]);
  const answer = await engine.ask(problem, plan, { kind: "actuals", until: "2028-03-01" });
  expect(answer).toMatchObject({
    from: "2027-03-01",
    until: "2028-03-01",
    failed: 1,
    cut_short: 1,
    repairs: 1,
    can_tell: false,
    cost_usd: { failed: 30_000, replaced: 20_000, repaired: 500 },
    surprises: [{ asset_id: first }],
    unknown: [],
  });
  const measure = (name: string) =>
    (answer.measures as { measure: string; value: number }[]).find((each) => each.measure === name)?.value;
  // A year's window reads p_fail_1y itself; the one replaced after 7 months of 12 counts for that long only.
  const hazard = (id: string) =>
    -Math.log1p(-(plan.decisions.forecast.find((row) => row.asset_id === id)?.p_fail_1y ?? 0));
  const years = (days: number) => days / 365.25;
  const expected =
    plan.decisions.forecast.reduce((sum, row) => sum + hazard(row.asset_id) * years(366), 0) -
    hazard(second) * years(366 - 214) -
    hazard(first) * years(366 - 184);
  expect(measure("expected failures")).toBeCloseTo(expected, 2);
  expect(measure("failures")).toBe(1);
});

test("a project that fails before its turn, is done, or is not done, is told apart once its year has ended", async () => {
  const [one, two, three] = plan.decisions.plan.filter((row) => row.fiscal_year === 2028);
  const problem = await later([
    { asset_id: one.asset_id, date: "2027-09-01", what: "failed" },
    { asset_id: two.asset_id, date: "2028-01-01", what: "replaced" },
  ]);
  const outcomes = async (until: string) =>
    (await engine.ask(problem, plan, { kind: "actuals", until })).projects as { asset_id: string; outcome: string }[];
  expect(await outcomes("2028-06-30")).toEqual([]);
  const ended = await outcomes("2028-07-01");
  const of = (id: string) => ended.find((each) => each.asset_id === id)?.outcome;
  expect([of(one.asset_id), of(two.asset_id), of(three.asset_id)]).toEqual(["failed first", "done", "not done"]);
});

test("a later register tells as much as actuals.csv does", async () => {
  const { hash: _, ...content } = dataset;
  const assets = dataset.tables.assets.map((asset) =>
    asset.asset_id === first ? { ...asset, removed_date: "2027-09-01", removed_reason: "failed" as const } : asset,
  );
  const settings = { ...dataset.settings, facilities: { ...dataset.settings.facilities, as_of_date: "2028-03-01" } };
  const problem = await engine.build(
    sealDataset({ ...content, settings, tables: { ...dataset.tables, assets } }),
    {},
    {},
  );
  expect(await engine.ask(problem, plan, { kind: "actuals" })).toMatchObject({ until: "2028-03-01", failed: 1 });
});

test("without anything since, or a plan that says no date, the question is refused with what is missing", () => {
  expect(() => engine.ask(problem, plan, { kind: "actuals" })).toThrow(/Maybe actuals.csv is missing/);
  const { as_of_date: _, ...metrics } = plan.metrics;
  const undated = { ...plan, metrics } as Plan<"facilities">;
  expect(() => engine.ask(problem, undated, { kind: "actuals", until: "2028-01-01" })).toThrow(/as of which date/);
});
