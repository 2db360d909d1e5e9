import { createContext } from "@trivium/engine";
import { engine } from "@trivium/facilities";
import { type Dataset, type Plan, sealDataset } from "@trivium/model";
import { verifyAnswer } from "@trivium/verify";
import { expect, test } from "vitest";
import { fixtureDistrict } from "../solvers/facilities/fixture.ts";

// biome-ignore lint/suspicious/noExplicitAny: answers are plain JSON of many shapes
type Fields = Record<string, any>;

const dataset = fixtureDistrict({ assets: 120, schools: 4 });
const problem = await engine.build(dataset, {}, {});
const solution = await engine.solve(problem, {}, createContext(problem, { limits: { iterations: 6_000 } }));
const plan = { area: "facilities", seed: 1, ...solution } as unknown as Plan<"facilities">;
const [line] = solution.decisions.plan;
const [type] = dataset.tables.asset_types;

/** The district a year and a half later: what failed and was replaced since, some in the register, some in actuals.csv. */
const later: Dataset = sealDataset({
  ...dataset,
  tables: {
    ...dataset.tables,
    actuals: plan.decisions.forecast.slice(0, 12).map((row, k) => ({
      asset_id: row.asset_id,
      date: k % 2 === 0 ? "2028-02-01" : "2028-09-01",
      what: (["failed", "replaced", "repaired"] as const)[k % 3],
      cost_usd: 100 * (k + 1),
    })),
  },
});

const QUESTIONS: Readonly<Record<string, { kind: string } & Fields>> = {
  wait: { kind: "wait", asset_id: line.asset_id, years: 2 },
  dollar: { kind: "dollar", fiscal_year: 2029 },
  futures: { kind: "futures", futures: 300, reserve_usd: 10_000 },
  baselines: { kind: "baselines", futures: 200 },
  frontier: { kind: "frontier", points: 3, iterations: 1_000 },
  repair_or_replace: { kind: "repair_or_replace", asset_id: line.asset_id },
  budget: { kind: "what_if", change: "budget", share: 0.6, iterations: 1_000 },
  inflation: { kind: "what_if", change: "inflation", escalation: 0.08, iterations: 1_000 },
  close_school: { kind: "what_if", change: "close_school", school_id: "S1", iterations: 1_000 },
  electrify: { kind: "what_if", change: "electrify", asset_type_id: type.asset_type_id, iterations: 1_000 },
  actuals: { kind: "actuals", until: "2028-12-31" },
};

const answers = new Map<string, Fields>();
async function answerTo(name: string): Promise<Fields> {
  const asked = name === "actuals" ? await engine.build(later, {}, {}) : problem;
  const known = answers.get(name) ?? ((await engine.ask(asked, plan, QUESTIONS[name])) as Fields);
  answers.set(name, known);
  return structuredClone(known);
}

const judged = (name: string, answer: Fields) =>
  verifyAnswer(name === "actuals" ? later : dataset, plan, QUESTIONS[name], answer);

test.each(Object.keys(QUESTIONS))("what an answer to %s claims is recomputed and holds", async (name) => {
  const { violations, checked } = await judged(name, await answerTo(name));
  expect(violations).toEqual([]);
  expect(Object.keys(checked).length).toBeGreaterThan(0);
});

