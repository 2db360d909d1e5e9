import type { DecisionsOf, ModelCard, TableRow } from "@trivium/model";
import type { Forecast } from "./forecast/forecast.ts";
import type { Calendar } from "./plan/fiscal-years.ts";
import type { Funds } from "./plan/funds.ts";
import type { Money } from "./plan/money.ts";
import type { Rules } from "./plan/rules.ts";
import type { Places } from "./register/places.ts";
import type { Register } from "./register/register.ts";

/**
 * All that a solve needs, built once from the dataset: the register, the forecast fitted to it, the backtest, funds and rules, and what every
 * replacement in every year would save. Plain values and typed arrays; `years` = plan years, live assets by their place in `forecast.live`.
 */
export interface FacilitiesProblem {
  readonly register: Register;
  readonly places: Places;
  readonly calendar: Calendar;
  readonly money: Money;
  readonly forecast: Forecast;
  /** Failures that the forecast rests on, by what is known of removals: as used, and with removals without a reason taken both ways. */
  readonly evidence: Evidence;
  readonly funds: Funds;
  readonly rules: Rules;
  /** 1 = the fund may pay for the live asset, [asset × funds + fund]. */
  readonly payable: Uint8Array;
  /** Unescalated cost of a project by live asset, that of its renewal where it is renewed; 0 = unknown, so never a project. */
  readonly costUsd: Float64Array;
  /** Unescalated cost of a new unit by live asset; 0 = unknown. */
  readonly replacementUsd: Float64Array;
  /** 1 = a plan renews the live asset rather than replacing it. */
  readonly renews: Uint8Array;
  /** Energy bill of what replaces the live asset, as a share of its own; 1 unless its type is electrified. */
  readonly energyNewShare: Float64Array;
  /** Objective saved by its project (a replacement or a renewal) in the year, dollars discounted, [asset × years + year]. */
  readonly savingUsd: Float64Array;
  /** Objective of the live asset if it is never replaced. */
  readonly ifNothingUsd: Float64Array;
  readonly backtest: DecisionsOf["facilities"]["backtest"];
  readonly modelCard: ModelCard;
  /** What happened after as_of_date, by `actuals.csv`: it scores an earlier forecast and enters nothing else. */
  readonly actuals: readonly TableRow<"actuals">[];
  readonly todayPlan: readonly TableRow<"today_plan">[] | null;
}

export interface Evidence {
  readonly failures: number;
  readonly removalsWithoutReason: number;
  /** Expected failures in the first five years, all live assets, with removals without a reason as censoring and as failures. */
  readonly failures5yLow: number;
  readonly failures5yHigh: number;
}
