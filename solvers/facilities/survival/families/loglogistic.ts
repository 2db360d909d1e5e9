import type { Family } from "./family.ts";

/**
 * Log-logistic: W is logistic, S₀(z) = 1 / (1 + e^z).
 *
 * S(t) = 1 / (1 + (t/η)^k),  H(t) = ln(1 + (t/η)^k),  h(t) = (k/η)(t/η)^(k−1) / (1 + (t/η)^k), with k = 1/σ and η = e^μ.
 */
export const loglogistic: Family = {
  name: "loglogistic",
  scaleFixed: false,
  logDensity(z, out) {
    const failed = 1 / (1 + Math.exp(-z));
    out[0] = z - 2 * softplus(z);
    out[1] = 1 - 2 * failed;
    out[2] = -2 * failed * (1 - failed);
  },
  logSurvival(z, out) {
    const failed = 1 / (1 + Math.exp(-z));
    out[0] = -softplus(z);
    out[1] = -failed;
    out[2] = -failed * (1 - failed);
  },
};

/** ln(1 + e^z) without overflow. */
function softplus(z: number): number {
  return z > 0 ? z + Math.log1p(Math.exp(-z)) : Math.log1p(Math.exp(z));
}
