import type { DecisionsOf, ModelCard } from "@trivium/model";
import { FEW_FAILURES } from "../backtest/backtest.ts";
import { LIST_SHARE } from "../backtest/measures.ts";
import type { Evidence } from "../problem.ts";
import type { Register } from "../register/register.ts";
import type { Forecast, ForecastModel } from "./forecast.ts";
import { CALIBRATION_YEARS } from "./forecast.ts";

type BacktestRows = DecisionsOf["facilities"]["backtest"];

/** What a board must know of the district's forecast before relying on it. */
export function modelCardOf(
  register: Register,
  model: ForecastModel,
  forecast: Forecast,
  backtest: BacktestRows,
  evidence: Evidence,
): ModelCard {
  const figures = backtest.filter(
    (row) => row.slice === "all" || row.origin === "all" || row.slice.startsWith("tenth"),
  );
  const origins = [...new Set(backtest.map((row) => row.origin))].filter((origin) => origin !== "all");
  const count = (measure: string) =>
    (
      backtest.find((row) => row.origin === "all" && row.slice === "all" && row.measure === measure) ??
      backtest.find((row) => row.slice === "all" && row.measure === measure)
    )?.value ?? 0;
  const failures = count("failures");
  const { calibration } = model.signs;
  return {
    forecast: "when each live asset fails if nobody replaces it before, and what its repairs cost until then",
    as_of_date: isoOf(model.day),
    data: {
      assets: register.assetIds.length,
      live_assets: forecast.live.length,
      failures: round(evidence.failures),
      removals_without_reason: evidence.removalsWithoutReason,
      corrective_work_orders: register.orders.day.length,
      condition_scores: register.conditions.day.length,
      schools: register.schoolIds.length,
      repair_growth: round(model.repairs.law.beta),
      frailty_variance: round(1 / model.repairs.frailtyShape),
      calibration_intercept: round(calibration.intercept),
      calibration_slope: round(calibration.slope),
      calibration_failures: calibration.failures,
    },
    basis: Object.fromEntries(
      ["own history", "pooled", "prior"].map((basis) => [
        basis,
        forecast.basis.filter((each) => each === basis).length,
      ]),
    ),
    method: [
      "Weibull lives with delayed entry and censoring, pooled from the published life to the district, the type, the maker and the school",
      "repairs as a power-law process by type with a frailty of each asset's own, corrected for what a school reports",
      "hazard rates lifted or lowered by repairs, recent repairs, dated condition, size, age and school, learnt on eight yearly windows",
      `calibrated on the ${CALIBRATION_YEARS} years before by a forecast that had not seen them`,
    ],
    inputs: [
      { name: "type, maker, size, school", known_from: "installation" },
      { name: "age", known_from: "install_date; observed from register_date on" },
      { name: "corrective work orders", known_from: "the day each was opened" },
      { name: "condition", known_from: "the date of its assessment; one without a date is not looked at" },
    ],
    priors: register.types.map((type) => ({
      asset_type_id: type.id,
      life_median_years: type.lifeMedianYears,
      life_spread: type.lifeSpread,
      source: type.lifeSource,
    })),
    backtest: {
      origins,
      horizon_years: backtest[0]?.horizon_years ?? 0,
      failures,
      list_share: LIST_SHARE,
      figures: figures.map((row) => ({ ...row })),
    },
    reporting: register.schoolIds.flatMap((group, school) => {
      const { value, low, high } = model.repairs.reporting[school];
      return high < 1 || low > 1 ? [{ group, share: round(value), low: round(low), high: round(high) }] : [];
    }),
    verdict: verdictOf(backtest, failures),
    limits: limitsOf(register, model, evidence),
  };
}

function verdictOf(backtest: BacktestRows, failures: number): string {
  if (failures < FEW_FAILURES)
    return `${failures} failures in the windows that could be looked back on, under ${FEW_FAILURES}: the history is too short to tell how good the forecast is; it rests on published lives`;
  const mean = (method: string, measure: string) => {
    const values = backtest.flatMap((row) =>
      row.origin !== "all" && row.slice === "all" && row.method === method && row.measure === measure
        ? (row.value ?? [])
        : [],
    );
    return values.reduce((sum, each) => sum + each, 0) / Math.max(1, values.length);
  };
  const ours = mean("trivium", "auc");
  const rules = ["oldest first", "past service life", "most work orders"];
  const best = rules.toSorted((a, b) => mean(b, "auc") - mean(a, "auc"))[0];
  const ratio = mean("trivium", "expected over observed");
  const ranks =
    ours > mean(best, "auc")
      ? `ranks better than the best rule of thumb, ${best} (AUC ${ours.toFixed(3)} against ${mean(best, "auc").toFixed(3)})`
      : `does not rank better than ${best} (AUC ${ours.toFixed(3)} against ${mean(best, "auc").toFixed(3)})`;
  return `${ranks}; expected ${ratio.toFixed(2)} failures for each that came`;
}

function limitsOf(register: Register, model: ForecastModel, evidence: Evidence): string[] {
  const few = register.types.filter((_, t) => model.lives.failuresByType[t] < 3).map((type) => type.id);
  const silent = register.schoolIds.filter((_, school) => model.repairs.reporting[school].high < 0.8);
  return [
    "planned replacements count as lives cut short: if units in poor condition were replaced early, true lives are shorter",
    ...(evidence.removalsWithoutReason > 0
      ? [
          `${evidence.removalsWithoutReason} removals have no reason: if none of them failed, ${round(evidence.failures5yLow)} failures are expected in five years, if all did, ${round(evidence.failures5yHigh)}`,
        ]
      : []),
    ...(few.length > 0
      ? [`fewer than three failures of ${few.join(", ")}: those forecasts are mostly the published lives`]
      : []),
    ...(silent.length > 0
      ? [
          `${silent.join(", ")} file fewer tickets than their units should have: repairs there are forecast as reported elsewhere`,
        ]
      : []),
    "published lives come from opinion surveys: they are where a forecast starts, and history moves it",
  ];
}

const round = (value: number): number => Math.round(value * 1000) / 1000;
const isoOf = (day: number): string => new Date(day * 86_400_000).toISOString().slice(0, 10);
