import { DAYS_PER_YEAR } from "@trivium/model";
import { outcomesOf } from "../backtest/outcomes.ts";
import type { Register } from "../register/register.ts";
import { maximize } from "../survival/newton.ts";
import { survivalAhead } from "./curve.ts";
import type { ForecastModel } from "./forecast.ts";
import { curveIndexOf } from "./life-model.ts";
import { type Calibration, multiplierOn, NOT_CALIBRATED } from "./multiplier.ts";

/** Fewer failures than this in the window teach nothing; fewer before it, and the earlier forecast was one of published lives, which teaches nothing of this one. */
const FEW_FAILURES = 30;
/** Prior spreads of intercept and slope around "as forecast"; a tight one for the level, which the later fit has learnt anew. */
const SD_INTERCEPT = 0.1;
const SD_SLOPE = 0.15;

/**
 * Platt's calibration on the scale of cumulated hazard rates, learnt on an earlier window: an asset fails there with chance
 * 1 − exp(−exp(a + b ln H)), H what a forecast that knew nothing of the window cumulates to its end (to the removal, where it was cut short);
 * (a, b) have normal priors around (0, 1).
 *
 * @param earlier fitted `years` before the day of the forecast to be calibrated
 */
export function calibrationFrom(register: Register, earlier: ForecastModel, years: number): Calibration {
  const { asset, failed, cutShort, observedYears } = outcomesOf(register, earlier.day, years);
  const failures = failed.reduce((sum, each) => sum + each, 0);
  if (failures < FEW_FAILURES || earlier.lives.failures < FEW_FAILURES) return { ...NOT_CALIBRATED, years, failures };
  const log = Float64Array.from(asset, (a, i) => {
    const age = (earlier.day - register.installDay[a]) / DAYS_PER_YEAR;
    const curve = earlier.lives.curves[curveIndexOf(earlier.lives, register, a)];
    const { value } = multiplierOn(earlier, register, a, earlier.day);
    const ahead = cutShort[i] === 1 ? observedYears[i] : years;
    return Math.log(Math.max(1e-9, -Math.log(Math.max(1e-12, survivalAhead(curve, age, ahead, value)))));
  });
  const { theta } = maximize(
    (at, gradient, hessian) => {
      const [a, b] = at;
      let total = -0.5 * ((a / SD_INTERCEPT) ** 2 + ((b - 1) / SD_SLOPE) ** 2);
      gradient[0] = -a / SD_INTERCEPT ** 2;
      gradient[1] = -(b - 1) / SD_SLOPE ** 2;
      hessian.fill(0);
      hessian[0] = -1 / SD_INTERCEPT ** 2;
      hessian[3] = -1 / SD_SLOPE ** 2;
      for (let i = 0; i < log.length; i++) {
        const eta = a + b * log[i];
        const mean = Math.exp(eta);
        const k = 1 / Math.expm1(mean);
        const slope = failed[i] === 1 ? k * mean : -mean;
        const bend = failed[i] === 1 ? k * mean - k * (1 + k) * mean * mean : -mean;
        total += failed[i] === 1 ? Math.log(-Math.expm1(-mean)) : -mean;
        gradient[0] += slope;
        gradient[1] += slope * log[i];
        hessian[0] += bend;
        hessian[1] += bend * log[i];
        hessian[3] += bend * log[i] * log[i];
      }
      hessian[2] = hessian[1];
      return total;
    },
    Float64Array.of(0, 1),
  );
  return { intercept: theta[0], slope: theta[1], years, failures };
}
