import { strataOf } from "./columns.ts";
import { type Band, hazardLimits95 } from "./confidence.ts";
import { kaplanMeier, type SurvivalCurve } from "./kaplan-meier.ts";
import { type RankTest, rankTest } from "./rank-tests.ts";
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
  readonly cumulative_hazard_lower: readonly (number | null)[];
  readonly cumulative_hazard_upper: readonly (number | null)[];
}

/** Failures by stratum, in the order of `strata`; null where the strata cannot be compared. */
interface RankTestTable {
  readonly chisq: number | null;
  readonly df: number;
  readonly p: number | null;
  readonly observed: readonly number[];
  readonly expected: readonly number[];
}

/** The JSON of a Kaplan–Meier curve; with strata, one curve a value in `strata`, and tests whether they differ. */
export type CurveResult = { readonly model: "km"; readonly n: number; readonly omitted: number } & (
  | CurveTable
  | {
      readonly strata: Readonly<Record<string, CurveTable>>;
      readonly tests: { readonly logrank: RankTestTable; readonly peto: RankTestTable };
    }
);

/** Kaplan–Meier and Nelson–Aalen curves. */
export function curveResult(request: SurvivalRequest, rows: readonly number[]): CurveResult {
  const lives = exactLives(request, rows);
  const band = request.conf ?? "log";
  const draw = (which: number[]) => tableOf(kaplanMeier(pick(lives, which), band), band);
  const head = {
    model: "km" as const,
    n: lives.weight.reduce((sum, each) => sum + each, 0),
    omitted: omitted(request, rows),
  };
  if (request.strata === undefined) return { ...head, ...draw(rows.map((_, i) => i)) };
  const { levels, level } = strataOf(request.columns, request.strata, rows);
  const strata = Object.fromEntries(
    levels.map((value, g) => [value, draw(rows.flatMap((_, i) => (level[i] === g ? [i] : [])))]),
  );
  const test = (rho: 0 | 1) => testTable(rankTest(lives, level, levels.length, rho));
  return { ...head, strata, tests: { logrank: test(0), peto: test(1) } };
}

const pick = (lives: ExactLives, which: readonly number[]): ExactLives => ({
  exit: Float64Array.from(which, (i) => lives.exit[i]),
  observed: Uint8Array.from(which, (i) => lives.observed[i]),
  entry: lives.entry && Float64Array.from(which, (i) => (lives.entry as Float64Array)[i]),
  weight: Float64Array.from(which, (i) => lives.weight[i]),
});

function testTable(test: RankTest): RankTestTable {
  const comparable = !Number.isNaN(test.chisq);
  return {
    chisq: comparable ? test.chisq : null,
    df: test.df,
    p: comparable ? test.p : null,
    observed: Array.from(test.observed),
    expected: Array.from(test.expected),
  };
}

function tableOf(each: SurvivalCurve, band: Band): CurveTable {
  const orNull = (values: ArrayLike<number>) => Array.from(values, (value) => (Number.isNaN(value) ? null : value));
  const hazard = Array.from(each.cumulativeHazard, (value, k) =>
    hazardLimits95(value, each.cumulativeHazardSe[k], band),
  );
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
    cumulative_hazard_lower: orNull(hazard.map(([low]) => low)),
    cumulative_hazard_upper: orNull(hazard.map(([, high]) => high)),
  };
}
