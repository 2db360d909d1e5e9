import { createContext } from "@trivium/engine";
import type { Dataset, Plan } from "@trivium/model";
import { expect, test } from "vitest";
import { fixtureDistrict } from "../fixture.ts";
import { engine } from "../index.ts";
import type { FacilitiesProblem } from "../problem.ts";
import { liveAsset } from "../questions/live-asset.ts";
import { Standing } from "./standing.ts";

const dataset = fixtureDistrict({ assets: 120, schools: 4 });
const problem = await engine.build(dataset, {}, {});
const solution = await engine.solve(problem, {}, createContext(problem, { limits: { iterations: 5_000 } }));
const plan = { area: "facilities", seed: 1, ...solution } as unknown as Plan<"facilities">;
const planned = plan.decisions.plan.map((row) => row.asset_id);
const left = plan.decisions.forecast.map((row) => row.asset_id).filter((id) => !planned.includes(id));
const mendsOf = (id: string) => engine.explain(problem, plan, { kind: "asset", id }).mends;

/** What the asset would choose at the plan's prices: its best year, or −1 where leaving it is worth most. */
function choiceOf(of: FacilitiesProblem, prices: Plan<"facilities">, id: string): number {
  const worth = new Standing(of, prices, liveAsset(of, id)).worthUsd();
  return worth.reduce((best, usd, t) => (usd > (best < 0 ? 0 : worth[best]) ? t : best), -1);
}

const dollars = (text: string) => text.split(",").join("");
const withCost = (id: string, replacement_cost_usd: number): Dataset => ({
  ...dataset,
  tables: {
    ...dataset.tables,
    assets: dataset.tables.assets.map((row) => (row.asset_id === id ? { ...row, replacement_cost_usd } : row)),
  },
});

test("a district in which the asset costs a little more than the change named chooses as the explanation says, a little less does not", async () => {
  let tried = 0;
  for (const id of [...planned.slice(0, 40), ...left.slice(0, 20)]) {
    if (tried >= 4 || choiceOf(problem, plan, id) !== new Standing(problem, plan, liveAsset(problem, id)).year)
      continue;
    const mend = mendsOf(id).find((each) => each.change.startsWith("it costs"));
    const [, to, from] = /costs \$(\d+) instead of \$(\d+)/.exec(dollars(mend?.change ?? "")) ?? [];
    if (!mend || Number(from) < 5000) continue;
    tried++;
    const beyond = Number(to) > Number(from) ? 1.01 : 0.99;
    const choice = async (usd: number) => choiceOf(await engine.build(withCost(id, usd), {}, {}), plan, id);
    const [year] = /20\d\d/.exec(mend.effect) ?? [];
    const after = await choice(Number(to) * beyond);
    expect(after < 0 ? undefined : String(problem.calendar.years[after]), `${id}: ${mend.change}`).toBe(year);
    expect(await choice(Number(to) / beyond)).not.toBe(after);
  }
  expect(tried).toBe(4);
});

test("a year's dollar at the price named tips the choice, and at the plan's own it does not", () => {
  let tried = 0;
  for (const id of [...planned, ...left]) {
    const standing = new Standing(problem, plan, liveAsset(problem, id));
    if (choiceOf(problem, plan, id) !== standing.year) continue;
    for (const mend of mendsOf(id).filter((each) => each.change.startsWith("a dollar of"))) {
      const [, year, to] = /of (\d+) saves ([\d.]+) elsewhere instead/.exec(mend.change) ?? [];
      const past = Number(to) + (mend.change.includes("lowers it") ? -0.006 : 0.006);
      if (past < 0) continue;
      tried++;
      const metrics = { ...plan.metrics, [`dollar_${year}_saves_usd`]: past };
      const after = choiceOf(problem, { ...plan, metrics }, id);
      const leaves = mend.effect.includes("leaves");
      expect(after < 0 ? "leaves" : String(problem.calendar.years[after]), `${id}: ${mend.change}`).toBe(
        leaves ? "leaves" : year,
      );
    }
  }
  expect(tried).toBeGreaterThan(20);
});

test("a chance of failure is named on the way to every choice that it can tip, and the money missing where another year is worth more", () => {
  const mends = [...planned, ...left].flatMap((id) => mendsOf(id));
  const says = (what: RegExp) => mends.filter((mend) => what.test(`${mend.change} → ${mend.effect}`)).length;
  expect(says(/chance of failing within 5 years is \d+ % instead of \d+ %.* → .*moves earlier/)).toBeGreaterThan(0);
  expect(says(/chance of failing .* → .*moves later/)).toBeGreaterThan(0);
  expect(says(/chance of failing .* → it comes into the plan in 20/)).toBeGreaterThan(0);
  expect(says(/^\$[\d,]+ more in fund (bond|general) in 20\d\d → makes room for it/)).toBeGreaterThan(0);
});

test("today's list has no prices of its own, so nothing is said of what would move it", () => {
  const bare = { ...plan, metrics: { ...plan.metrics } };
  for (const year of problem.calendar.years)
    delete (bare.metrics as Record<string, unknown>)[`dollar_${year}_saves_usd`];
  expect(engine.explain(problem, bare, { kind: "asset", id: planned[0] }).mends).toHaveLength(2);
});