const MUTATIONS: readonly (readonly [rule: string, name: string, mutate: (answer: Fields) => void])[] = [
  [
    "answers.wait",
    "wait",
    (answer) => Object.assign(answer, { objective_change_usd: answer.objective_change_usd * 2 + 5_000 }),
  ],
  ["answers.wait", "wait", (answer) => Object.assign(answer, { new_year: answer.new_year + 1 })],
  ["answers.wait", "wait", (answer) => Object.assign(answer, { cost_change_usd: answer.cost_change_usd + 1 })],
  ["answers.dollar", "dollar", (answer) => Object.assign(answer, { saves_usd: answer.saves_usd + 0.1 })],
  ["answers.dollar", "dollar", ({ by_year }) => Object.assign(by_year, { 2030: 9 })],
  ["answers.futures-years", "futures", ({ by_year }) => by_year.pop()],
  ["answers.futures-reserve", "futures", (answer) => Object.assign(answer, { reserve_usd: 0 })],
  [
    "answers.futures-mean",
    "futures",
    ({ by_year }) => Object.assign(by_year[3].failures, { mean: by_year[3].failures.mean * 2 }),
  ],
  ["answers.futures-fan", "futures", ({ by_year }) => Object.assign(by_year[0].fci, { p05: 2 })],
  [
    "answers.futures-backlog",
    "futures",
    ({ by_year }) => Object.assign(by_year[1].backlog_usd, { mean: by_year[1].backlog_usd.mean * 1.1 }),
  ],
  [
    "answers.futures-unspent",
    "futures",
    ({ by_year }) => Object.assign(by_year[2], { unspent_usd: by_year[2].unspent_usd + 500 }),
  ],
  [
    "answers.futures-overrun",
    "futures",
    ({ by_year }) => Object.assign(by_year[2], { overrun_chance: by_year[2].overrun_chance > 0.5 ? 0 : 1 }),
  ],
  ["answers.futures-any-year", "futures", (answer) => Object.assign(answer, { overrun_chance_any_year: -0.1 })],
  [
    "answers.futures-sum",
    "futures",
    (answer) => Object.assign(answer.emergency_usd, { mean: answer.emergency_usd.mean * 1.01 }),
  ],
  ["answers.baselines-lists", "baselines", ({ lists }) => lists.shift()],
  [
    "answers.baselines-figures",
    "baselines",
    ({ lists }) => Object.assign(lists[0], { spend_usd: lists[0].spend_usd * 0.9 }),
  ],
  [
    "answers.futures-mean",
    "baselines",
    ({ lists }) => Object.assign(lists.at(-1).failures, { mean: lists.at(-1).failures.mean * 2 }),
  ],
  [
    "answers.baselines-saved",
    "baselines",
    ({ lists }) => Object.assign(lists[1], { saved_usd: lists[1].saved_usd + 0.01 * lists[1].objective_usd }),
  ],
  ["answers.baselines-share", "baselines", ({ lists }) => Object.assign(lists[1], { share_of_attainable: 0.999 })],
  ["answers.baselines-chance", "baselines", ({ lists }) => Object.assign(lists[0], { plan_cheaper_chance: 1 })],
  ["answers.frontier-rises", "frontier", ({ points }) => points.reverse()],
  [
    "answers.frontier-budget",
    "frontier",
    ({ points }) => Object.assign(points[1], { budget_usd: points[1].budget_usd + 5 }),
  ],
  [
    "answers.frontier-spend",
    "frontier",
    ({ points }) => Object.assign(points[1], { spend_usd: points[1].budget_usd + 5 }),
  ],
  [
    "answers.frontier-saved",
    "frontier",
    ({ points }) => Object.assign(points[0], { saved_usd: points[0].saved_usd * 1.3 }),
  ],
  [
    "answers.frontier-bound",
    "frontier",
    ({ points }) => Object.assign(points[0], { bound_usd: points[0].objective_usd + 1 }),
  ],
  ["answers.frontier-range", "frontier", ({ points }) => Object.assign(points[0], { fci_end: 1.2 })],
  ["answers.repair-asset", "repair_or_replace", () => {}],
  ["answers.repair-discount", "repair_or_replace", (answer) => Object.assign(answer, { discount: 0.2 })],
  ["answers.repair-years", "repair_or_replace", ({ keep }) => keep.pop()],
  [
    "answers.repair-keep",
    "repair_or_replace",
    ({ keep }) => Object.assign(keep[0], { annual_usd: keep[0].annual_usd * 1.2 + 500 }),
  ],
  [
    "answers.repair-new-unit",
    "repair_or_replace",
    ({ new_unit }) => Object.assign(new_unit, { annual_usd: new_unit.annual_usd * 9 }),
  ],
  ["answers.repair-from", "repair_or_replace", (answer) => Object.assign(answer, { replace_from: 2036 })],
  ["answers.repair-planned", "repair_or_replace", (answer) => Object.assign(answer, { planned_year: null })],
  [
    "answers.what-if-before",
    "budget",
    ({ before }) => Object.assign(before, { emergency_usd: before.emergency_usd * 1.1 }),
  ],
  ["answers.what-if-after", "budget", ({ after }) => Object.assign(after, { saved_usd: after.saved_usd * 1.2 })],
  ["answers.what-if-after", "inflation", ({ after }) => Object.assign(after, { spend_usd: after.spend_usd * 0.9 })],
  ["answers.what-if-money", "budget", ({ as_planned }) => Object.assign(as_planned, { spend_usd: 1e9 })],
  ["answers.what-if-once", "budget", ({ planned }) => planned.push({ ...planned[0] })],
  ["answers.what-if-dropped", "budget", ({ dropped }) => dropped.pop()],
  ["answers.what-if-added", "budget", ({ added }) => added.push("A0")],
  ["answers.what-if-moved", "budget", ({ moved }) => moved.push({ asset_id: "A0", from: 2028, to: 2029 })],
  ["answers.actuals-window", "actuals", (answer) => Object.assign(answer, { from: "2020-01-01" })],
  ["answers.actuals-counts", "actuals", (answer) => Object.assign(answer, { failed: answer.failed + 1 })],
  ["answers.actuals-can-tell", "actuals", (answer) => Object.assign(answer, { can_tell: !answer.can_tell })],
  ["answers.actuals-cost", "actuals", ({ cost_usd }) => Object.assign(cost_usd, { repaired: 1 })],
  [
    "answers.actuals-auc",
    "actuals",
    ({ measures }) =>
      Object.assign(
        measures.find((each: Fields) => each.measure === "auc"),
        { value: 0.999 },
      ),
  ],
  ["answers.actuals-projects", "actuals", ({ projects }) => projects.pop()],
];

test.each(MUTATIONS)("%s can fail (%s)", async (rule, name, mutate) => {
  const answer = await answerTo(name);
  mutate(answer);
  const question = rule === "answers.repair-asset" ? { ...QUESTIONS[name], asset_id: "A0" } : QUESTIONS[name];
  const { violations } = await verifyAnswer(name === "actuals" ? later : dataset, plan, question, answer);
  expect(violations.map((each) => each.rule)).toContain(rule);
});

test("a wait of a line that is in no year of the plan is no answer", async () => {
  const { violations } = await verifyAnswer(dataset, plan, { kind: "wait", asset_id: "A0" }, {});
  expect(violations.map((each) => each.rule)).toEqual(["answers.wait-planned"]);
});
