import { readDistrict } from "@trivium/intake";
import { type Dataset, type Plan, planHash } from "@trivium/model";
import { openRoads } from "@trivium/roads";
import { verifyPlan } from "@trivium/verify";
import { expect, test } from "vitest";

/** Today's service of a district as a plan with these metrics. */
function todayAsPlan({ hash, tables }: Dataset, metrics: Plan["metrics"]): Plan<"routing"> {
  const decisions = {
    runs: tables.today_runs,
    run_stops: tables.today_run_stops,
    assignments: tables.today_assignments,
    routes: tables.today_routes,
    bells: tables.bells.map(({ school_id, bell_start, bell_end }) => ({ school_id, bell_start, bell_end })),
  };
  return {
    area: "routing",
    trivium_version: "0",
    dataset_hash: hash,
    scenario: { name: "Today", changes: [], settings: {} },
    seed: 1,
    iterations: 0,
    threads: 1,
    elapsed_s: 0,
    status: "feasible",
    metrics,
    bound: null,
    decisions,
    unmet: [],
    verification: null,
    provenance: { plan_hash: planHash(decisions, metrics) },
  };
}

test("today's service obeys every rule of the district, serves everyone, and spends buses", async () => {
  const { dataset } = await readDistrict(new URL("../sample", import.meta.url).pathname);
  if (!dataset) throw new Error("the sample has errors");
  const roads = await openRoads(dataset);
  const found = await verifyPlan(dataset, todayAsPlan(dataset, { draft: true }), { roads });
  expect(found.violations.filter(({ rule }) => rule !== "figures.present")).toEqual([]);
  expect(found.figures.rides_unserved).toBe(0);
  expect(found.figures.buses_used).toBeGreaterThanOrEqual(35);
  expect(found.figures.buses_used).toBeLessThanOrEqual(45);
});
