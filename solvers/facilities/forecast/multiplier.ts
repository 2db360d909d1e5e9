import { DAYS_PER_YEAR } from "@trivium/model";
import { FAILED, type Register, standsOn } from "../register/register.ts";
import { maximize, type Objective } from "../survival/newton.ts";
import { survivalAhead } from "./curve.ts";
import { curveIndexOf, type LifeModel } from "./life-model.ts";
import { expectedRepairs, frailtyOn, ordersUntil, type RepairModel, windowOf } from "./repairs.ts";

/** What a unit says of itself beyond its type, maker and age; each with the date from which it was known. The last is its school's, which is not learnt here. */
export const SIGNS = [
  "repairs against its type",
  "recent repairs",
  "condition",
  "size against its type",
  "age against its type's life",
  "school",
] as const;
/** Signs whose weight is learnt: all but the school's. */
const LEARNT = SIGNS.length - 1;

/** Coefficients of a failure's hazard rate by sign: multiplier = school × exp(level + Σ weight × sign), between `LIMITS`. */
export interface SignModel {
  readonly level: number;
  readonly weights: Float64Array;
  /** Mean of the condition share among those assessed, which counts as 0. */
  readonly usualCondition: number;
  /** Mean ln size by type. */
  readonly usualSize: Float64Array;
  readonly calibration: Calibration;
}

/** ln H = intercept + slope × ln H of the forecast, H the hazard cumulated over `years`: what an earlier window taught. */
export interface Calibration {
  readonly intercept: number;
  readonly slope: number;
  readonly years: number;
  /** Failures in that window; under 30 nothing is changed. */
  readonly failures: number;
}

export const NOT_CALIBRATED: Calibration = { intercept: 0, slope: 1, years: 5, failures: 0 };

const LIMITS = [0.2, 8] as const;
/** Prior spreads of the level and of each weight. */
const SD_LEVEL = 0.15;
const SD_WEIGHT = 0.5;
const RECENT_YEARS = 2;
/** A condition score says half as much after so many years. */
const CONDITION_HALF_LIFE = 5;
/** Windows of a year, this many back from the day of the fit. */
const LANDMARKS = 8;

/**
 * Learns how the signs change the hazard rate: failures within a year of each of the last eight anniversaries are Poisson
 * with mean ΔH × exp(level + Σ weight × sign), the signs as of the anniversary, ΔH from the curve and the school; normal priors hold the weights near 0.
 * Nothing dated after `day` is seen.
 * @see van Houwelingen 2007, Scandinavian Journal of Statistics 34:70–85 (landmarking)
 */
export function fitSigns(register: Register, lives: LifeModel, repairs: RepairModel, day: number): SignModel {
  const usual = { usualCondition: meanCondition(register, day), usualSize: meanSizes(register, day) };
  const rows = LANDMARKS * register.assetIds.length;
  const landmarks = {
    count: 0,
    expected: new Float64Array(rows),
    failed: new Uint8Array(rows),
    signs: new Float64Array(rows * LEARNT),
  };
  const sign = new Float64Array(SIGNS.length);
  for (let back = LANDMARKS; back >= 1; back--) {
    const from = Math.round(day - back * DAYS_PER_YEAR);
    const until = Math.round(day - (back - 1) * DAYS_PER_YEAR);
    for (let asset = 0; asset < register.assetIds.length; asset++) {
      if (!standsOn(register, asset, from)) continue;
      const removed = register.removedDay[asset];
      const age = (from - register.installDay[asset]) / DAYS_PER_YEAR;
      const ahead = (Math.min(removed, until) - from) / DAYS_PER_YEAR;
      const curve = lives.curves[curveIndexOf(lives, register, asset)];
      readSigns(register, lives, repairs, usual, asset, from, sign);
      const row = landmarks.count++;
      landmarks.expected[row] =
        Math.exp(sign[LEARNT]) * -Math.log(Math.max(1e-12, survivalAhead(curve, age, ahead, 1)));
      landmarks.failed[row] = +(removed <= until && register.removal[asset] === FAILED);
      landmarks.signs.set(sign.subarray(0, LEARNT), row * LEARNT);
    }
  }
  const theta = maximize(poisson(landmarks), new Float64Array(LEARNT + 1)).theta;
  return { level: theta[0], weights: theta.slice(1), ...usual, calibration: NOT_CALIBRATED };
}

/** What lifts or lowers the hazard rate of an asset against its curve's, by what was known at the end of a day. */
export interface Multiplier {
  readonly value: number;
  /** What each of `SIGNS` multiplies it by. */
  readonly signs: Float64Array;
}

