import { createContext } from "@trivium/engine";
import { type Dataset, type Plan, planHash, type SettingsOf, type Verification } from "@trivium/model";
import { engine } from "@trivium/routing";
import { verifyPlan } from "@trivium/verify";
import { expect, test } from "vitest";
import { gridCity } from "../solvers/routing/testing/grid-city.ts";
import { gridDistrict } from "../solvers/routing/testing/grid-district.ts";

type Routing = SettingsOf["routing"];
type Change = NonNullable<Parameters<typeof gridDistrict>[0]["change"]>;

const roads = gridCity();
const PRICES = { price_moved_student: 100, price_moved_stop: 50, price_moved_time: 50, price_moved_bus: 25 };

async function solved(dataset: Dataset, iterations = 1500): Promise<Plan<"routing">> {
  const problem = await engine.build(dataset, {}, { roads });
  const solution = await engine.solve(problem, {}, createContext(problem, { limits: { iterations } }));
  return sealed(dataset, solution as unknown as Plan<"routing">);
}

const sealed = (dataset: Dataset, plan: Plan<"routing">): Plan<"routing"> => ({
  ...plan,
  area: "routing",
  trivium_version: "0",
  dataset_hash: dataset.hash,
  scenario: { name: "test", changes: [], settings: {} },
  seed: 1,
  threads: 1,
  elapsed_s: 0,
  verification: null,
  provenance: { plan_hash: planHash(plan.decisions, plan.metrics) },
});

const verified = (dataset: Dataset, plan: Plan<"routing">): Promise<Verification> =>
  verifyPlan(dataset, plan, { roads });
const rulesBroken = async (dataset: Dataset, plan: Plan<"routing">) => [
  ...new Set((await verified(dataset, plan)).violations.map(({ rule }) => rule)),
];

const published = await solved(gridDistrict({ students: 160, schools: 4, buses: 12, sideM: 5000 }), 3000);
const { assignments, runs, routes, run_stops } = published.decisions;
/** The district with the published plan as today's service. */
const district = (settings: Routing = {}, change?: Change) =>
  gridDistrict({
    students: 160,
    schools: 4,
    buses: 12,
    sideM: 5000,
    settings,
    change: (tables) => {
      tables.today_assignments.push(...assignments);
      tables.today_runs.push(...runs);
      tables.today_run_stops.push(...run_stops);
      tables.today_routes.push(...routes);
      change?.(tables);
    },
  });
const leave: Change = (tables) => tables.students.splice(0, 12);
test("with nothing changed, nothing moves: same stops, runs, buses and times", async () => {
  const dataset = district({ ...PRICES, price_moved_student: 1e5, price_moved_time: 1e5, price_moved_bus: 1e5 });
  const plan = await solved(dataset);
  expect(await verified(dataset, plan)).toMatchObject({ ok: true });
  expect(plan.metrics).toMatchObject({
    moved_students: 0,
    moved_stops: 0,
    moved_times: 0,
    moved_buses: 0,
    change_usd_per_year: 0,
  });
  const idsOf = (each: Plan<"routing">) => each.decisions.runs.map((run) => `${run.run_id} ${run.bus_id}`).sort();
  expect(idsOf(plan)).toEqual(idsOf(published));
});

test("the dearer a change, the fewer changes and the dearer the year", async () => {
  const priced = async (factor: number) => {
    const prices = Object.fromEntries(Object.entries(PRICES).map(([name, usd]) => [name, factor * usd]));
    const dataset = district(prices, leave);
    const plan = await solved(dataset);
    expect(await verified(dataset, plan)).toMatchObject({ ok: true });
    const { moved_students, moved_times, moved_buses, cost_usd_per_year } = plan.metrics;
    return {
      moved: Number(moved_students) + Number(moved_times) + Number(moved_buses),
      usd: Number(cost_usd_per_year),
    };
  };
  const [cheap, dear] = [await priced(0.01), await priced(100)];
  expect(dear.moved).toBeLessThan(cheap.moved);
  expect(dear.usd).toBeGreaterThanOrEqual(cheap.usd);
});

test("dispatchers may know runs and riders, and not write down the order of a bus's day", async () => {
  const dataset = district(PRICES, (tables) => {
    leave(tables);
    tables.today_routes.splice(0);
  });
  const plan = await solved(dataset);
  expect(await verified(dataset, plan)).toMatchObject({ ok: true });
  expect(Number(plan.metrics.moved_buses)).toBeLessThan(assignments.length / 4);
});

