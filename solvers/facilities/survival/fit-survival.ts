import { InputError } from "@trivium/model";
import { columnOf, type Design, designOf, eventsOf, isMissing, numbersOf, type TextColumns } from "./columns.ts";
import { fitCox, type Ties } from "./cox.ts";
import { exponential } from "./families/exponential.ts";
import type { Family } from "./families/family.ts";
import { loglogistic } from "./families/loglogistic.ts";
import { lognormal } from "./families/lognormal.ts";
import { weibull } from "./families/weibull.ts";
import { fitGeneralizedGamma } from "./gengamma.ts";
import { fitGompertz } from "./gompertz.ts";
import { type Band, kaplanMeier, type SurvivalCurve } from "./kaplan-meier.ts";
import { EXACT, failures, INTERVAL, LEFT, type Observations, RIGHT } from "./observations.ts";
import { fitParametric, type ParametricFit } from "./parametric.ts";

const FAMILIES: Readonly<Record<string, Family>> = { exponential, weibull, lognormal, loglogistic };
export const SURVIVAL_MODELS = [
  "km",
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

/** What `trivium survival` is asked; columns by name. Rows with an empty cell (or NA) in a column that is used are left out and counted. */
export interface SurvivalRequest {
  readonly model: string;
  readonly columns: TextColumns;
  /** Time on test; or `lower` and `upper`: empty lower = failed by upper, empty upper = alive at lower, equal = failed there. */
  readonly duration?: string;
  readonly lower?: string;
  readonly upper?: string;
  /** Absent: every duration is a failure. */
  readonly event?: string;
  readonly eventValue?: string;
  readonly entry?: string;
  readonly weights?: string;
  readonly covariates?: readonly string[];
  readonly strata?: string;
  readonly ties?: Ties;
  readonly conf?: Band;
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
}

interface CurveTable {
  readonly times: readonly number[];
  readonly at_risk: readonly number[];
  readonly events: readonly number[];
  readonly survival: readonly number[];
  readonly std_error: readonly (number | null)[];
  readonly lower: readonly (number | null)[];
  readonly upper: readonly (number | null)[];
}

/** The JSON of a Kaplan–Meier curve; with strata, one curve a value in `strata`. */
export type CurveResult = { readonly model: "km"; readonly n: number; readonly omitted: number } & (
  | CurveTable
  | { readonly strata: Readonly<Record<string, CurveTable>> }
);

/**
 * Fits one survival model to columns of text: what `trivium survival --json` prints.
 * @throws InputError unknown-model, unknown-column, not-a-number, event-value-needed, no-events, separation, singular-design, …
 */
export function fitSurvival(request: SurvivalRequest): RegressionResult | CurveResult {
  const rows = usableRows(request);
  if (request.model === "km") return curve(request, rows);
  if (request.model === "cox") return cox(request, rows);
  const fitter = fitterOf(request.model);
  if (fitter) return parametric(request, rows, fitter);
  throw new InputError(
    "unknown-model",
    `there is no model ${request.model}. Maybe one of ${SURVIVAL_MODELS.join(", ")}`,
    { values: { model: request.model } },
  );
}

function usableRows(request: SurvivalRequest): number[] {
  const needed = [
    request.duration,
    request.event,
    request.entry,
    request.weights,
    request.strata,
    ...(request.covariates ?? []),
  ];
  const cells = needed.filter((name) => name !== undefined).map((name) => columnOf(request.columns, name));
  const length = columnOf(request.columns, request.duration ?? request.lower ?? missingTime()).length;
  const rows = Array.from({ length }, (_, row) => row).filter((row) =>
    cells.every((column) => !isMissing(column[row])),
  );
  if (rows.length > 0) return rows;
  throw new InputError(
    "no-lives",
    `none of the ${length} rows has a value in every column that is used. Maybe a column is empty`,
    { values: { rows: length } },
  );
}

function missingTime(): never {
  throw new InputError(
    "time-column-needed",
    "no time column was named. Maybe --duration COL, or --lower COL --upper COL",
  );
}

function curve(request: SurvivalRequest, rows: readonly number[]): CurveResult {
  const lives = exactLives(request, rows, "km");
  const draw = (which: number[]) => tableOf(kaplanMeier(pick(lives, which), request.conf ?? "log"));
  const head = {
    model: "km" as const,
    n: lives.weight.reduce((sum, each) => sum + each, 0),
    omitted: omitted(request, rows),
  };
  if (request.strata === undefined) return { ...head, ...draw(rows.map((_, i) => i)) };
  const cells = columnOf(request.columns, request.strata);
  const strata: Record<string, CurveTable> = {};
  for (const value of [...new Set(rows.map((row) => cells[row].trim()))].sort(byNumberThenText))
    strata[value] = draw(rows.flatMap((row, i) => (cells[row].trim() === value ? [i] : [])));
  return { ...head, strata };
}

interface ExactLives {
  readonly exit: Float64Array;
  readonly observed: Uint8Array;
  readonly entry: Float64Array | undefined;
  readonly weight: Float64Array;
}

/** Durations with failed or not: what Kaplan–Meier and Cox take. */
function exactLives(request: SurvivalRequest, rows: readonly number[], model: string): ExactLives {
  if (request.duration === undefined)
    throw new InputError(
      "duration-needed",
      `${model} needs --duration: it takes exact and right-censored times only. Maybe a parametric model, which takes --lower and --upper`,
      { values: { model } },
    );
  return {
    exit: numbersOf(request.columns, request.duration, rows),
    observed:
      request.event === undefined
        ? new Uint8Array(rows.length).fill(1)
        : eventsOf(request.columns, request.event, rows, request.eventValue),
    entry: request.entry === undefined ? undefined : numbersOf(request.columns, request.entry, rows),
    weight: weightsOf(request, rows),
  };
}

const pick = (lives: ExactLives, which: readonly number[]): ExactLives => ({
  exit: Float64Array.from(which, (i) => lives.exit[i]),
  observed: Uint8Array.from(which, (i) => lives.observed[i]),
  entry: lives.entry && Float64Array.from(which, (i) => (lives.entry as Float64Array)[i]),
  weight: Float64Array.from(which, (i) => lives.weight[i]),
});

function weightsOf(request: SurvivalRequest, rows: readonly number[]): Float64Array {
  return request.weights === undefined
    ? new Float64Array(rows.length).fill(1)
    : numbersOf(request.columns, request.weights, rows);
}

function tableOf(each: SurvivalCurve): CurveTable {
  const orNull = (values: Float64Array) => Array.from(values, (value) => (Number.isNaN(value) ? null : value));
  return {
    times: Array.from(each.times),
    at_risk: Array.from(each.atRisk),
    events: Array.from(each.events),
    survival: Array.from(each.survival),
    std_error: orNull(each.stdError),
    lower: orNull(each.lower),
    upper: orNull(each.upper),
  };
}

function cox(request: SurvivalRequest, rows: readonly number[]): RegressionResult {
  const lives = exactLives(request, rows, "cox");
  const design = designOf(request.columns, request.covariates ?? [], rows);
  if (design.names.length === 0)
    throw new InputError(
      "covariates-needed",
      "a Cox model without covariates estimates nothing. Maybe --covariates a,b, or --model km",
      {},
    );
  const cells = request.strata === undefined ? undefined : columnOf(request.columns, request.strata);
  const levels = cells ? [...new Set(rows.map((row) => cells[row].trim()))] : [];
  const ties = request.ties ?? "efron";
  const fit = fitCox(
    {
      n: rows.length,
      ...lives,
      entry: lives.entry ?? new Float64Array(rows.length).fill(-Infinity),
      stratum: Int32Array.from(rows, (row) => (cells ? levels.indexOf(cells[row].trim()) : 0)),
      columns: design.names.length,
      design: design.values,
    },
    ties,
    design.names,
  );
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
  };
}

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

