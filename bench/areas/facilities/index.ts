import type { BenchArea } from "../../measurement.ts";
import { forecastRows } from "./forecast.ts";
import { planRows } from "./plan.ts";
import { planScaleRows } from "./plan-scale.ts";
import { regressionRows } from "./regression.ts";
import { survivalRows } from "./survival.ts";

/** Survival against its peers, the forecast on real and large registers, the capital plan against its bound. */
export const facilities: BenchArea = {
  name: "facilities",
  async *rows(say) {
    yield* survivalRows();
    yield* regressionRows(say);
    yield* forecastRows();
    yield* planRows();
    yield* planScaleRows();
  },
};