const lockedRun = runs[2];
const lockedBus = runs.find((run) => run.bus_id !== lockedRun.bus_id)?.bus_id ?? "";
const free = assignments.filter((row) => row.run_id !== lockedRun.run_id && row.bus_id !== lockedBus);
const locks = {
  students: [free[0].student_id],
  stops: [free[free.length - 1].stop_id],
  runs: [lockedRun.run_id],
  buses: [lockedBus],
};

test("students, stops, runs and buses that are locked stay, while the rest is planned anew", async () => {
  const dataset = district({ locks }, leave);
  const plan = await solved(dataset, 4000);
  expect(await verified(dataset, plan)).toMatchObject({ ok: true });
  expect(Number(plan.metrics.moved_buses)).toBeGreaterThan(0);
  const report = await verified(dataset, plan);
  for (const rule of ["locked-student", "locked-stop", "locked-run", "locked-bus"])
    expect(report.checked[`routing.${rule}`], rule).toBeGreaterThan(0);
});

type Tables = Record<keyof Plan<"routing">["decisions"], Record<string, unknown>[]>;
const MUTATIONS: readonly (readonly [rule: string, what: string, mutate: (rows: Tables) => unknown])[] = [
  [
    "routing.locked-student",
    "a locked student is put on another bus",
    ({ assignments: rows }) => {
      for (const row of rows) if (row.student_id === locks.students[0]) row.bus_id = "B99";
    },
  ],
  [
    "routing.locked-stop",
    "a rider leaves a locked stop",
    ({ assignments: rows }) => {
      const row = rows.find((each) => each.stop_id === locks.stops[0]);
      if (row) row.stop_id = free[1].stop_id;
    },
  ],
  [
    "routing.locked-run",
    "a stranger joins a locked run",
    ({ assignments: rows }) => {
      const row = rows.find((each) => each.run_id !== lockedRun.run_id && each.direction === lockedRun.direction);
      if (row) row.run_id = lockedRun.run_id;
    },
  ],
  [
    "routing.locked-run",
    "its stops come in another order",
    ({ run_stops: rows }) => {
      const [first, second] = rows.filter((row) => row.run_id === lockedRun.run_id && row.boarding !== 0);
      [first.seq, second.seq] = [second.seq, first.seq];
    },
  ],
  [
    "routing.locked-bus",
    "a locked bus gets one more run",
    ({ runs: rows }) => {
      const row = rows.find((each) => each.bus_id !== lockedBus);
      if (row) row.bus_id = lockedBus;
    },
  ],
];

test.each(MUTATIONS)("%s: %s", async (rule, _what, mutate) => {
  const dataset = district({ ...PRICES, locks }, leave);
  const plan = structuredClone(await lockedPlan);
  mutate(plan.decisions as unknown as Tables);
  expect(await rulesBroken(dataset, sealed(dataset, plan))).toContain(rule);
});

const lockedPlan = solved(district({ ...PRICES, locks }, leave));

test("each false figure of change is refused", async () => {
  const dataset = district({ ...PRICES, locks }, leave);
  const plan = await lockedPlan;
  for (const name of ["moved_students", "moved_stops", "moved_times", "moved_buses", "change_usd_per_year"]) {
    const metrics = { ...plan.metrics, [name]: Number(plan.metrics[name]) + 1 };
    expect(await rulesBroken(dataset, sealed(dataset, { ...plan, metrics })), name).toEqual(["figures.recomputed"]);
  }
});

test("a lock on what never was, prices with no service before, and a lock that cannot hold are told plainly", async () => {
  const build = (dataset: Dataset) => engine.build(dataset, {}, { roads });
  await expect(build(district({ locks: { buses: ["B77"] } }))).rejects.toMatchObject({
    code: "unknown-lock",
    values: { unknown: ["buses: B77"] },
  });
  await expect(build(district(PRICES, (tables) => tables.today_assignments.splice(0)))).rejects.toMatchObject({
    code: "no-baseline",
  });
  const gone: Change = (tables) => {
    const at = tables.buses.findIndex((row) => row.bus_id === lockedBus);
    tables.buses.splice(at, 1);
  };
  await expect(solved(district({ locks }, gone))).rejects.toMatchObject({ code: "lock-cannot-hold" });
});
