import { InputError } from "@trivium/model";
import { designOf, strataOf } from "./columns.ts";
import { type CoxFit, fitCox } from "./cox.ts";
import { coxFailures, relativeHazards } from "./cox-failures.ts";
import { type CurveResult, curveResult } from "./curve-results.ts";
import { exponential } from "./families/exponential.ts";
import type { Family } from "./families/family.ts";
import { loglogistic } from "./families/loglogistic.ts";
import { lognormal } from "./families/lognormal.ts";
import { weibull } from "./families/weibull.ts";
import { fitGeneralizedGamma } from "./gengamma.ts";
import { fitGompertz } from "./gompertz.ts";
import { type IncidenceResult, incidenceResult } from "./incidence-results.ts";
import { type IntervalResult, intervalResult } from "./interval-results.ts";
import { failures, type Observations } from "./observations.ts";
import { fitParametric, type ParametricFit } from "./parametric.ts";
import type { Ties } from "./partial-likelihood.ts";
import { type ProportionalityTest, proportionality } from "./proportionality.ts";
import { type RecurrentResult, type RepairResult, recurrentResult, repairResult } from "./recurrent-results.ts";
import { exactLives, observationsOf, omitted, type SurvivalRequest, usableRows } from "./request.ts";
import type { CoxLives } from "./risk-sets.ts";
import { robustCovariance } from "./robust.ts";

export type { CurveResult, SurvivalRequest };

const FAMILIES: Readonly<Record<string, Family>> = { exponential, weibull, lognormal, loglogistic };
export const SURVIVAL_MODELS = [
  "km",
  "aalen-johansen",
  "turnbull",
  "mcf",
  "power-law",
  "exponential",
  "weibull",
  "lognormal",
  "loglogistic",
  "gompertz",
  "gengamma",
  "cox",
] as const;

/** How a parametric model is fitted, and what stands in θ after the covariates; `shape` is a coefficient of its own. */
interface Fitter {
  readonly fit: (lives: Observations, names: readonly string[]) => ParametricFit;
  readonly after: readonly string[];
}

function fitterOf(model: string): Fitter | undefined {
  if (model === "gompertz") return { fit: fitGompertz, after: ["shape"] };
  if (model === "gengamma") return { fit: fitGeneralizedGamma, after: ["Log(scale)", "shape"] };
  const family = Object.hasOwn(FAMILIES, model) ? FAMILIES[model] : undefined;
  return (
    family && {
      fit: (lives, names) => fitParametric(lives, family, names),
      after: family.scaleFixed ? [] : ["Log(scale)"],
    }
  );
}

interface Coefficient {
  readonly estimate: number;
  readonly se: number;
}

/** The JSON of a regression: parametric ones on the log-time scale as R's `survreg`, Cox with its partial likelihood. `n`, `events` count by weight. */
export interface RegressionResult {
  readonly model: string;
  readonly n: number;
  readonly events: number;
  readonly omitted: number;
  readonly loglik: number;
  readonly aic: number;
  readonly coefficients: Readonly<Record<string, Coefficient>>;
  readonly scale?: number;
  readonly vcov: readonly (readonly number[])[];
  readonly vcov_order: readonly string[];
  readonly concordance?: number | null;
  readonly ties?: Ties;
  /** Cox: sandwich standard errors by column. */
  readonly robust_se?: Readonly<Record<string, number>>;
  /** Cox: tests that each column's effect, and all (`global`), stay the same over age. */
  readonly proportionality?: Readonly<Record<string, ProportionalityTable>>;
  /** Cox: cumulative baseline hazard rate and survival of a life with all covariates at `means`, by stratum ("" without strata). */
  readonly baseline?: {
    readonly means: Readonly<Record<string, number>>;
    readonly strata: Readonly<Record<string, BaselineTable>>;
  };
}

interface BaselineTable {
  readonly times: readonly number[];
  readonly cumulative_hazard: readonly number[];
  readonly survival: readonly number[];
}

interface ProportionalityTable {
  readonly chisq: number | null;
  readonly df: number;
  readonly p: number | null;
}

