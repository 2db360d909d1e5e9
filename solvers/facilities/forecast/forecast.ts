import { DAYS_PER_YEAR } from "@trivium/model";
import type { Calendar } from "../plan/fiscal-years.ts";
import type { Register } from "../register/register.ts";
import { calibrationFrom } from "./calibrate.ts";
import { StandingUnit } from "./curve.ts";
import { curveIndexOf, fitLives, type LifeModel } from "./life-model.ts";
import { fitSigns, multiplierOn, SIGNS, type SignModel } from "./multiplier.ts";
import { expectedRepairs, fitRepairs, frailtyOn, type RepairModel } from "./repairs.ts";

/** All that is learnt from what was known on one day. */
export interface ForecastModel {
  readonly day: number;
  readonly lives: LifeModel;
  readonly repairs: RepairModel;
  readonly signs: SignModel;
}

/** The window on which a forecast is calibrated, years. */
export const CALIBRATION_YEARS = 5;

/** Fits of one register on several days, each made once: a forecast is calibrated on the fit of some years before, which a backtest needs as well. */
export class ForecastHistory {
  readonly #register: Register;
  readonly #fits = new Map<number, ForecastModel>();

  constructor(register: Register) {
    this.#register = register;
  }

  /** Fits lives, repairs and signs to what the register knew at the end of `day`, and calibrates on the window before it; later events are not seen. */
  on(day: number): ForecastModel {
    const fit = this.#uncalibrated(day);
    const earlier = this.#uncalibrated(Math.round(day - CALIBRATION_YEARS * DAYS_PER_YEAR));
    const calibration = calibrationFrom(this.#register, earlier, CALIBRATION_YEARS);
    return { ...fit, signs: { ...fit.signs, calibration } };
  }

  #uncalibrated(day: number): ForecastModel {
    const known = this.#fits.get(day);
    if (known) return known;
    const lives = fitLives(this.#register, day);
    const repairs = fitRepairs(this.#register, day, lives);
    const fit = { day, lives, repairs, signs: fitSigns(this.#register, lives, repairs, day) };
    this.#fits.set(day, fit);
    return fit;
  }
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
  /** What each of `SIGNS` multiplies the hazard rate by: as many an asset. */
  readonly signs: Float64Array;
  /** Chance of failing within 1, 3, 5, 10 years: 4 an asset. */
  readonly pFail: Float64Array;
  /** Years until 10, 50 and 90 % have failed: 3 an asset. */
  readonly rul: Float64Array;
  /** Years until 2.5, 25, 75 and 97.5 % have failed: 4 an asset. */
  readonly rulWide: Float64Array;
  /** Expected repairs within a year of the as-of date, and their cost. */
  readonly repairsNextYear: Float64Array;
  readonly repairNextYearUsd: Float64Array;
  readonly basis: readonly string[];
  readonly pKept: Float64Array;
  readonly pNew: Float64Array;
  readonly repairKept: Float64Array;
  readonly repairNew: Float64Array;
  readonly fresh: FreshLives;
}

/** Whole lives of new units by type and school, for what the horizon is too short: entry [k × FRESH_YEARS + j] is that between ages j and j + 1. */
interface FreshLives {
  /** By live asset: k of the unit that replaces it. */
  readonly at: Int32Array;
  /** Chance of failing in the year, given that it stands at its start. */
  readonly pFail: Float64Array;
  /** Expected repairs of a unit that stands the whole year. */
  readonly repairUsd: Float64Array;
  /** Of a renewed unit in the j-th year after its renewal, [k × stretches + j]; 0 where its type is not renewed, and for j = 0. */
  readonly renewedPFail: Float64Array;
  readonly renewedRepairUsd: Float64Array;
}

export const FRESH_YEARS = 60;

const HORIZONS = [1, 3, 5, 10] as const;
/** Shares that have failed, ascending, and where their years stand. */
const QUANTILES = [
  { failed: 0.025, array: "rulWide", at: 0, width: 4 },
  { failed: 0.1, array: "rul", at: 0, width: 3 },
  { failed: 0.25, array: "rulWide", at: 1, width: 4 },
  { failed: 0.5, array: "rul", at: 1, width: 3 },
  { failed: 0.75, array: "rulWide", at: 2, width: 4 },
  { failed: 0.9, array: "rul", at: 2, width: 3 },
  { failed: 0.975, array: "rulWide", at: 3, width: 4 },
] as const;
/** A unit is put in at the middle of its year: in the k-th year after, its age runs from k − ½ to k + ½. */
const HALF_YEAR = 0.5;

/** @param model fitted on the calendar's as_of_date */
export function forecastAssets(register: Register, model: ForecastModel, calendar: Calendar): Forecast {
  const live = Int32Array.from({ length: register.assetIds.length }, (_, a) => a).filter((a) =>
    isLive(register, a, model.day),
  );
  const stretches = calendar.bounds.length - 1;
  const newUnits = new NewUnits(model, register, stretches);
  const at = live.map((asset) => newUnits.at(register.type[asset], register.school[asset]));
  const forecast = {
    live,
    stretches,
    fresh: { at, ...newUnits.lives() },
    ageYears: new Float64Array(live.length),
    multiplier: new Float64Array(live.length),
    signs: new Float64Array(live.length * SIGNS.length),
    pFail: new Float64Array(live.length * HORIZONS.length),
    rul: new Float64Array(live.length * 3),
    rulWide: new Float64Array(live.length * 4),
    repairsNextYear: new Float64Array(live.length),
    repairNextYearUsd: new Float64Array(live.length),
    basis: Array.from(live, (asset) => basisOf(model, register, asset)),
    pKept: new Float64Array(live.length * stretches),
    pNew: new Float64Array(live.length * stretches),
    repairKept: new Float64Array(live.length * stretches),
    repairNew: new Float64Array(live.length * stretches),
  };
  live.forEach((asset, a) => {
    const age = Math.max(0, (model.day - register.installDay[asset]) / DAYS_PER_YEAR);
    const curve = model.lives.curves[curveIndexOf(model.lives, register, asset)];
    const { value: multiplier, signs } = multiplierOn(model, register, asset, model.day);
    const unit = new StandingUnit(curve, age, multiplier);
    forecast.ageYears[a] = age;
    forecast.multiplier[a] = multiplier;
    forecast.signs.set(signs, a * SIGNS.length);
    HORIZONS.forEach((years, h) => {
      forecast.pFail[a * HORIZONS.length + h] = 1 - unit.survival(years);
    });
    let years = 0;
    for (const { failed, array, at, width } of QUANTILES) {
      years = unit.yearsUntil(1 - failed, years);
      forecast[array][a * width + at] = years;
    }
    const type = register.type[asset];
    const frailty = frailtyOn(model.repairs, register, asset, model.day);
    const nextYear = frailty * expectedRepairs(model.repairs.law, type, age, age + 1);
    forecast.repairsNextYear[a] = nextYear;
    forecast.repairNextYearUsd[a] =
      serviceFactorIn(register, asset, model.day, 0.5) * nextYear * model.repairs.costPerRepairUsd[type];
    const fresh = newUnits.of(at[a]);
    let standing = 1;
    for (let k = 0; k < stretches; k++) {
      const next = unit.survival(calendar.bounds[k + 1]);
      forecast.pKept[a * stretches + k] = standing > 0 ? 1 - next / standing : 1;
      standing = next;
      const repairs = expectedRepairs(model.repairs.law, type, age + calendar.bounds[k], age + calendar.bounds[k + 1]);
      const factor = serviceFactorIn(register, asset, model.day, (calendar.bounds[k] + calendar.bounds[k + 1]) / 2);
      forecast.repairKept[a * stretches + k] = factor * frailty * repairs * model.repairs.costPerRepairUsd[type];
      forecast.pNew[a * stretches + k] = fresh.pFail[k];
      forecast.repairNew[a * stretches + k] = fresh.repairUsd[k];
    }
  });
  return forecast;
}

/** Chance of failing within 1, 3, 5, 10 years of the model's day: 4 an asset. */
export function chancesOf(register: Register, model: ForecastModel, live: Int32Array): Float64Array {
  const chances = new Float64Array(live.length * HORIZONS.length);
  live.forEach((asset, a) => {
    const age = Math.max(0, (model.day - register.installDay[asset]) / DAYS_PER_YEAR);
    const curve = model.lives.curves[curveIndexOf(model.lives, register, asset)];
    const unit = new StandingUnit(curve, age, multiplierOn(model, register, asset, model.day).value);
    HORIZONS.forEach((years, h) => {
      chances[a * HORIZONS.length + h] = 1 - unit.survival(years);
    });
  });
  return chances;
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

interface NewUnit {
  /** By stretch of the plan, as in the forecast. */
  readonly pFail: Float64Array;
  readonly repairUsd: Float64Array;
  /** By year of age, as in `FreshLives`. */
  readonly lifePFail: Float64Array;
  readonly lifeRepairUsd: Float64Array;
  readonly renewedPFail: Float64Array;
  readonly renewedRepairUsd: Float64Array;
}

/** New units by type and school, each worked out once. */
class NewUnits {
  readonly #model: ForecastModel;
  readonly #stretches: number;
  readonly #schools: number;
  readonly #register: Register;
  readonly #at = new Map<number, number>();
  readonly #units: NewUnit[] = [];

  constructor(model: ForecastModel, register: Register, stretches: number) {
    this.#model = model;
    this.#stretches = stretches;
    this.#schools = register.schoolIds.length;
    this.#register = register;
  }

  /** Place of the unit of this type at this school among those drawn. */
  at(type: number, school: number): number {
    const key = type * this.#schools + school;
    let at = this.#at.get(key);
    if (at === undefined) {
      at = this.#units.push(this.#draw(type, school)) - 1;
      this.#at.set(key, at);
    }
    return at;
  }

  of(at: number): NewUnit {
    return this.#units[at];
  }

  lives(): Omit<FreshLives, "at"> {
    const pFail = new Float64Array(this.#units.length * FRESH_YEARS);
    const repairUsd = new Float64Array(this.#units.length * FRESH_YEARS);
    const renewedPFail = new Float64Array(this.#units.length * this.#stretches);
    const renewedRepairUsd = new Float64Array(this.#units.length * this.#stretches);
    this.#units.forEach((unit, k) => {
      pFail.set(unit.lifePFail, k * FRESH_YEARS);
      repairUsd.set(unit.lifeRepairUsd, k * FRESH_YEARS);
      renewedPFail.set(unit.renewedPFail, k * this.#stretches);
      renewedRepairUsd.set(unit.renewedRepairUsd, k * this.#stretches);
    });
    return { pFail, repairUsd, renewedPFail, renewedRepairUsd };
  }

  #draw(type: number, school: number): NewUnit {
    const { lives, repairs } = this.#model;
    const unit = new StandingUnit(lives.curves[lives.byType[type]], 0, lives.bySchool[school].value);
    const failing = (from: number, to: number) => {
      const standing = unit.survival(from);
      return standing > 0 ? 1 - unit.survival(to) / standing : 1;
    };
    const usd = (from: number, to: number) =>
      expectedRepairs(repairs.law, type, from, to) * repairs.costPerRepairUsd[type];
    const stretch = Float64Array.from({ length: this.#stretches }, (_, k) => k);
    const year = Float64Array.from({ length: FRESH_YEARS }, (_, k) => k);
    const renewedAt = this.#register.types[type].renewal?.ageYears;
    const inStretch = (of: (from: number, to: number) => number, age: number | undefined) =>
      stretch.map((k) => (k === 0 || age === undefined ? 0 : of(age + k - HALF_YEAR, age + k + HALF_YEAR)));
    return {
      pFail: inStretch(failing, 0),
      repairUsd: inStretch(usd, 0),
      renewedPFail: inStretch(failing, renewedAt),
      renewedRepairUsd: inStretch(usd, renewedAt),
      lifePFail: year.map((k) => failing(k, k + 1)),
      lifeRepairUsd: year.map((k) => usd(k, k + 1)),
    };
  }
}

/** Failures of its type from which the district's own history speaks, and below which it is mostly the published life. */
const OWN_FROM = 10;

function basisOf(model: ForecastModel, register: Register, asset: number): string {
  const failures = model.lives.failuresByType[register.type[asset]];
  if (failures >= OWN_FROM) return "own history";
  return failures >= 1 || model.lives.failures >= OWN_FROM ? "pooled" : "prior";
}
