import { solvePlan, todayOf } from "@trivium/worker";
import { district, SAMPLE, shared } from "../instances.ts";
import type { BenchArea } from "../measurement.ts";

const percent = (share: number) => `${(100 * share).toFixed(2)} %`;

async function solved(path: string, timeS: number) {
  const dataset = await district(path);
  const scenario = { name: "bench", changes: [], settings: { time_s: timeS, threads: 1, seed: 1 } };
  const plan = await solvePlan({ dataset, area: "scheduling", scenario });
  const today = await todayOf({ dataset, area: "scheduling" });
  return {
    metrics: plan.metrics as Record<string, number>,
    today: today?.metrics as Record<string, number> | undefined,
    plan,
  };
}

/** Share of requests met from nothing, one thread. Every plan has passed the verifier: `solvePlan` returns no other. */
export const scheduling: BenchArea = {
  name: "scheduling",
  async *rows() {
    for (const name of ["j1", "j3"]) {
      const what = "requests met in 30 s, one thread";
      const path = shared(`scheduling/k12-synthetic/${name}`);
      if (!path) {
        yield { what, instance: name, skipped: "the reference data is not beside the project" };
        continue;
      }
      const { metrics } = await solved(path, 30);
      const complete = metrics.students_complete / metrics.students;
      yield {
        what,
        instance: name,
        result: `${percent(metrics.requests_met_share)} of requests, ${percent(complete)} of students complete`,
        goal: "≥ 99.5 % of requests (j1); for comparison, measured before building: CP-SAT 92.2 % in 60 s on two threads",
        met: metrics.requests_met_share >= 0.995,
      };
    }
    const { metrics, today, plan } = await solved(SAMPLE, 30);
    yield {
      what: "requests met in 30 s, one thread, verified legal",
      instance: "sample high school",
      result: `${percent(metrics.requests_met_share)}; today ${percent(today?.requests_met_share ?? Number.NaN)}; gap to the bound ${percent(plan.bound?.gap ?? Number.NaN)}`,
      goal: "legal and better than today's",
      met: metrics.requests_met_share > (today?.requests_met_share ?? 1),
    };
  },
};
