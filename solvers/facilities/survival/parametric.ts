import { InputError } from "@trivium/model";
import { addSecondMoments, BLOCK, byColumn, standardized } from "./design-sums.ts";
import type { Family } from "./families/family.ts";
import { logLikelihood } from "./log-likelihood.ts";
import { cholesky, congruence } from "./matrix.ts";
import { type Maximum, maximize, type Objective } from "./newton.ts";
import { checkObservations, failures, INTERVAL, LEFT, type Observations, RIGHT } from "./observations.ts";

/** θ = (intercept, one a column, ln σ unless the family's scale is fixed), and its covariance (row by row). */
export interface ParametricFit {
  readonly theta: Float64Array;
  readonly covariance: Float64Array;
  readonly loglik: number;
  readonly scale: number;
  readonly iterations: number;
}

/** Independent normal priors on θ: `precision` = 1/sd², 0 = none. */
export interface Prior {
  readonly mean: Float64Array;
  readonly precision: Float64Array;
}

/**
 * Maximum likelihood of a parametric survival regression, R's `survreg` parametrization (log-time scale).
 *
 * @param names one a column of the design, for messages
 * @throws InputError no-events, singular-design (a column adds nothing), separation (the likelihood rises without end)
 */
export function fitParametric(lives: Observations, family: Family, names: readonly string[]): ParametricFit {
  const standard = prepare(lives, names);
  const maximum = maximize(logLikelihood(standard.lives, family), nearMaximum(standard.lives, family));
  const scale = family.scaleFixed ? 1 : Math.exp(maximum.theta[lives.columns + 1]);
  refuseRunaway(maximum, lives, scale, names);
  return { ...toOriginalScale(maximum, standard), scale };
}

/** Checks the lives and puts their covariates on one scale. @throws InputError as `fitParametric` */
export function prepare(lives: Observations, names: readonly string[]): Standard {
  checkObservations(lives);
  if (failures(lives) > 0) return standardize(lives, names);
  throw new InputError(
    "no-events",
    `none of the ${lives.n} lives ended in a failure: no curve can be fitted. Maybe the event column or its value is another one`,
    { values: { n: lives.n } },
  );
}

/**
 * Maximum a posteriori with Laplace covariance: the same likelihood, normal priors on θ. Needs no failure, as the prior holds every direction that has a precision.
 */
export function fitWithPrior(lives: Observations, family: Family, prior: Prior): ParametricFit {
  const size = prior.mean.length;
  const likelihood = logLikelihood(lives, family);
  const posterior: Objective = (theta, gradient, hessian) => {
    let value = likelihood(theta, gradient, hessian);
    for (let j = 0; j < size; j++) {
      const away = theta[j] - prior.mean[j];
      value -= 0.5 * prior.precision[j] * away * away;
      gradient[j] -= prior.precision[j] * away;
      hessian[j * size + j] -= prior.precision[j];
    }
    return value;
  };
  const maximum = maximize(posterior, prior.mean);
  const covariance = maximum.covariance ?? diagonalOf(prior.precision);
  return {
    ...maximum,
    covariance,
    loglik: maximum.value,
    scale: family.scaleFixed ? 1 : Math.exp(maximum.theta[size - 1]),
  };
}

function diagonalOf(precision: Float64Array): Float64Array {
  const matrix = new Float64Array(precision.length ** 2);
  for (let j = 0; j < precision.length; j++) matrix[j * precision.length + j] = 1 / precision[j];
  return matrix;
}

export interface Standard {
  readonly lives: Observations;
  readonly mean: Float64Array;
  readonly spread: Float64Array;
}

/** Columns with mean 0 and spread 1: Newton then sees a well-scaled surface whatever the units. */
function standardize(lives: Observations, names: readonly string[]): Standard {
  const { n, columns, design } = lives;
  const { scaled, mean, spread } = standardized(design, n, columns);
  const same = names.findIndex((_, j) => !(spread[j] > 1e-12 * (1 + Math.abs(mean[j]))));
  if (same >= 0) throw singular(names[same], "it has the same value in every row");
  refuseSingular(scaled, n, columns, names);
  return { lives: { ...lives, design: scaled }, mean, spread };
}

export function refuseSingular(design: Float64Array, n: number, columns: number, names: readonly string[]): void {
  const gram = new Float64Array(columns * columns);
  const x = byColumn(design, n, columns);
  const ones = new Float64Array(BLOCK).fill(1);
  for (let from = 0; from < n; from += BLOCK) addSecondMoments(x, from, Math.min(BLOCK, n - from), ones, gram, columns);
  const factor = cholesky(gram, columns, 1e-10);
  if (typeof factor === "number") throw singular(names[factor], "it is a combination of the covariates before it");
}

function singular(name: string, why: string): InputError {
  return new InputError("singular-design", `covariate ${name} says nothing of its own: ${why}. Maybe leave it out`, {
    path: name,
    values: { covariate: name },
  });
}

/** Lives in the samples that a long fit starts from, each from the maximum of the one before, and how far a maximum may lie from its start to be believed. */
const SAMPLES = [1000, 10_000];
const FAR = 3;