type SurvivalResult =
  | RegressionResult
  | CurveResult
  | IncidenceResult
  | IntervalResult
  | RecurrentResult
  | RepairResult;

/**
 * Fits one survival model to columns of text: what `trivium survival --json` prints.
 * @throws InputError unknown-model, unknown-column, not-a-number, event-value-needed, no-events, separation, singular-design, …
 */
export function fitSurvival(request: SurvivalRequest): SurvivalResult {
  refuseUnused(request);
  const rows = usableRows(request);
  if (request.model === "mcf") return recurrentResult(request, rows);
  if (request.model === "power-law") return repairResult(request, rows);
  if (request.model === "km" && request.duration !== undefined) return curveResult(request, rows);
  if (request.model === "aalen-johansen") return incidenceResult(request, rows);
  if (request.model === "turnbull" || request.model === "km") return intervalResult(request, rows);
  if (request.model === "cox") return cox(request, rows);
  const fitter = fitterOf(request.model);
  if (fitter) return parametric(request, rows, fitter);
  throw new InputError(
    "unknown-model",
    `there is no model ${request.model}. Maybe one of ${SURVIVAL_MODELS.join(", ")}`,
    { values: { model: request.model } },
  );
}

/** Which models know an option; an option that would do nothing is refused. */
const KNOWN_BY: readonly (readonly [
  option: "cluster" | "ties" | "conf" | "id",
  why: string,
  models: readonly string[],
])[] = [
  ["cluster", "is for the robust errors of cox", ["cox"]],
  ["ties", "is for cox", ["cox"]],
  ["conf", "is for the bands of km, aalen-johansen and turnbull", ["km", "aalen-johansen", "turnbull"]],
  ["id", "is for mcf and power-law", ["mcf", "power-law"]],
];

function refuseUnused(request: SurvivalRequest): void {
  for (const [option, why, models] of KNOWN_BY)
    if (request[option] !== undefined && !models.includes(request.model))
      throw new InputError(
        `${option}-not-supported`,
        `--${option} ${why}, not for ${request.model}. Maybe leave it out`,
        { path: option, values: { model: request.model } },
      );
}

function cox(request: SurvivalRequest, rows: readonly number[]): RegressionResult {
  const lives = exactLives(request, rows);
  const design = designOf(request.columns, request.covariates ?? [], rows);
  if (design.names.length === 0)
    throw new InputError(
      "covariates-needed",
      "a Cox model without covariates estimates nothing. Maybe --covariates a,b, or --model km",
      {},
    );
  const ties = request.ties ?? "efron";
  const coxLives: CoxLives = {
    n: rows.length,
    ...lives,
    entry: lives.entry ?? new Float64Array(rows.length).fill(-Infinity),
    stratum: levelsOf(request, request.strata, rows) ?? new Int32Array(rows.length),
    columns: design.names.length,
    design: design.values,
  };
  const fit = fitCox(coxLives, ties, design.names);
  let events = 0;
  for (let i = 0; i < rows.length; i++) events += lives.observed[i] * lives.weight[i];
  return {
    ...regression(request, rows, fit.beta, fit.covariance, design.names),
    n: lives.weight.reduce((sum, each) => sum + each, 0),
    events,
    loglik: fit.loglik,
    aic: 2 * design.names.length - 2 * fit.loglik,
    concordance: Number.isNaN(fit.concordance) ? null : fit.concordance,
    ties,
    ...coxChecks(request, rows, coxLives, fit, design.names),
  };
}

