import type { Change } from "@trivium/model";
import type { FacilitiesProblem } from "../../problem.ts";

/** The changes to `budgets.csv` that turn the funds' amounts into these. */
export function budgetChanges({ funds, calendar }: FacilitiesProblem, amountUsd: Float64Array): Change[] {
  const { years } = calendar;
  return Array.from(amountUsd).flatMap((amount, at): Change[] => {
    if (amount === funds.amountUsd[at]) return [];
    const fund = Math.floor(at / years.length);
    const fund_id = funds.ids[fund];
    const fiscal_year = years[at % years.length];
    const amount_usd = Math.round(amount * 100) / 100;
    if (funds.rowed[at] === 1)
      return [{ op: "set", table: "budgets", where: { fund_id, fiscal_year }, values: { amount_usd } }];
    const row = {
      fund_id,
      fiscal_year,
      amount_usd,
      carry_over: funds.carries[fund],
      uniformat_allowed: [...funds.uniformat[fund]],
      schools_allowed: [...funds.schools[fund]],
    };
    return [{ op: "add", table: "budgets", row }];
  });
}
