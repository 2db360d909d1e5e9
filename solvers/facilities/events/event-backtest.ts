import { DAYS_PER_YEAR, InputError, type ModelCard } from "@trivium/model";
import { calibrationMeasures, concordanceOf, LIST_SHARE, type Measure, rankingMeasures } from "../backtest/measures.ts";
import { shrunkRates } from "../backtest/shrinkage.ts";
import { type EventForecast, forecastEvents, outcomesIn } from "./event-forecast.ts";
import { type EventRegister, type EventTables, readEventRegister } from "./event-register.ts";
import { eventsUntil } from "./features.ts";

/** Windows to look back on: each origin is the day the forecast knew. */
export interface BacktestRequest {
  readonly originDays: readonly number[];
  readonly years: number;
  readonly listShare?: number;
  /** Records are complete to this day; absent: the last event, and half a year of silence after it is believed. */
  readonly recordsToDay?: number;
}

/** One unit of one origin: its chance, what the baselines say, and what happened. */
interface ScoredUnit {
  readonly origin: string;
  readonly unit_id: string;
  readonly age_years: number;
  readonly events_before: number;
  readonly chance: number;
  readonly rank: number;
  readonly happened: 0 | 1;
}

export interface EventBacktest {
  readonly card: ModelCard;
  readonly scores: readonly ScoredUnit[];
}

type Figure = ModelCard["backtest"]["figures"][number];

const FEW_FAILURES = 30;
const SILENCE_DAYS = 183;

/**
 * Register + events → features as of each origin → chance of an event within the window → score against what happened, beside oldest first and most events.
 * Under 30 units with an event over all windows the card claims nothing.
 * @throws InputError as `readEventRegister`, window-not-ended, history-too-short
 */
export function backtestEvents(tables: EventTables, request: BacktestRequest): EventBacktest {
  const register = readEventRegister(tables);
  const windows = request.originDays.map((day) => windowOn(register, day, request));
  const failures = windows.reduce((sum, { outcome }) => sum + outcome.reduce((count, each) => count + each, 0), 0);
  const enough = failures >= FEW_FAILURES;
  const listShare = request.listShare ?? LIST_SHARE;
  const figures = enough ? windows.flatMap((window) => figuresOf(register, window, request.years, listShare)) : [];
  return {
    card: cardOf(tables, register, request, windows, figures, failures, listShare),
    scores: windows.flatMap((window) => scoresOf(register, window)),
  };
}

interface Window {
  readonly day: number;
  readonly forecast: EventForecast;
  readonly outcome: Uint8Array;
}

function windowOn(register: EventRegister, day: number, { years, recordsToDay }: BacktestRequest): Window {
  const end = day + years * DAYS_PER_YEAR;
  const known = recordsToDay ?? register.lastEventDay + SILENCE_DAYS;
  if (end > known + 1)
    throw new InputError(
      "window-not-ended",
      `the window of ${years} years from ${isoOf(day)} ends on ${isoOf(end)}, but the last event is of ${isoOf(register.lastEventDay)}. Maybe an earlier --origin, fewer --years, or --records-to if nothing happened since`,
      { values: { origin: isoOf(day), years } },
    );
  const forecast = forecastEvents(register, day, years);
  return { day, forecast, outcome: outcomesIn(register, forecast.snapshot.unit, day, years) };
}

function figuresOf(
  register: EventRegister,
  { day, forecast, outcome }: Window,
  years: number,
  listShare: number,
): Figure[] {
  const { snapshot, chance } = forecast;
  const all = new Uint8Array(outcome.length).fill(1);
  const first = firstEventYears(register, snapshot.unit, day, years);
  const figure =
    (method: string, slice: string) =>
    ({ measure, value, low, high }: Measure): Figure => ({
      origin: isoOf(day),
      horizon_years: years,
      method,
      slice,
      measure,
      ...finite({ value, low, high }),
    });
  const methods = { trivium: chance, "oldest first": snapshot.ageYears, "most work orders": snapshot.events };
  const order = Array.from(chance.keys()).sort((a, b) => chance[a] - chance[b] || a - b);
  const tenths = Array.from({ length: 10 }, (_, t) =>
    order.slice(Math.floor((t * order.length) / 10), Math.floor(((t + 1) * order.length) / 10)),
  );
  const sum = (rows: readonly number[], values: ArrayLike<number>) => rows.reduce((total, i) => total + values[i], 0);
  return [
    ...calibrationMeasures(chance, chance, outcome, all).map(figure("trivium", "all")),
    ...Object.entries(methods).flatMap(([method, score]) =>
      [...rankingMeasures(score, outcome, listShare), concordanceOf(first, outcome, score)].map(figure(method, "all")),
    ),
    ...tenths.flatMap((rows, t) =>
      [
        { measure: "expected failures", value: sum(rows, chance) },
        { measure: "failures", value: sum(rows, outcome) },
      ].map(figure("trivium", `tenth ${t + 1}`)),
    ),
    ...groupFigures(register, snapshot.unit, chance, outcome).map(({ slice, ...each }) =>
      figure("trivium", slice)(each),
    ),
  ];
}

