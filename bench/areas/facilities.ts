import { readFileSync } from "node:fs";
import { fitSurvival } from "@trivium/facilities";
import { solvePlan, todayOf } from "@trivium/worker";
import { district, SAMPLE, shared } from "../instances.ts";
import type { BenchArea } from "../measurement.ts";

const usd = (value: number) => `$${Math.round(value).toLocaleString("en-US")}`;
const percent = (share: number) => `${(100 * share).toFixed(2)} %`;

function columnsOf(path: string): Record<string, string[]> {
  const [head, ...rows] = readFileSync(path, "utf8")
    .trim()
    .split(/\r?\n/)
    .map((line) => line.split(",").map((cell) => cell.replaceAll('"', "")));
  return Object.fromEntries(head.map((name, column) => [name, rows.map((row) => row[column])]));
}

/** Largest relative difference of coefficients and scale from R's, and the milliseconds of one fit after warming up. */
function againstR(reference: string): { error: number; fitMs: number } {
  const golden = JSON.parse(readFileSync(`${reference}/golden/survreg_aft.json`, "utf8")).fits.lung_weibull;
  const request = {
    model: "weibull",
    columns: columnsOf(`${reference}/r-survival/lung_complete_cases_status01.csv`),
    duration: "time",
    event: "status",
    covariates: Object.keys(golden.coef).slice(1),
  };
  for (let i = 0; i < 20; i++) fitSurvival(request);
  const start = performance.now();
  const fit = fitSurvival(request) as { coefficients: Record<string, { estimate: number }>; scale: number };
  const fitMs = performance.now() - start;
  const errors = Object.entries(golden.coef as Record<string, number>).map(([name, value]) =>
    Math.abs(fit.coefficients[name].estimate / value - 1),
  );
  return { error: Math.max(...errors, Math.abs(fit.scale / golden.scale - 1)), fitMs };
}

/** Survival against R, the capital plan against its bound and today's list, the forecast against "oldest first". */
export const facilities: BenchArea = {
  name: "facilities",
  async *rows() {
    const reference = shared("facilities");
    const what = "Weibull regression against R survival 3.5-3";
    if (reference) {
      const { error, fitMs } = againstR(reference);
      yield {
        what,
        instance: "lung, 213 × 5",
        result: `largest relative difference ${error.toExponential(1)}; ${fitMs.toFixed(1)} ms`,
        goal: "≤ 1e-6",
        met: error <= 1e-6,
      };
    } else yield { what, instance: "lung", skipped: "the reference data is not beside the project" };

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
    const backtest = (
      plan.decisions as { backtest: readonly { method: string; slice: string; measure: string; value?: number }[] }
    ).backtest;
    const mean = (method: string, measure: string) => {
      const values = backtest
        .filter(
          (row) => row.method === method && row.measure === measure && row.slice === "all" && row.value !== undefined,
        )
        .map((row) => row.value as number);
      return values.reduce((sum, value) => sum + value, 0) / values.length;
    };
    const oldest = "oldest first";
    const ours = "trivium";
    yield {
      what: "backtest on the district's history",
      instance: "sample district",
      result: `sensitivity ${percent(mean(ours, "sensitivity"))}, specificity ${percent(mean(ours, "specificity"))}, expected/observed ${mean(ours, "expected over observed").toFixed(2)}; oldest first: sensitivity ${percent(mean(oldest, "sensitivity"))}`,
      goal: "more sensitive than oldest first",
      met: mean(ours, "sensitivity") > mean(oldest, "sensitivity"),
    };
  },
};
