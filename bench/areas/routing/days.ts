import { execFileSync } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Dataset } from "@trivium/model";
import { solvePlan, todayOf } from "@trivium/worker";
import { district, SAMPLE, shared } from "../../instances.ts";
import type { BenchArea } from "../../measurement.ts";
import { wanted } from "../../wanted.ts";

const usd = (value: number) => `$${Math.round(value).toLocaleString("en-US")}`;

async function solvedDay(dataset: Dataset) {
  const scenario = { name: "bench", changes: [], settings: { time_s: 60, threads: 2, seed: 1 } };
  const plan = await solvePlan({ dataset, area: "routing", scenario });
  return { plan, metrics: plan.metrics as Record<string, number> };
}

/** Whole days of districts, against today's service where there is one. */
export async function* dayRows(): ReturnType<BenchArea["rows"]> {
  if (wanted("sample")) {
    const dataset = await district(SAMPLE);
    const { plan, metrics } = await solvedDay(dataset);
    const today = (await todayOf({ dataset, area: "routing" }))?.metrics as Record<string, number>;
    yield {
      what: "a whole day in 60 s, two threads",
      instance: "sample district",
      result: `${metrics.buses_used} buses, ${usd(metrics.cost_usd_per_year)} a year, mean ride ${metrics.ride_min_mean.toFixed(1)} min, ${metrics.riders_unserved} unserved; today's (generated) ${today.buses_used} buses, ${usd(today.cost_usd_per_year)}, ${today.ride_min_mean.toFixed(1)} min; bound ${plan.bound?.best_possible ?? "none"}`,
      goal: "every eligible rider served, ≥ 10 % fewer buses than today's",
      met: metrics.riders_unserved === 0 && metrics.buses_used <= 0.9 * today.buses_used,
    };
  }
  if (!wanted("harrisburg")) return;
  const harrisburg = shared("osm/harrisburg-pa.osm.pbf");
  if (harrisburg) {
    const dir = mkdtempSync(join(tmpdir(), "trivium-harrisburg-"));
    const generator = fileURLToPath(new URL("../../../data/generate.ts", import.meta.url));
    execFileSync(process.execPath, [generator, "--roads", harrisburg, "--out", dir], { stdio: "ignore" });
    const laid = await solvedDay(await district(dir, harrisburg));
    yield {
      what: "a whole day in 60 s, two threads",
      instance: "the sample's people on Harrisburg's roads",
      result: `${laid.metrics.buses_used} buses, ${laid.metrics.rides_served} rides served, ${laid.metrics.rides_unserved} not, each with its reason; longest ride ${laid.metrics.ride_min_max.toFixed(0)} min`,
      goal: "solved end to end, verified",
      met: laid.plan.verification?.ok === true,
    };
  } else yield { what: "a whole day", instance: "Harrisburg", skipped: "the reference data is not beside the project" };
}