/** Expected over observed by group, pulled to the whole where a group is small. */
function groupFigures(register: EventRegister, unit: Int32Array, chance: Float64Array, outcome: Uint8Array) {
  const expected = new Float64Array(register.groups.length);
  const observed = new Float64Array(register.groups.length);
  if (register.groups.length < 2) return [];
  unit.forEach((u, i) => {
    expected[register.group[u]] += chance[i];
    observed[register.group[u]] += outcome[i];
  });
  return shrunkRates(observed, expected).flatMap((rate, g) => [
    { slice: `group ${register.groups[g]}`, measure: "failures", value: observed[g] },
    { slice: `group ${register.groups[g]}`, measure: "expected failures", value: expected[g] },
    { slice: `group ${register.groups[g]}`, measure: "observed over expected", ...rate },
  ]);
}

/** Years from the origin to the first event, or to the end of the window. */
function firstEventYears(register: EventRegister, unit: Int32Array, day: number, years: number): Float64Array {
  return Float64Array.from(unit, (u) => {
    const next = register.starts[u] + countBefore(register, u, day);
    const at = next < register.starts[u + 1] ? (register.eventDay[next] - day) / DAYS_PER_YEAR : Infinity;
    return Math.min(at, years);
  });
}

function countBefore(register: EventRegister, u: number, day: number): number {
  let count = 0;
  while (register.starts[u] + count < register.starts[u + 1] && register.eventDay[register.starts[u] + count] <= day)
    count++;
  return count;
}

function scoresOf(register: EventRegister, { day, forecast, outcome }: Window): ScoredUnit[] {
  const { snapshot, chance } = forecast;
  const order = Array.from(chance.keys()).sort((a, b) => chance[b] - chance[a] || a - b);
  return order.map((i, at) => ({
    origin: isoOf(day),
    unit_id: register.ids[snapshot.unit[i]],
    age_years: round(snapshot.ageYears[i], 3),
    events_before: eventsUntil(register, snapshot.unit[i], day),
    chance: round(chance[i], 6),
    rank: at + 1,
    happened: outcome[i] as 0 | 1,
  }));
}

function cardOf(
  tables: EventTables,
  register: EventRegister,
  { originDays, years }: BacktestRequest,
  windows: readonly Window[],
  figures: readonly Figure[],
  failures: number,
  listShare: number,
): ModelCard {
  const auc = (method: string) =>
    figures
      .filter((each) => each.method === method && each.slice === "all" && each.measure === "auc")
      .map((each) => each.value ?? 0);
  const mean = (values: readonly number[]) => values.reduce((sum, each) => sum + each, 0) / Math.max(1, values.length);
  const ours = mean(auc("trivium"));
  const best = Math.max(mean(auc("oldest first")), mean(auc("most work orders")));
  return {
    forecast: `chance of an event within ${years} years, for every unit that stood on the origin`,
    as_of_date: isoOf(Math.max(...originDays)),
    data: {
      units: register.ids.length,
      events: register.eventDay.length,
      records_from: isoOf(register.recordsFromDay),
      last_event: isoOf(register.lastEventDay),
      ...Object.fromEntries(register.notes.map(({ code, rows }) => [code, rows])),
    },
    basis: { "own history": windows.length > 0 ? windows[windows.length - 1].outcome.length : 0 },
    method: [
      "Weibull regression of the age at the first recorded event, with delayed entry where records begin mid-life",
      "power-law repair process with covariates and gamma frailty; each unit's own rate by empirical Bayes",
      "logistic stack of both with age, as-built columns and dated history, taught on windows that had ended by the origin",
      "Platt calibration on the latest of those windows, held out by unit",
    ],
    inputs: [
      ...tables.asBuilt.map((name) => ({ name, known_from: "installation" })),
      ...tables.dated.map(({ value, date }) => ({ name: value, known_from: `its date in ${date}` })),
      { name: "age", known_from: "installation" },
      { name: "earlier events", known_from: "their own dates" },
    ],
    priors: [],
    backtest: {
      origins: originDays.map(isoOf),
      horizon_years: years,
      failures,
      list_share: listShare,
      figures: [...figures],
    },
    reporting: [],
    verdict:
      failures < FEW_FAILURES
        ? `${failures} units had an event in these windows, under ${FEW_FAILURES}: the history is too short to tell whether the forecast is any good`
        : ours > best
          ? `ranks better than oldest first and than most work orders (AUC ${ours.toFixed(3)} against ${best.toFixed(3)})`
          : `does not rank better than the best baseline (AUC ${ours.toFixed(3)} against ${best.toFixed(3)}): do not use it`,
    limits: [
      ...register.notes.map(({ message }) => message),
      "a register of today holds survivors: units that were replaced are missing, and their events with them",
      "as-built columns are taken as they stand in the register: a column that was corrected later knows more than the origin did",
    ],
  };
}

const isoOf = (day: number): string => new Date(Math.round(day) * 86_400_000).toISOString().slice(0, 10);
const round = (value: number, digits: number): number => Math.round(value * 10 ** digits) / 10 ** digits;
const finite = (values: Record<string, number | undefined>): Record<string, number> =>
  Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) =>
      value !== undefined && Number.isFinite(value) ? [[name, round(value, 6)] as const] : [],
    ),
  );
