import { columnOf } from "./columns.ts";
import { kaplanMeier, type SurvivalCurve } from "./kaplan-meier.ts";
import { type ExactLives, exactLives, omitted, type SurvivalRequest } from "./request.ts";

interface CurveTable {
  readonly times: readonly number[];
  readonly at_risk: readonly number[];
  readonly events: readonly number[];
  readonly survival: readonly number[];
  readonly std_error: readonly (number | null)[];
  readonly lower: readonly (number | null)[];
  readonly upper: readonly (number | null)[];
  readonly cumulative_hazard: readonly number[];
  readonly cumulative_hazard_se: readonly number[];
}

/** The JSON of a Kaplan–Meier curve; with strata, one curve a value in `strata`. */
export type CurveResult = { readonly model: "km"; readonly n: number; readonly omitted: number } & (
  | CurveTable
  | { readonly strata: Readonly<Record<string, CurveTable>> }
);

/** Kaplan–Meier and Nelson–Aalen curves. */
export function curveResult(request: SurvivalRequest, rows: readonly number[]): CurveResult {
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

const pick = (lives: ExactLives, which: readonly number[]): ExactLives => ({
  exit: Float64Array.from(which, (i) => lives.exit[i]),
  observed: Uint8Array.from(which, (i) => lives.observed[i]),
  entry: lives.entry && Float64Array.from(which, (i) => (lives.entry as Float64Array)[i]),
  weight: Float64Array.from(which, (i) => lives.weight[i]),
});

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
    cumulative_hazard: Array.from(each.cumulativeHazard),
    cumulative_hazard_se: Array.from(each.cumulativeHazardSe),
  };
}

const byNumberThenText = (a: string, b: string): number => Number(a) - Number(b) || (a < b ? -1 : 1);
