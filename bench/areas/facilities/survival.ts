import { readFileSync } from "node:fs";
import { fitSurvival } from "@trivium/facilities";
import { shared } from "../../instances.ts";
import type { Row } from "../../measurement.ts";
import { columnsOf } from "./columns-of.ts";

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

/** Survival regression against R. */
export async function* survivalRows(): AsyncGenerator<Row> {
  const reference = shared("facilities");
  const what = "Weibull regression against R survival 3.5-3";
  if (!reference) {
    yield { what, instance: "lung", skipped: "the reference data is not beside the project" };
    return;
  }
  const { error, fitMs } = againstR(reference);
  yield {
    what,
    instance: "lung, 213 × 5",
    result: `largest relative difference ${error.toExponential(1)}; ${fitMs.toFixed(1)} ms`,
    goal: "≤ 1e-6",
    met: error <= 1e-6,
  };
}
