import { solvePlan, todayOf } from "@trivium/worker";
import { district, SAMPLE } from "../../instances.ts";
import type { Row } from "../../measurement.ts";
import { percent, usd } from "./words.ts";

/** The capital plan against its bound and today's list. */
export async function* planRows(): AsyncGenerator<Row> {
  const dataset = await district(SAMPLE);
  const scenario = { name: "bench", changes: [], settings: { time_s: 20, threads: 1, seed: 1 } };
  const plan = await solvePlan({ dataset, area: "facilities", scenario });
  if (plan.area !== "facilities") return;
  const metrics = plan.metrics as Record<string, number>;
  const today = (await todayOf({ dataset, area: "facilities" }))?.metrics as Record<string, number>;
  const gap = plan.bound?.gap ?? 1;
  yield {
    what: "capital plan in 20 s, one thread",
    instance: "sample district",
    result: `objective ${usd(metrics.objective_usd)}, gap to the proven bound ${percent(gap)}; nothing done ${usd(metrics.objective_if_nothing_usd)}; today's list ${usd(today.objective_usd)}`,
    goal: "within 2 % of the bound, better than today's",
    met: gap <= 0.02 && metrics.objective_usd < today.objective_usd,
  };
}
