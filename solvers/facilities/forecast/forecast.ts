import { DAYS_PER_YEAR } from "@trivium/model";
import type { Calendar } from "../plan/fiscal-years.ts";
import type { Register } from "../register/register.ts";
import { survivalAhead, yearsUntil } from "./curve.ts";
import { curveIndexOf, fitLives, type LifeModel, type UnknownRemovals } from "./life-model.ts";
import { fitSigns, multiplierOn, SIGNS, type SignModel, signShares } from "./multiplier.ts";
import { expectedRepairs, fitRepairs, frailtyOn, type RepairModel } from "./repairs.ts";

/** All that is learnt from what was known on one day. */
export interface ForecastModel {
  readonly day: number;
  readonly lives: LifeModel;
  readonly repairs: RepairModel;
  readonly signs: SignModel;
}

/** Fits lives, repairs and signs to what the register knew at the end of `day`; later events are not seen. */
export function fitForecast(register: Register, day: number, unknown: UnknownRemovals = "share"): ForecastModel {
  const lives = fitLives(register, day, unknown);
  const repairs = fitRepairs(register, day);
  return { day, lives, repairs, signs: fitSigns(register, lives, repairs, day) };
}

/**
 * The forecast of every live asset, arrays by live asset (`live[a]` = its place in the register); tables by stretch are rows of length `stretches` = plan years + 1:
 * entry [a × stretches + k] is the running year's rest for k = 0 and the k-th plan year after. `…New` entries are those of a unit in the k-th year
 * after the year it was put in (entry 0 is unused and 0). Money at the prices of as_of_date.
 */
export interface Forecast {
  readonly live: Int32Array;
  readonly stretches: number;
  readonly ageYears: Float64Array;
  readonly multiplier: Float64Array;
  /** What each of `SIGNS` multiplies the hazard rate by: 3 an asset. */
  readonly signs: Float64Array;
  /** Chance of failing within 1, 3, 5, 10 years: 4 an asset. */
  readonly pFail: Float64Array;
  /** Years until 10, 50 and 90 % have failed: 3 an asset. */
  readonly rul: Float64Array;
  readonly basis: readonly string[];
  readonly pKept: Float64Array;
  readonly pNew: Float64Array;
  readonly repairKept: Float64Array;
  readonly repairNew: Float64Array;
}

const HORIZONS = [1, 3, 5, 10] as const;
/** A unit is put in at the middle of its year: in the k-th year after, its age runs from k − ½ to k + ½. */
const HALF_YEAR = 0.5;

/** @param model fitted on the calendar's as_of_date */
export function forecastAssets(register: Register, model: ForecastModel, calendar: Calendar): Forecast {
  const live = Int32Array.from({ length: register.assetIds.length }, (_, a) => a).filter((a) =>
    isLive(register, a, model.day),
  );
  const stretches = calendar.bounds.length - 1;
  const forecast = {
    live,
    stretches,
    ageYears: new Float64Array(live.length),
    multiplier: new Float64Array(live.length),
    signs: new Float64Array(live.length * SIGNS.length),
    pFail: new Float64Array(live.length * HORIZONS.length),
    rul: new Float64Array(live.length * 3),
    basis: Array.from(live, (asset) => basisOf(model, register, asset)),
    pKept: new Float64Array(live.length * stretches),
    pNew: new Float64Array(live.length * stretches),
    repairKept: new Float64Array(live.length * stretches),
    repairNew: new Float64Array(live.length * stretches),
  };
  const newByType = register.types.map((_, type) => newUnit(model, type, stretches));
  live.forEach((asset, a) => {
    const age = Math.max(0, (model.day - register.installDay[asset]) / DAYS_PER_YEAR);
    const curve = model.lives.curves[curveIndexOf(model.lives, register, asset)];
    const multiplier = multiplierOn(model.signs, model.repairs, register, asset, model.day);
    forecast.ageYears[a] = age;
    forecast.multiplier[a] = multiplier;
    forecast.signs.set(signShares(model.signs, model.repairs, register, asset, model.day), a * SIGNS.length);
    HORIZONS.forEach((years, h) => {
      forecast.pFail[a * HORIZONS.length + h] = 1 - survivalAhead(curve, age, years, multiplier);
    });
    [0.9, 0.5, 0.1].forEach((share, q) => {
      forecast.rul[a * 3 + q] = yearsUntil(curve, age, share, multiplier);
    });
    const type = register.type[asset];
    const frailty = frailtyOn(model.repairs, register, asset, model.day);
    let standing = 1;
    for (let k = 0; k < stretches; k++) {
      const next = survivalAhead(curve, age, calendar.bounds[k + 1], multiplier);
      forecast.pKept[a * stretches + k] = standing > 0 ? 1 - next / standing : 1;
      standing = next;
      const repairs = expectedRepairs(model.repairs.law, type, age + calendar.bounds[k], age + calendar.bounds[k + 1]);
      const factor = serviceFactorIn(register, asset, model.day, (calendar.bounds[k] + calendar.bounds[k + 1]) / 2);
      forecast.repairKept[a * stretches + k] = factor * frailty * repairs * model.repairs.costPerRepairUsd[type];
      forecast.pNew[a * stretches + k] = newByType[type].pFail[k];
      forecast.repairNew[a * stretches + k] = newByType[type].repairUsd[k];
    }
  });
  return forecast;
}

/** Repairs of a unit with a phased-out refrigerant cost more from the phase-out on; those before it are in the orders' costs. */
function serviceFactorIn(register: Register, asset: number, day: number, aheadYears: number): number {
  const from = register.serviceFromDay[asset];
  return from > day && day + aheadYears * DAYS_PER_YEAR >= from ? register.serviceFactor[asset] : 1;
}

/** Live = installed by `day` and not removed by then, whenever the register came to know of it. */
function isLive(register: Register, asset: number, day: number): boolean {
  return register.installDay[asset] <= day && register.removedDay[asset] > day;
}

function newUnit(model: ForecastModel, type: number, stretches: number) {
  const curve = model.lives.curves[model.lives.byType[type]];
  const pFail = new Float64Array(stretches);
  const repairUsd = new Float64Array(stretches);
  for (let k = 1; k < stretches; k++) {
    pFail[k] = 1 - survivalAhead(curve, 0, k + HALF_YEAR, 1) / survivalAhead(curve, 0, k - HALF_YEAR, 1);
    repairUsd[k] =
      expectedRepairs(model.repairs.law, type, k - HALF_YEAR, k + HALF_YEAR) * model.repairs.costPerRepairUsd[type];
  }
  return { pFail, repairUsd };
}

/** Failures of its type from which the district's own history speaks, and below which it is mostly the published life. */
const OWN_FROM = 10;

function basisOf(model: ForecastModel, register: Register, asset: number): string {
  const failures = model.lives.failuresByType[register.type[asset]];
  if (failures >= OWN_FROM) return "own history";
  return failures >= 1 || model.lives.failures >= OWN_FROM ? "pooled" : "prior";
}
