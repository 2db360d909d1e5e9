import { DAYS_PER_YEAR, type DecisionsOf } from "@trivium/model";
import { ForecastHistory } from "../forecast/forecast.ts";
import { round } from "../plan/outlook.ts";
import { FAILED, NEVER, type Register } from "../register/register.ts";
import { calibrationMeasures, concordanceOf, type Measure, rankingMeasures } from "./measures.ts";
import { type Outcomes, outcomesOf } from "./outcomes.ts";
import { type Method, type Scored, scoresAt } from "./scores.ts";
import { shrunkRates } from "./shrinkage.ts";

type BacktestRow = DecisionsOf["facilities"]["backtest"][number];

/** Fewer failures than this inside all windows tell nothing: only their number is reported. */
export const FEW_FAILURES = 30;
const ORIGINS = 3;
const WINDOWS_YEARS = [5, 3, 1] as const;
const METHODS: readonly Method[] = ["trivium", "oldest first", "past service life", "most work orders"];

/**
 * Forecasts of the past: for up to three origins (the last windows that had ended by `asOfDay`, side by side), fit to what was known at the origin, forecast
 * the window, compare with what happened. The window is 5 years, or shorter where the register is younger than three of them.
 * Rows by origin, and `all` over all origins; slices: all, tenths of the forecast chance, and (over all origins) schools, pulled to the district where they are
 * small. Under 30 failures it claims nothing.
 *
 * @param budgetShareAYear share of the assets (by cost) that a year's budgets replace: the list that there is money for. 0 = unknown
 */
export function backtest(
  register: Register,
  asOfDay: number,
  history: ForecastHistory = new ForecastHistory(register),
  budgetShareAYear = 0,
): BacktestRow[] {
  const windowYears = windowFor(register, asOfDay);
  if (windowYears === 0)
    return [{ origin: "all", horizon_years: 0, method: "trivium", slice: "all", measure: "failures", value: 0 }];
  const parts = originsOf(register, asOfDay, windowYears).map((originDay) => {
    const outcomes = outcomesOf(register, originDay, windowYears);
    return { originDay, outcomes, scored: scoresAt(register, history.on(originDay), windowYears, outcomes) };
  });
  const failures = parts.reduce(
    (sum, { outcomes }) => sum + outcomes.failed.reduce((count, each) => count + each, 0),
    0,
  );
  const row =
    (origin: string, method: string, slice: string) =>
    (each: Measure): BacktestRow => ({
      origin,
      horizon_years: windowYears,
      method,
      slice,
      measure: each.measure,
      ...finite("value", each.value),
      ...finite("low", each.low),
      ...finite("high", each.high),
    });
  if (failures < FEW_FAILURES) return [row("all", "trivium", "all")({ measure: "failures", value: failures })];
  const budgetShare = Math.min(1, budgetShareAYear * windowYears);
  const all = pooled(parts);
  const rows = parts.length > 1 ? rowsOf(all, "all", row, budgetShare) : [];
  rows.push(
    ...schoolMeasures(register, all).flatMap(({ slice, measures }) => measures.map(row("all", "trivium", slice))),
  );
  for (const part of parts) rows.push(...rowsOf(part, dateOf(part.originDay), row, budgetShare));
  return rows;
}

/** Expected and observed failures by school, and their ratio pulled to the district's as far as a small school says little. */
function schoolMeasures(register: Register, { outcomes, scored }: Part): { slice: string; measures: Measure[] }[] {
  const observed = new Float64Array(register.schoolIds.length);
  const expected = new Float64Array(register.schoolIds.length);
  outcomes.asset.forEach((asset, i) => {
    observed[register.school[asset]] += outcomes.failed[i];
    expected[register.school[asset]] += scored.expected[i];
  });
  const rates = shrunkRates(observed, expected);
  return register.schoolIds.map((id, s) => ({
    slice: `school ${id}`,
    measures: [
      { measure: "expected failures", value: expected[s] },
      { measure: "failures", value: observed[s] },
      { measure: "observed over expected", ...rates[s] },
    ],
  }));
}

interface Part {
  readonly outcomes: Outcomes;
  readonly scored: Scored;
}

type RowMaker = (origin: string, method: string, slice: string) => (each: Measure) => BacktestRow;

