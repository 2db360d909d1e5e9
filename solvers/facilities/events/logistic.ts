import { maximize, type Objective } from "../survival/newton.ts";

/** Standardized columns, row by row, and outcomes 0/1. */
export interface Labelled {
  readonly columns: number;
  readonly design: Float64Array;
  readonly outcome: Uint8Array;
  readonly weight?: Float64Array;
}

/**
 * Logistic regression with ridge penalty on all but the intercept: maximizes Σ w (y η − ln(1 + e^η)) − ½ λ Σ β², η = β₀ + x β.
 * @param near a start near the maximum, β₀ first
 * @returns β₀ first
 */
export function fitLogistic(
  { columns, design, outcome, weight }: Labelled,
  ridge: number,
  near?: Float64Array,
): Float64Array {
  const size = columns + 1;
  const x = new Float64Array(size).fill(1);
  const objective: Objective = (theta, gradient, hessian) => {
    gradient.fill(0);
    hessian.fill(0);
    let total = 0;
    for (let i = 0; i < outcome.length; i++) {
      const w = weight ? weight[i] : 1;
      if (w === 0) continue;
      let eta = theta[0];
      for (let j = 1; j < size; j++) {
        x[j] = design[i * columns + j - 1];
        eta += x[j] * theta[j];
      }
      const p = sigmoid(eta);
      total += w * (outcome[i] * eta - softplus(eta));
      const slope = w * (outcome[i] - p);
      const curve = w * p * (1 - p);
      for (let j = 0; j < size; j++) {
        gradient[j] += slope * x[j];
        const bent = curve * x[j];
        for (let k = 0; k <= j; k++) hessian[j * size + k] -= bent * x[k];
      }
    }
    for (let j = 1; j < size; j++) {
      total -= 0.5 * ridge * theta[j] ** 2;
      gradient[j] -= ridge * theta[j];
      hessian[j * size + j] -= ridge;
    }
    for (let i = 0; i < size; i++) for (let j = 0; j < i; j++) hessian[j * size + i] = hessian[i * size + j];
    return total;
  };
  const failed = outcome.reduce((sum, each) => sum + each, 0);
  const start = new Float64Array(size);
  start[0] = Math.log((failed + 0.5) / (outcome.length - failed + 0.5));
  return maximize(objective, near ?? start).theta;
}

/** β₀ + x β of row i. */
export function linear(theta: Float64Array, design: Float64Array, columns: number, i: number): number {
  let eta = theta[0];
  for (let j = 0; j < columns; j++) eta += design[i * columns + j] * theta[j + 1];
  return eta;
}

/** Platt's calibration: P(y) = 1/(1 + e^−(a + b s)); b is pulled to 1 and a to 0 as far as few outcomes can say. @see Platt 1999 */
export function platt(scores: Float64Array, outcome: Uint8Array): readonly [a: number, b: number] {
  const pull = 4;
  const objective: Objective = ([a, b], gradient, hessian) => {
    let total = -0.5 * pull * (a * a + (b - 1) ** 2);
    gradient[0] = -pull * a;
    gradient[1] = -pull * (b - 1);
    hessian.fill(0);
    hessian[0] = -pull;
    hessian[3] = -pull;
    for (let i = 0; i < scores.length; i++) {
      const s = scores[i];
      const eta = a + b * s;
      const p = sigmoid(eta);
      total += outcome[i] * eta - softplus(eta);
      gradient[0] += outcome[i] - p;
      gradient[1] += (outcome[i] - p) * s;
      hessian[0] -= p * (1 - p);
      hessian[1] -= p * (1 - p) * s;
      hessian[3] -= p * (1 - p) * s * s;
    }
    hessian[2] = hessian[1];
    return total;
  };
  const [a, b] = maximize(objective, Float64Array.of(0, 1)).theta;
  return [a, b];
}

export const sigmoid = (eta: number): number => 1 / (1 + Math.exp(-eta));
const softplus = (eta: number): number => (eta > 0 ? eta + Math.log1p(Math.exp(-eta)) : Math.log1p(Math.exp(eta)));
