import { wholeNumberOf } from "../number.ts";
import { oneIn, type WhatIf } from "./condition.ts";
import { budgetChanges } from "./fund-years.ts";

/** `{ change: "defer_fund", fund_id, years }`: a bond, or any fund, comes so many years later; what falls beyond the horizon is not there. */
export const deferFund: WhatIf = (problem, question) => {
  const { funds, calendar } = problem;
  const count = calendar.years.length;
  const fund = oneIn(question, "fund_id", funds.ids);
  const years = wholeNumberOf(question, "years", 2, 1, count);
  const moved = (values: Float64Array) =>
    values.map((each, at) => {
      if (Math.floor(at / count) !== fund) return each;
      return at % count < years ? 0 : values[at - years];
    });
  const changed = {
    ...problem,
    funds: { ...funds, amountUsd: moved(funds.amountUsd), carryMaxUsd: moved(funds.carryMaxUsd) },
  };
  return {
    what: `${funds.ids[fund]} comes ${years} year${years > 1 ? "s" : ""} later`,
    changes: budgetChanges(problem, changed.funds.amountUsd),
    changed,
  };
};