/** How much the hazard rate of an asset differs from its curve's, by what was known at the end of `day`. */
export function multiplierOn(
  { lives, repairs, signs: model }: { lives: LifeModel; repairs: RepairModel; signs: SignModel },
  register: Register,
  asset: number,
  day: number,
): Multiplier {
  const sign = new Float64Array(SIGNS.length);
  readSigns(register, lives, repairs, model, asset, day, sign);
  let log = model.level;
  const signs = sign.map((each, j) => {
    const part = j < LEARNT ? model.weights[j] * each : each;
    log += part;
    return Math.exp(part);
  });
  const { intercept, slope, years } = model.calibration;
  let value = Math.min(LIMITS[1], Math.max(LIMITS[0], Math.exp(log)));
  if (intercept !== 0 || slope !== 1) {
    const age = Math.max(0, (day - register.installDay[asset]) / DAYS_PER_YEAR);
    const curve = lives.curves[curveIndexOf(lives, register, asset)];
    const hazard = -Math.log(Math.min(1 - 1e-9, Math.max(1e-12, survivalAhead(curve, age, years, value))));
    value *= Math.exp(intercept + (slope - 1) * Math.log(hazard));
  }
  return { value, signs };
}

type Usual = Pick<SignModel, "usualCondition" | "usualSize">;

function readSigns(
  register: Register,
  lives: LifeModel,
  repairs: RepairModel,
  usual: Usual,
  asset: number,
  day: number,
  out: Float64Array,
): void {
  const type = register.type[asset];
  const school = register.school[asset];
  out[0] = Math.log(frailtyOn(repairs, register, asset, day));
  const [from, to] = windowOf(register, asset, day);
  const since = Math.max(from, to - RECENT_YEARS);
  const recent = ordersUntil(register, asset, day) - ordersUntil(register, asset, day - RECENT_YEARS * DAYS_PER_YEAR);
  const usualRecent =
    to > since ? repairs.reporting[school].value * expectedRepairs(repairs.law, type, since, to) : recent;
  out[1] = Math.log((1 + recent) / (1 + usualRecent));
  out[2] = conditionSign(register, usual.usualCondition, asset, day);
  out[3] = register.size[asset] - usual.usualSize[type];
  const age = Math.max(0.25, (day - register.installDay[asset]) / DAYS_PER_YEAR);
  out[4] = Math.log(age) - lives.logMedian[type];
  out[5] = Math.log(lives.bySchool[school].value);
}

/** How much worse than usual the last score known at the end of `day` was, fading with its age; 0 where there is none. */
function conditionSign(register: Register, usual: number, asset: number, day: number): number {
  const { starts, day: days, share } = register.conditions;
  let sign = 0;
  for (let k = starts[asset]; k < starts[asset + 1] && days[k] <= day; k++)
    sign = (usual - share[k]) * 0.5 ** ((day - days[k]) / DAYS_PER_YEAR / CONDITION_HALF_LIFE);
  return sign;
}

function meanSizes(register: Register, day: number): Float64Array {
  const sum = new Float64Array(register.types.length);
  const count = new Float64Array(register.types.length);
  for (let asset = 0; asset < register.assetIds.length; asset++)
    if (register.registerDay[asset] <= day) {
      sum[register.type[asset]] += register.size[asset];
      count[register.type[asset]]++;
    }
  return sum.map((each, t) => (count[t] > 0 ? each / count[t] : 0));
}

function meanCondition(register: Register, day: number): number {
  let sum = 0;
  let count = 0;
  register.conditions.share.forEach((share, k) => {
    if (register.conditions.day[k] > day) return;
    sum += share;
    count++;
  });
  return count > 0 ? sum / count : 0;
}

interface Landmarks {
  readonly count: number;
  readonly expected: Float64Array;
  readonly failed: Uint8Array;
  readonly signs: Float64Array;
}

function poisson({ count, expected, failed, signs }: Landmarks): Objective {
  const size = LEARNT + 1;
  const x = new Float64Array(size).fill(1);
  return (theta, gradient, hessian) => {
    gradient.fill(0);
    hessian.fill(0);
    let value = 0;
    for (let j = 0; j < size; j++) {
      const precision = 1 / (j === 0 ? SD_LEVEL : SD_WEIGHT) ** 2;
      value -= 0.5 * precision * theta[j] ** 2;
      gradient[j] -= precision * theta[j];
      hessian[j * size + j] -= precision;
    }
    for (let i = 0; i < count; i++) {
      let log = theta[0];
      for (let j = 1; j < size; j++) {
        x[j] = signs[i * LEARNT + j - 1];
        log += theta[j] * x[j];
      }
      const mean = expected[i] * Math.exp(log);
      value += failed[i] * log - mean;
      for (let j = 0; j < size; j++) {
        gradient[j] += (failed[i] - mean) * x[j];
        const bent = mean * x[j];
        for (let k = 0; k < size; k++) hessian[j * size + k] -= bent * x[k];
      }
    }
    return value;
  };
}
