import { Random } from "@trivium/engine";
import { emptyTables, type Plan, planHash, sealDataset, type Tables, yearsBetween } from "@trivium/model";
import { verifyPlan } from "@trivium/verify";
import { expect, test } from "vitest";
import type { District } from "../district.ts";
import { SCHOOL_PLANS } from "../people/schools.ts";
import { drawFacilities } from "./index.ts";

const district: District = {
  info: { name: "Drawn", timezone: "America/Chicago", school_year: "2027-28", currency: "USD" },
  schools: SCHOOL_PLANS.map(({ feeds: _, ...row }) => ({ ...row, lat: 42.9, lon: -92.3 })),
  students: [],
};
const drawn = drawFacilities(new Random(4), district);
const { assets = [], buildings = [], work_orders = [], today_plan = [], asset_types = [] } = drawn.tables;
const live = assets.filter((row) => row.removed_date === undefined);

test("there are about six hundred live assets of every type in ten buildings, put in over fifty years", () => {
  expect(buildings).toHaveLength(10);
  expect(live.length).toBeGreaterThan(550);
  expect(live.length).toBeLessThan(680);
  expect(new Set(live.map((row) => row.asset_type_id)).size).toBe(asset_types.length);
  const years = assets.map((row) => Number(row.install_date.slice(0, 4)));
  expect(Math.max(...years) - Math.min(...years)).toBeGreaterThanOrEqual(50);
});

test("the register holds survivors only: nothing had gone before it began", () => {
  const old = assets.filter((row) => row.register_date !== undefined);
  expect(old.length).toBeGreaterThan(300);
  for (const row of old) {
    expect(row.install_date < (row.register_date ?? "")).toBe(true);
    expect((row.removed_date ?? "9999") > (row.register_date ?? "")).toBe(true);
  }
});

test("every replacement names the unit it follows, put in when that one went", () => {
  const byId = new Map(assets.map((row) => [row.asset_id, row]));
  const followers = assets.filter((row) => row.replaces_asset_id !== undefined);
  expect(followers.length).toBeGreaterThan(300);
  for (const row of followers) {
    const before = byId.get(row.replaces_asset_id ?? "");
    expect(before?.removed_date).toBeDefined();
    expect(Math.abs(yearsBetween(before?.removed_date ?? "", row.install_date))).toBeLessThan(1);
  }
});

test("the school that files few tickets has fewer a unit than the others", () => {
  const schoolOf = new Map(buildings.map((row) => [row.building_id, row.school_id]));
  const assetSchool = new Map(assets.map((row) => [row.asset_id, schoolOf.get(row.building_id)]));
  const tickets = work_orders.filter((row) => row.kind === "corrective");
  const rate = (quiet: boolean) =>
    tickets.filter((row) => (assetSchool.get(row.asset_id) === "E5") === quiet).length /
    assets.filter((row) => (assetSchool.get(row.asset_id) === "E5") === quiet).length;
  expect(rate(true)).toBeLessThan(0.7 * rate(false));
});

test("the generator knows when each live asset will fail, and about half of them do within ten years", () => {
  expect([...drawn.failsOn.keys()].sort()).toEqual(live.map((row) => row.asset_id).sort());
  const soon = [...drawn.failsOn.values()].filter((date) => date < "2037-07-01").length;
  expect(soon / live.length).toBeGreaterThan(0.35);
  expect(soon / live.length).toBeLessThan(0.65);
});

test("today's list keeps every rule of money and time that a plan has to keep", async () => {
  const dataset = sealDataset({
    district: { ...district.info },
    tables: { ...emptyTables(), ...drawn.tables } as Tables,
    settings: { scheduling: {}, routing: {}, facilities: drawn.settings ?? {} },
    present: new Set(),
  });
  const decisions = { forecast: [], outlook: [], plan: today_plan, years: [], backtest: [] };
  const plan = {
    area: "facilities",
    dataset_hash: dataset.hash,
    scenario: { name: "As it stands", changes: [], settings: {} },
    status: "feasible",
    metrics: {},
    bound: null,
    decisions,
    unmet: [],
    provenance: { plan_hash: planHash(decisions, {}) },
  };
  const { violations, checked } = await verifyPlan(dataset, plan as unknown as Plan);
  const ours = /^(projects|costs|budgets|spend|must-do)\./;
  expect(violations.filter(({ rule }) => ours.test(rule))).toEqual([]);
  expect(Object.keys(checked).filter((rule) => ours.test(rule)).length).toBeGreaterThan(10);
  expect(today_plan.length).toBeGreaterThan(150);
});
