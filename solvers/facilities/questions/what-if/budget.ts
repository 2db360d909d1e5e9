import { InputError } from "@trivium/model";
import { usd } from "../../report/words.ts";
import { numberOf, wholeNumberOf } from "../number.ts";
import { oneIn, type WhatIf } from "./condition.ts";
import { budgetChanges } from "./fund-years.ts";

/** `{ change: "budget", share, fund_id?, from?, to? }`: that share of a fund's money (of all funds') in the fiscal years from … to. */
export const budget: WhatIf = (problem, question) => {
  const { years } = problem.calendar;
  const share = numberOf(question, "share", 0.8, 0, 10);
  const from = wholeNumberOf(question, "from", years[0], years[0], years[years.length - 1]);
  const to = wholeNumberOf(question, "to", years[years.length - 1], from, years[years.length - 1]);
  const only = question.fund_id === undefined ? -1 : oneIn(question, "fund_id", problem.funds.ids);
  const { funds } = problem;
  if (funds.ids.length === 0) throw new InputError("no-budgets", "the district has no budgets. Maybe add budgets.csv");
  const touched = (at: number) =>
    (only < 0 || Math.floor(at / years.length) === only) &&
    years[at % years.length] >= from &&
    years[at % years.length] <= to;
  const scaled = (values: Float64Array) => values.map((each, at) => (touched(at) ? share * each : each));
  const changed = {
    ...problem,
    funds: { ...funds, amountUsd: scaled(funds.amountUsd), carryMaxUsd: scaled(funds.carryMaxUsd) },
  };
  const lost = funds.amountUsd.reduce((sum, each, at) => sum + each - changed.funds.amountUsd[at], 0);
  return {
    what: `${only < 0 ? "all funds" : funds.ids[only]} at ${Math.round(share * 100)} % from ${from} to ${to}: ${usd(Math.abs(lost))} ${lost >= 0 ? "less" : "more"}`,
    changes: budgetChanges(problem, changed.funds.amountUsd),
    changed,
  };
};
