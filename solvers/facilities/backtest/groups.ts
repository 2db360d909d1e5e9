import type { DecisionsOf } from "@trivium/model";
import { round } from "../plan/outlook.ts";
import { shrunkRates } from "./shrinkage.ts";

type BacktestRows = DecisionsOf["facilities"]["backtest"];

/** The values of one group column, each with the share that it has of every school; undefined where it is too small to have figures. */
export interface GroupShares {
  readonly column: string;
  readonly values: readonly { readonly value: string; readonly shares: ReadonlyMap<string, number> | undefined }[];
}

/** Observed over expected failures by group, from the rows of the schools, pulled to the district where a group is small. Rates alone. */
export function groupBacktest(backtest: BacktestRows, columns: readonly GroupShares[]): BacktestRows {
  const bySchool = (measure: string) =>
    new Map(
      backtest
        .filter((row) => row.slice.startsWith("school ") && row.measure === measure)
        .map((row) => [row.slice.slice("school ".length), row.value ?? 0]),
    );
  const [failures, expected] = [bySchool("failures"), bySchool("expected failures")];
  const horizon_years = backtest[0]?.horizon_years ?? 0;
  if (failures.size === 0) return [];
  return columns.flatMap(({ column, values }) => {
    const shown = values.flatMap(({ value, shares }) => (shares ? [{ value, shares }] : []));
    const total = (of: ReadonlyMap<string, number>) =>
      shown.map(({ shares }) => [...shares].reduce((sum, [school, share]) => sum + share * (of.get(school) ?? 0), 0));
    return shrunkRates(total(failures), total(expected)).map((rate, g) => ({
      origin: "all",
      horizon_years,
      method: "trivium",
      slice: `${column} ${shown[g].value}`,
      measure: "observed over expected",
      value: round(rate.value, 6),
      low: round(rate.low, 6),
      high: round(rate.high, 6),
    }));
  });
}
