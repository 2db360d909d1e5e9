import type { Family } from "./family.ts";

/**
 * Weibull: W is the smallest-extreme-value variable, S₀(z) = exp(−e^z).
 *
 * With shape k = 1/σ and characteristic life η = e^μ:  S(t) = exp(−(t/η)^k),  H(t) = (t/η)^k,  h(t) = (k/η)(t/η)^(k−1).
 * @see Kalbfleisch & Prentice 2002, The Statistical Analysis of Failure Time Data, §2.2.2
 */
export const weibull: Family = {
  name: "weibull",
  scaleFixed: false,
  logDensity(z, out) {
    const cumulative = Math.exp(z);
    out[0] = z - cumulative;
    out[1] = 1 - cumulative;
    out[2] = -cumulative;
  },
  logSurvival(z, out) {
    const cumulative = Math.exp(z);
    out[0] = -cumulative;
    out[1] = -cumulative;
    out[2] = -cumulative;
  },
};
