import { InputError } from "@trivium/model";
import { designOf, strataOf } from "./columns.ts";
import { limits95 } from "./confidence.ts";
import { type EventHistories, meanCumulative } from "./mean-cumulative.ts";
import { fitRepairProcess } from "./repair-process.ts";
import { exactLives, omitted, type SurvivalRequest } from "./request.ts";
import { laplaceTrend } from "./trend.ts";

/** The JSON of a mean cumulative function with the test whether the rate of events changes with age. */
export interface RecurrentResult {
  readonly model: "mcf";
  readonly n: number;
  readonly events: number;
  readonly omitted: number;
  readonly times: readonly number[];
  readonly at_risk: readonly number[];
  readonly event_counts: readonly number[];
  readonly mean: readonly number[];
  readonly std_error: readonly number[];
  readonly lower: readonly (number | null)[];
  readonly upper: readonly (number | null)[];
  readonly trend: { readonly z: number | null; readonly p: number | null };
}

/**
 * The JSON of a power-law repair process: expected events by age t = exp((Intercept) + x β) t^growth, times a frailty of variance
 * `frailty_variance`. `vcov` is that of (Intercept), covariates, Log(growth).
 */
export interface RepairResult {
  readonly model: "power-law";
  readonly n: number;
  readonly events: number;
  readonly omitted: number;
  readonly loglik: number;
  readonly aic: number;
  readonly coefficients: Readonly<Record<string, { readonly estimate: number; readonly se: number }>>;
  readonly growth: number;
  readonly frailty_variance: number;
  readonly vcov: readonly (readonly number[])[];
  readonly vcov_order: readonly string[];
  readonly trend: { readonly z: number | null; readonly p: number | null };
}

/** @throws InputError id-needed, strata-not-supported, covariates-not-supported, weights-not-supported, event-outside-window */
export function recurrentResult(request: SurvivalRequest, rows: readonly number[]): RecurrentResult {
  if (request.covariates?.length)
    throw new InputError(
      "covariates-not-supported",
      "a mean cumulative function has no covariates. Maybe --model power-law, or leave out --covariates",
      { path: request.covariates[0] },
    );
  const { histories } = historiesOf(request, rows);
  const curve = meanCumulative(histories);
  const orNull = (value: number) => (Number.isNaN(value) ? null : value);
  const limits = Array.from(curve.mean, (mean, k) => limitsOf(mean, curve.stdError[k]));
  return {
    model: "mcf",
    n: histories.from.length,
    events: histories.age.length,
    omitted: omitted(request, rows),
    times: Array.from(curve.times),
    at_risk: Array.from(curve.atRisk),
    event_counts: Array.from(curve.events),
    mean: Array.from(curve.mean),
    std_error: Array.from(curve.stdError),
    lower: limits.map(([low]) => orNull(low)),
    upper: limits.map(([, high]) => orNull(high)),
    trend: trendOf(histories),
  };
}

/** 95 % limits M exp(±z se/M), which stay above 0: those of exp(−M) on the log-log scale. A mean of 0 has none. */
function limitsOf(mean: number, se: number): readonly [low: number, high: number] {
  if (mean === 0) return [Number.NaN, Number.NaN];
  const [low, high] = limits95(Math.exp(-mean), se, "log-log");
  return [-Math.log(high), -Math.log(low)];
}

/** @throws InputError as `recurrentResult`, no-events, singular-design, no-maximum */
export function repairResult(request: SurvivalRequest, rows: readonly number[]): RepairResult {
  const { histories, firstRow } = historiesOf(request, rows);
  const design = designOf(request.columns, request.covariates ?? [], firstRow);
  const units = histories.from.length;
  const events = new Float64Array(units);
  const logAges = new Float64Array(units);
  histories.unit.forEach((u, k) => {
    events[u]++;
    logAges[u] += Math.log(histories.age[k]);
  });
  const { from, to } = histories;
  const input = { from, to, events, logAges, columns: design.names.length, design: design.values };
  const fit = fitRepairProcess(input, { frailty: true });
  const order = ["(Intercept)", ...design.names, "Log(growth)"];
  const size = order.length;
  const se = (j: number) => Math.sqrt(fit.covariance[j * size + j]);
  const frail = Number.isFinite(fit.frailtyShape);
  return {
    model: "power-law",
    n: units,
    events: histories.age.length,
    omitted: omitted(request, rows),
    loglik: fit.loglik,
    aic: 2 * (size + (frail ? 1 : 0)) - 2 * fit.loglik,
    coefficients: Object.fromEntries(order.map((name, j) => [name, { estimate: fit.theta[j], se: se(j) }])),
    growth: Math.exp(fit.theta[size - 1]),
    frailty_variance: frail ? 1 / fit.frailtyShape : 0,
    vcov: order.map((_, i) => Array.from(fit.covariance.subarray(i * size, (i + 1) * size))),
    vcov_order: order,
    trend: trendOf(histories),
  };
}

function trendOf(histories: EventHistories): RecurrentResult["trend"] {
  const { z, p } = laplaceTrend(histories);
  return Number.isFinite(z) ? { z, p } : { z: null, p: null };
}

/**
 * Rows by unit: an event at its age, or the end of the observation (event 0). A unit is watched from its least entry (0 without one)
 * to its last row.
 */
function historiesOf(
  request: SurvivalRequest,
  rows: readonly number[],
): { readonly histories: EventHistories; readonly firstRow: readonly number[] } {
  const { model } = request;
  if (request.id === undefined)
    throw new InputError("id-needed", `${model} needs to know which rows are one unit. Maybe --id COL`, {});
  for (const [option, name] of [
    ["strata", request.strata],
    ["weights", request.weights],
  ] as const)
    if (name !== undefined)
      throw new InputError(
        `${option}-not-supported`,
        `${model} takes no ${option}. Maybe leave out --${option} ${name}`,
        {
          path: name,
        },
      );
  const { level, levels } = strataOf(request.columns, request.id, rows);
  const lives = exactLives(request, rows);
  const from = new Float64Array(levels.length).fill(request.entry === undefined ? 0 : Infinity);
  const to = new Float64Array(levels.length);
  const firstRow = new Array<number>(levels.length).fill(-1);
  rows.forEach((row, i) => {
    const u = level[i];
    if (lives.entry) from[u] = Math.min(from[u], lives.entry[i]);
    to[u] = Math.max(to[u], lives.exit[i]);
    if (firstRow[u] < 0) firstRow[u] = row;
  });
  const happened = rows.flatMap((_, i) => (lives.observed[i] === 1 ? [i] : []));
  const wrong = rows.findIndex((_, i) => !(lives.exit[i] > from[level[i]]) && lives.observed[i] === 1);
  if (wrong >= 0)
    throw new InputError(
      "event-outside-window",
      `row ${rows[wrong] + 2}: an event at ${lives.exit[wrong]}, when unit ${levels[level[wrong]]} is watched from ${from[level[wrong]]} on. Maybe the entry is wrong, or the event came on the first day: give it a small age`,
      { path: request.duration, values: { row: rows[wrong] + 2, value: lives.exit[wrong] } },
    );
  return {
    histories: {
      from,
      to,
      unit: Int32Array.from(happened, (i) => level[i]),
      age: Float64Array.from(happened, (i) => lives.exit[i]),
    },
    firstRow,
  };
}
