import type { Rule } from "./rule.ts";
import { backtestOutcomes } from "./rules/backtest-outcomes.ts";
import { blackouts } from "./rules/blackouts.ts";
import { budgets } from "./rules/budgets.ts";
import { costs } from "./rules/costs.ts";
import { equity } from "./rules/equity.ts";
import { fairness } from "./rules/fairness.ts";
import { forecastRows } from "./rules/forecast-rows.ts";
import { fundAllowed } from "./rules/fund-allowed.ts";
import { mustDoReasons } from "./rules/must-do-reasons.ts";
import { mustDos } from "./rules/must-dos.ts";
import { oneCurve } from "./rules/one-curve.ts";
import { projects } from "./rules/projects.ts";
import { projectsMax } from "./rules/projects-max.ts";
import { renewals } from "./rules/renewals.ts";
import { smoothing } from "./rules/smoothing.ts";
import { yearRows } from "./rules/year-rows.ts";

/** Every hard rule of a capital plan. */
export const RULES: readonly Rule[] = [
  forecastRows,
  oneCurve,
  projects,
  renewals,
  costs,
  budgets,
  fundAllowed,
  smoothing,
  blackouts,
  projectsMax,
  mustDos,
  mustDoReasons,
  equity,
  yearRows,
  fairness,
  backtestOutcomes,
];