function rowsOf({ outcomes, scored }: Part, origin: string, row: RowMaker, budgetShare: number): BacktestRow[] {
  const ranked = Array.from(outcomes.cutShort, (_, i) => i).filter((i) => outcomes.cutShort[i] === 0);
  const failed = ranked.map((i) => outcomes.failed[i]);
  const keep = outcomes.cutShort.map((each) => 1 - each);
  return [
    ...calibrationMeasures(scored.chance, scored.expected, outcomes.failed, keep).map(row(origin, "trivium", "all")),
    ...METHODS.flatMap((method) => {
      const scores = ranked.map((i) => scored.scores[method][i]);
      return [
        ...rankingMeasures(scores, failed),
        concordanceOf(outcomes.observedYears, outcomes.failed, scored.scores[method]),
        ...(budgetShare > 0 ? atBudget(scores, failed, budgetShare) : []),
      ].map(row(origin, method, "all"));
    }),
    ...tenths(outcomes, scored).flatMap(({ slice, measures }) => measures.map(row(origin, "trivium", slice))),
  ];
}

/** Sensitivity and precision of the list that the budgets can pay for. */
function atBudget(scores: readonly number[], failed: readonly number[], share: number): Measure[] {
  const found = rankingMeasures(scores, failed, share).filter(({ measure }) => /sensitivity|precision$/.test(measure));
  return [
    { measure: "budget list share", value: share },
    ...found
      .filter(({ measure }) => measure !== "average precision")
      .map((each) => ({ ...each, measure: `${each.measure} at budget` })),
  ];
}

/** Expected and observed failures by tenth of the forecast chance, lowest first. */
function tenths({ failed }: Outcomes, { chance, expected }: Scored): { slice: string; measures: Measure[] }[] {
  const order = Array.from(chance, (_, i) => i).sort((a, b) => chance[a] - chance[b] || a - b);
  return Array.from({ length: 10 }, (_, tenth) => {
    const members = order.slice(Math.floor((tenth * order.length) / 10), Math.floor(((tenth + 1) * order.length) / 10));
    const total = (values: ArrayLike<number>) => members.reduce((sum, i) => sum + values[i], 0);
    return {
      slice: `tenth ${tenth + 1}`,
      measures: [
        { measure: "expected failures", value: total(expected) },
        { measure: "failures", value: total(failed) },
      ],
    };
  });
}

function pooled(parts: readonly Part[]): Part {
  const joinF = (pick: (part: Part) => Float64Array) =>
    Float64Array.from(parts.flatMap((part) => Array.from(pick(part))));
  const joinB = (pick: (part: Part) => Uint8Array) => Uint8Array.from(parts.flatMap((part) => Array.from(pick(part))));
  return {
    outcomes: {
      asset: Int32Array.from(parts.flatMap((part) => Array.from(part.outcomes.asset))),
      failed: joinB((part) => part.outcomes.failed),
      cutShort: joinB((part) => part.outcomes.cutShort),
      observedYears: joinF((part) => part.outcomes.observedYears),
    },
    scored: {
      scores: Object.fromEntries(
        METHODS.map((method) => [method, joinF((part) => part.scored.scores[method])]),
      ) as Scored["scores"],
      chance: joinF((part) => part.scored.chance),
      expected: joinF((part) => part.scored.expected),
    },
  };
}

/** Years of history with removals: from the first one known to `asOfDay`; the longest window that fits three times, or once. */
function windowFor(register: Register, asOfDay: number): number {
  let first = NEVER;
  for (let a = 0; a < register.removedDay.length; a++)
    if (register.removal[a] === FAILED && register.removedDay[a] <= asOfDay)
      first = Math.min(first, register.removedDay[a]);
  if (first === NEVER) return 0;
  const history = (asOfDay - first) / DAYS_PER_YEAR;
  return WINDOWS_YEARS.find((years) => history >= years * 2) ?? 0;
}

/** Origins whose windows end by `asOfDay` and lie side by side; each leaves at least one window of history before it. */
function originsOf(register: Register, asOfDay: number, windowYears: number): number[] {
  let first = NEVER;
  for (let a = 0; a < register.removedDay.length; a++)
    if (register.removal[a] === FAILED) first = Math.min(first, register.removedDay[a]);
  return Array.from({ length: ORIGINS }, (_, k) => Math.round(asOfDay - (k + 1) * windowYears * DAYS_PER_YEAR)).filter(
    (day, k) => k === 0 || day - first >= windowYears * DAYS_PER_YEAR * 0.5,
  );
}

const dateOf = (day: number): string => new Date(day * 86_400_000).toISOString().slice(0, 10);

const finite = (name: string, value: number | undefined): Record<string, number> =>
  value !== undefined && Number.isFinite(value) ? { [name]: round(value, 6) } : {};
