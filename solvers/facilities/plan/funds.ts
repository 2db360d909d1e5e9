import type { Dataset } from "@trivium/model";

/** Funds by plan year; tables are rows of length `years`: entry [fund × years + year]. */
export interface Funds {
  readonly ids: readonly string[];
  readonly amountUsd: Float64Array;
  /** Most that may go on to the next year; 0 where nothing carries over. */
  readonly carryMaxUsd: Float64Array;
  /** 1 = budgets.csv has a row for the fund and year. */
  readonly rowed: Uint8Array;
  /** Does the fund carry over, in any of its rows? */
  readonly carries: readonly boolean[];
  readonly uniformat: readonly (readonly string[])[];
  readonly schools: readonly (readonly string[])[];
}

/** Reads `budgets.csv`: a fund-year without a row is 0 and carries nothing; what a fund may buy is the same in all its years (the first row that says so). */
export function readFunds(dataset: Dataset, years: readonly number[]): Funds {
  const rows = dataset.tables.budgets;
  const ids = [...new Set(rows.map((row) => row.fund_id))];
  const capShare = dataset.settings.facilities.carry_cap_share;
  const amountUsd = new Float64Array(ids.length * years.length);
  const carryMaxUsd = new Float64Array(ids.length * years.length);
  const rowed = new Uint8Array(ids.length * years.length);
  for (const row of rows) {
    const year = years.indexOf(row.fiscal_year);
    if (year < 0) continue;
    const at = ids.indexOf(row.fund_id) * years.length + year;
    rowed[at] = 1;
    amountUsd[at] = row.amount_usd;
    carryMaxUsd[at] = row.carry_over ? (capShare === undefined ? Infinity : capShare * row.amount_usd) : 0;
  }
  const list = (id: string, of: "uniformat_allowed" | "schools_allowed") =>
    rows.find((row) => row.fund_id === id && (row[of]?.length ?? 0) > 0)?.[of] ?? [];
  return {
    ids,
    amountUsd,
    carryMaxUsd,
    rowed,
    carries: ids.map((id) => rows.some((row) => row.fund_id === id && row.carry_over === true)),
    uniformat: ids.map((id) => list(id, "uniformat_allowed")),
    schools: ids.map((id) => list(id, "schools_allowed")),
  };
}

/** May this fund pay for an asset of this Uniformat code at this school? Both lists must hold; an empty one holds for all. */
export function mayBuy(funds: Funds, fund: number, uniformat: string, schoolId: string): boolean {
  const codes = funds.uniformat[fund];
  const schools = funds.schools[fund];
  return (
    (codes.length === 0 || codes.some((prefix) => uniformat.startsWith(prefix))) &&
    (schools.length === 0 || schools.includes(schoolId))
  );
}
