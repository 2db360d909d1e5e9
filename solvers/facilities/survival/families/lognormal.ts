import { logNormalSurvival } from "../normal.ts";
import type { Family } from "./family.ts";

const HALF_LOG_2PI = 0.5 * Math.log(2 * Math.PI);

/**
 * Log-normal: W is standard normal, S₀(z) = 1 − Φ(z).
 *
 * S(t) = 1 − Φ((ln t − μ)/σ),  h(t) = φ(z) / (σ t (1 − Φ(z))),  H(t) = −ln S(t).
 * The hazard rate h₀ = φ/(1 − Φ) of the standard normal obeys h₀' = h₀ (h₀ − z).
 */
export const lognormal: Family = {
  name: "lognormal",
  scaleFixed: false,
  logDensity(z, out) {
    out[0] = -0.5 * z * z - HALF_LOG_2PI;
    out[1] = -z;
    out[2] = -1;
  },
  logSurvival(z, out) {
    const log = logNormalSurvival(z);
    const rate = Math.exp(-0.5 * z * z - HALF_LOG_2PI - log);
    out[0] = log;
    out[1] = -rate;
    out[2] = -rate * (rate - z);
  },
};