/** Robust standard errors, the tests of proportional hazards, and the baseline. */
function coxChecks(
  request: SurvivalRequest,
  rows: readonly number[],
  lives: CoxLives,
  fit: CoxFit,
  names: readonly string[],
): Pick<RegressionResult, "robust_se" | "proportionality" | "baseline"> {
  const hazards = relativeHazards(lives, fit.beta);
  const failures = coxFailures(lives, hazards, request.ties ?? "efron");
  const cluster = levelsOf(request, request.cluster, rows) ?? rows;
  const robust = robustCovariance(lives, hazards, failures, fit.covariance, cluster);
  const { each, global } = proportionality(lives, failures);
  const table = ({ chisq, df, p }: ProportionalityTest) =>
    Number.isNaN(chisq) ? { chisq: null, df, p: null } : { chisq, df, p };
  return {
    robust_se: Object.fromEntries(names.map((name, j) => [name, Math.sqrt(robust[j * names.length + j])])),
    proportionality: {
      ...Object.fromEntries(names.map((name, j) => [name, table(each[j])])),
      global: table(global),
    },
    baseline: baselineOf(request, rows, lives, fit, names),
  };
}

/** Breslow's (under Efron's ties: Efron's) estimate Σ d̄ / Σ w e^{(x − x̄) β} at each failure age. */
function baselineOf(
  request: SurvivalRequest,
  rows: readonly number[],
  lives: CoxLives,
  fit: CoxFit,
  names: readonly string[],
): RegressionResult["baseline"] {
  const { n, columns, design, weight } = lives;
  const all = weight.reduce((sum, each) => sum + each, 0);
  const means = names.map((_, j) => {
    let sum = 0;
    for (let i = 0; i < n; i++) sum += (weight[i] * design[i * columns + j]) / all;
    return sum;
  });
  const atMeans = Float64Array.from({ length: n }, (_, i) =>
    Math.exp(means.reduce((sum, mean, j) => sum + (design[i * columns + j] - mean) * fit.beta[j], 0)),
  );
  const levels = request.strata === undefined ? [""] : strataOf(request.columns, request.strata, rows).levels;
  const strata = levels.map((): { times: number[]; cumulative_hazard: number[]; survival: number[] } => ({
    times: [],
    cumulative_hazard: [],
    survival: [],
  }));
  for (const failure of coxFailures(lives, atMeans, request.ties ?? "efron")) {
    const table = strata[failure.stratum];
    const hazard = (table.cumulative_hazard.at(-1) ?? 0) + failure.hazard;
    table.times.push(failure.time);
    table.cumulative_hazard.push(hazard);
    table.survival.push(Math.exp(-hazard));
  }
  return {
    means: Object.fromEntries(names.map((name, j) => [name, means[j]])),
    strata: Object.fromEntries(levels.map((level, s) => [level, strata[s]])),
  };
}

const levelsOf = (
  { columns }: SurvivalRequest,
  name: string | undefined,
  rows: readonly number[],
): Int32Array | undefined => (name === undefined ? undefined : strataOf(columns, name, rows).level);

function parametric(request: SurvivalRequest, rows: readonly number[], fitter: Fitter): RegressionResult {
  if (request.strata !== undefined)
    throw new InputError(
      "strata-not-supported",
      `strata are for km and cox: a ${request.model} model has no free baseline. Maybe name ${request.strata} among the covariates`,
      { path: request.strata },
    );
  const design = designOf(request.columns, request.covariates ?? [], rows);
  const lives = observationsOf(request, rows, design);
  const fit = fitter.fit(lives, design.names);
  const order = ["(Intercept)", ...design.names, ...fitter.after];
  return {
    ...regression(request, rows, fit.theta, fit.covariance, order),
    n: lives.weight.reduce((sum, each) => sum + each, 0),
    events: failures(lives),
    loglik: fit.loglik,
    aic: 2 * fit.theta.length - 2 * fit.loglik,
    scale: fit.scale,
  };
}

function regression(
  request: SurvivalRequest,
  rows: readonly number[],
  theta: Float64Array,
  covariance: Float64Array,
  order: readonly string[],
) {
  const size = order.length;
  const coefficients: Record<string, Coefficient> = {};
  order.forEach((name, j) => {
    if (name !== "Log(scale)") coefficients[name] = { estimate: theta[j], se: Math.sqrt(covariance[j * size + j]) };
  });
  return {
    model: request.model,
    omitted: omitted(request, rows),
    coefficients,
    vcov: order.map((_, i) => Array.from(covariance.subarray(i * size, (i + 1) * size))),
    vcov_order: order,
  };
}
