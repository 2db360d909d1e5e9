import { solvePlan, todayOf } from "@trivium/worker";
import { district, SAMPLE } from "../instances.ts";
import type { BenchArea } from "../measurement.ts";

const usd = (value: number) => `$${Math.round(value).toLocaleString("en-US")}`;

/** Buses and dollars against today's service on the sample district. Every plan has passed the verifier. */
export const routing: BenchArea = {
  name: "routing",
  async *rows() {
    const dataset = await district(SAMPLE);
    const scenario = { name: "bench", changes: [], settings: { time_s: 60, threads: 2, seed: 1 } };
    const plan = await solvePlan({ dataset, area: "routing", scenario });
    const metrics = plan.metrics as Record<string, number>;
    const today = (await todayOf({ dataset, area: "routing" }))?.metrics as Record<string, number>;
    const saved = 1 - metrics.buses_used / today.buses_used;
    yield {
      what: "a whole day in 60 s, two threads",
      instance: "sample district",
      result: `${metrics.buses_used} buses, ${usd(metrics.cost_usd_per_year)} a year, mean ride ${metrics.ride_min_mean.toFixed(1)} min, ${metrics.riders_unserved} unserved; today ${today.buses_used} buses, ${usd(today.cost_usd_per_year)}, ${today.ride_min_mean.toFixed(1)} min; bound ${plan.bound?.best_possible ?? "none"}`,
      goal: "every eligible rider served, ≥ 10 % fewer buses than today's",
      met: metrics.riders_unserved === 0 && saved >= 0.1,
    };
  },
};
