import { DAYS_PER_YEAR } from "@trivium/model";
import { survivalAhead } from "../forecast/curve.ts";
import type { ForecastModel } from "../forecast/forecast.ts";
import { curveIndexOf } from "../forecast/life-model.ts";
import { multiplierOn } from "../forecast/multiplier.ts";
import { ordersUntil } from "../forecast/repairs.ts";
import type { Register } from "../register/register.ts";
import type { Outcomes } from "./outcomes.ts";

/** Scores of the assets that stood at the origin, higher = replace sooner; what was known at the origin, nothing later. */
export type Method = "trivium" | "oldest first" | "past service life" | "most work orders";

export interface Scored {
  readonly scores: Readonly<Record<Method, Float64Array>>;
  /** Chance of failing inside the window. */
  readonly chance: Float64Array;
  /** Expected failures while observed: the cumulative hazard rate until the asset failed or left, whose sum is unbiased whoever left early. */
  readonly expected: Float64Array;
}

/** "Most work orders" counts those of the last years. */
const RECENT_YEARS = 3;

/** @param model fitted on the origin */
export function scoresAt(register: Register, model: ForecastModel, windowYears: number, outcomes: Outcomes): Scored {
  const originDay = model.day;
  const n = outcomes.asset.length;
  const age = Float64Array.from(outcomes.asset, (a) => (originDay - register.installDay[a]) / DAYS_PER_YEAR);
  const chance = new Float64Array(n);
  const expected = new Float64Array(n);
  outcomes.asset.forEach((asset, i) => {
    const curve = model.lives.curves[curveIndexOf(model.lives, register, asset)];
    const multiplier = multiplierOn(model, register, asset, originDay).value;
    chance[i] = 1 - survivalAhead(curve, age[i], windowYears, multiplier);
    expected[i] = -Math.log(Math.max(1e-12, survivalAhead(curve, age[i], outcomes.observedYears[i], multiplier)));
  });
  const recent = Math.round(originDay - RECENT_YEARS * DAYS_PER_YEAR);
  const scores = {
    trivium: chance,
    "oldest first": age,
    "past service life": age.map(
      (years, i) => years / register.types[register.type[outcomes.asset[i]]].lifeMedianYears,
    ),
    "most work orders": Float64Array.from(
      outcomes.asset,
      (a) => ordersUntil(register, a, originDay) - ordersUntil(register, a, recent),
    ),
  };
  return { scores, chance, expected };
}
