import { cholesky, choleskyInverse, choleskySolve } from "./matrix.ts";

/** Value at θ; adds nothing to, but overwrites, gradient (length p) and Hessian (p × p). */
export type Objective = (theta: Float64Array, gradient: Float64Array, hessian: Float64Array) => number;

export interface Maximum {
  readonly theta: Float64Array;
  readonly value: number;
  /** Inverse of the negative Hessian at θ; null where that is not positive definite. */
  readonly covariance: Float64Array | null;
  /** Column that adds nothing to those before it, where `covariance` is null. */
  readonly flatIndex: number;
  readonly converged: boolean;
  readonly iterations: number;
}

const MAX_ITERATIONS = 100;
/** Half the Newton decrement: how much the quadratic model still promises, relative to the value. */
const TOLERANCE = 1e-16;
/** The same, where it moves neither value nor Hessian: the last step is taken unseen. */
const NOTHING = 1e-20;

/** What an objective gave at a θ. */
export interface Evaluated {
  readonly value: number;
  readonly gradient: Float64Array;
  readonly hessian: Float64Array;
}

/**
 * Maximum of a smooth function by Newton's method with its exact gradient and Hessian,
 * a growing multiple of the diagonal where the Hessian is not negative definite, and halving of steps that do not gain.
 *
 * @param theta0 start, length p
 * @param known the objective there, where the caller has it (its arrays are used on)
 */
export function maximize(objective: Objective, theta0: Float64Array, known?: Evaluated): Maximum {
  const size = theta0.length;
  let theta = Float64Array.from(theta0);
  let gradient: Float64Array = known?.gradient ?? new Float64Array(size);
  let hessian: Float64Array = known?.hessian ?? new Float64Array(size * size);
  let nextGradient: Float64Array = new Float64Array(size);
  let nextHessian: Float64Array = new Float64Array(size * size);
  let value = known?.value ?? objective(theta, gradient, hessian);
  let converged = false;
  let iterations = 0;
  while (iterations++ < MAX_ITERATIONS && !converged) {
    const step = newtonStep(gradient, hessian, size);
    let promise = 0;
    for (let j = 0; j < size; j++) promise += 0.5 * step[j] * gradient[j];
    converged = promise < TOLERANCE * (1 + Math.abs(value));
    if (promise >= 0 && promise < NOTHING * (1 + Math.abs(value))) {
      theta = theta.map((each, j) => each + step[j]);
      break;
    }
    let length = 1;
    let gained = false;
    for (let halvings = 0; halvings < 40 && !gained; halvings++, length *= 0.5) {
      const next = theta.map((each, j) => each + length * step[j]);
      const nextValue = objective(next, nextGradient, nextHessian);
      gained = nextValue >= value - 1e-13 * Math.abs(value) && Number.isFinite(nextValue);
      if (!gained) continue;
      theta = next;
      value = nextValue;
      [gradient, nextGradient] = [nextGradient, gradient];
      [hessian, nextHessian] = [nextHessian, hessian];
    }
    if (!gained) break;
  }
  const factor = cholesky(
    hessian.map((each) => -each),
    size,
    1e-13,
  );
  const definite = typeof factor !== "number";
  return {
    theta,
    value,
    covariance: definite ? choleskyInverse(factor, size) : null,
    flatIndex: definite ? -1 : factor,
    converged,
    iterations,
  };
}

function newtonStep(gradient: Float64Array, hessian: Float64Array, size: number): Float64Array {
  let damping = 0;
  for (;;) {
    const negative = hessian.map((each) => -each);
    for (let j = 0; j < size; j++) negative[j * size + j] += damping * (Math.abs(hessian[j * size + j]) + 1e-8);
    const factor = cholesky(negative, size, 1e-14);
    if (typeof factor !== "number") return choleskySolve(factor, size, gradient);
    damping = damping === 0 ? 1e-6 : damping * 10;
    if (damping > 1e12) return Float64Array.from(gradient);
  }
}