/** Where Newton starts: with many lives at the maximum of every k-th of them, so that the sweeps over all are few; else, or where that has none, plainly. */
function nearMaximum(lives: Observations, family: Family): Float64Array {
  let start = startingPoint(lives, family);
  for (const size of SAMPLES) {
    const stride = Math.floor(lives.n / size);
    if (stride < 4) return start;
    const sample = everyNth(lives, stride);
    if (failures(sample) === 0) return start;
    const { theta, converged } = maximize(logLikelihood(sample, family), start);
    if (!converged || theta.some((each, j) => Math.abs(each - start[j]) >= FAR)) return start;
    start = theta;
  }
  return start;
}

function everyNth(lives: Observations, stride: number): Observations {
  const { columns, design } = lives;
  const n = Math.ceil(lives.n / stride);
  const of = (values: Float64Array) => new Float64Array(n).map((_, k) => values[k * stride]);
  return {
    n,
    kind: new Uint8Array(n).map((_, k) => lives.kind[k * stride]),
    lower: of(lives.lower),
    upper: of(lives.upper),
    entry: of(lives.entry),
    weight: of(lives.weight),
    columns,
    design: new Float64Array(n * columns).map(
      (_, at) => design[at + Math.floor(at / columns) * (stride - 1) * columns],
    ),
    ...(lives.offset && { offset: of(lives.offset) }),
    ...(lives.logScaleOffset && { logScaleOffset: of(lives.logScaleOffset) }),
  };
}

/** μ and σ of the logarithms of the times, intervals by their middle, censored ones as if they failed: near enough for Newton. */
function startingPoint(lives: Observations, family: Family): Float64Array {
  let sum = 0;
  let total = 0;
  let squares = 0;
  for (let i = 0; i < lives.n; i++) {
    const y = Math.log(middle(lives, i));
    sum += lives.weight[i] * y;
    squares += lives.weight[i] * y * y;
    total += lives.weight[i];
  }
  const mean = sum / total;
  const theta = new Float64Array(lives.columns + (family.scaleFixed ? 1 : 2));
  const share = failures(lives) / total;
  theta[0] = mean - Math.log(share) * Math.min(1, Math.sqrt(Math.max(0.01, squares / total - mean * mean)));
  if (!family.scaleFixed) theta[lives.columns + 1] = 0.5 * Math.log(Math.max(0.01, squares / total - mean * mean));
  return theta;
}

function middle(lives: Observations, i: number): number {
  if (lives.kind[i] === LEFT) return lives.upper[i] / 2;
  return lives.kind[i] === INTERVAL ? (lives.lower[i] + lives.upper[i]) / 2 : lives.lower[i];
}

/** A covariate that parts those who failed from those who did not lets the likelihood rise for ever: its coefficient runs away. */
export function refuseRunaway(maximum: Maximum, lives: Observations, sigma: number, names: readonly string[]): void {
  const apart = names.findIndex((_, j) => !eventsOnBothSides(lives, j));
  const far = names.findIndex((_, j) => Math.abs(maximum.theta[j + 1]) > 12 * Math.max(1, sigma));
  if (maximum.converged && maximum.covariance && apart < 0 && far < 0) return;
  const name = names[apart >= 0 ? apart : far >= 0 ? far : Math.max(0, maximum.flatIndex - 1)];
  if (name !== undefined && names.length > 0)
    throw new InputError(
      "separation",
      `covariate ${name} separates the failures from the rest, so its coefficient has no finite value. Maybe merge its rare values or leave it out`,
      { path: name, values: { covariate: name } },
    );
  throw new InputError(
    "no-maximum",
    `the likelihood has no maximum inside the parameters (scale ${sigma}). Maybe all failures have the same time`,
    { values: { scale: sigma, n: lives.n } },
  );
}

/** For a column of two values: has each value a failure? (A dummy with none has no finite coefficient.) Others: yes. */
function eventsOnBothSides(lives: Observations, column: number): boolean {
  const { n, columns, design, kind } = lives;
  const first = design[column];
  let second = first;
  let failedFirst = false;
  let failedSecond = false;
  for (let i = 0, at = column; i < n; i++, at += columns) {
    const value = design[at];
    if (value !== first && second === first) second = value;
    if (value !== first && value !== second) return true;
    if (kind[i] === RIGHT) continue;
    if (value === first) failedFirst = true;
    else failedSecond = true;
  }
  return second === first || (failedFirst && failedSecond);
}

/** θ and covariance for the covariates as they were given; what follows the columns in θ stays as it is. `scale` is for the caller to say. */
export function toOriginalScale(maximum: Maximum, { lives, mean, spread }: Standard): ParametricFit {
  const size = maximum.theta.length;
  const transform = new Float64Array(size * size);
  for (let j = 0; j < size; j++) transform[j * size + j] = 1;
  for (let j = 0; j < lives.columns; j++) {
    transform[(j + 1) * size + j + 1] = 1 / spread[j];
    transform[j + 1] = -mean[j] / spread[j];
  }
  const theta = new Float64Array(size);
  for (let i = 0; i < size; i++) for (let j = 0; j < size; j++) theta[i] += transform[i * size + j] * maximum.theta[j];
  return {
    theta,
    covariance: congruence(transform, maximum.covariance ?? new Float64Array(size * size), size),
    loglik: maximum.value,
    scale: 1,
    iterations: maximum.iterations,
  };
}