function observationsOf(request: SurvivalRequest, rows: readonly number[], design: Design): Observations {
  const n = rows.length;
  const base = {
    n,
    entry: request.entry === undefined ? new Float64Array(n) : numbersOf(request.columns, request.entry, rows),
    weight: weightsOf(request, rows),
    columns: design.names.length,
    design: design.values,
  };
  if (request.duration !== undefined) {
    const { exit, observed } = exactLives(request, rows, request.model);
    return { ...base, kind: observed.map((each) => (each === 1 ? EXACT : RIGHT)), lower: exit, upper: exit };
  }
  return { ...base, ...intervalsOf(request, rows) };
}

function intervalsOf(
  request: SurvivalRequest,
  rows: readonly number[],
): Pick<Observations, "kind" | "lower" | "upper"> {
  if (request.lower === undefined || request.upper === undefined) missingTime();
  const side = (name: string, open: number) => {
    const cells = columnOf(request.columns, name);
    const isOpen = (cell: string) => isMissing(cell) || /^[+-]?inf(inity)?$/i.test(cell.trim());
    return Float64Array.from(rows, (row) => (isOpen(cells[row]) ? open : numbersOf(request.columns, name, [row])[0]));
  };
  const lower = side(request.lower, 0);
  const upper = side(request.upper, Infinity);
  const kind = Uint8Array.from(rows, (_, i) =>
    upper[i] === Infinity ? RIGHT : lower[i] === upper[i] ? EXACT : lower[i] <= 0 ? LEFT : INTERVAL,
  );
  return { kind, lower, upper };
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

const omitted = (request: SurvivalRequest, rows: readonly number[]): number =>
  columnOf(request.columns, request.duration ?? request.lower ?? missingTime()).length - rows.length;

const byNumberThenText = (a: string, b: string): number => Number(a) - Number(b) || (a < b ? -1 : 1);
