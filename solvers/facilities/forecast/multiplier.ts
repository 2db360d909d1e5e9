import { DAYS_PER_YEAR } from "@trivium/model";
import { FAILED, type Register, standsOn } from "../register/register.ts";
import { maximize, type Objective } from "../survival/newton.ts";
import { survivalAhead } from "./curve.ts";
import { curveIndexOf, type LifeModel } from "./life-model.ts";
import { expectedRepairs, frailtyOn, ordersUntil, type RepairModel, windowOf } from "./repairs.ts";

/** What a unit's own history says beyond its type, maker and age; each with its date. */
export const SIGNS = ["repairs against its type", "recent repairs", "condition"] as const;

/** Coefficients of a failure's hazard rate by sign: multiplier = exp(level + Σ weight × sign), between `LIMITS`. */
export interface SignModel {
  readonly level: number;
  readonly weights: Float64Array;
  /** Mean of the condition share among those assessed, which counts as 0. */
  readonly usualCondition: number;
}

const LIMITS = [0.2, 8] as const;
/** Prior spreads of the level and of each weight. */
const SD_LEVEL = 0.15;
const SD_WEIGHT = 0.5;
const RECENT_YEARS = 2;
/** Windows of a year, this many back from the day of the fit. */
const LANDMARKS = 8;

/**
 * Learns how repairs and condition change the hazard rate: failures within a year of each of the last eight anniversaries are Poisson
 * with mean ΔH × exp(level + Σ weight × sign), the signs as of the anniversary, ΔH from the curve; normal priors hold the weights near 0.
 * Nothing dated after `day` is seen.
 * @see van Houwelingen 2007, Scandinavian Journal of Statistics 34:70–85 (landmarking)
 */
export function fitSigns(register: Register, lives: LifeModel, repairs: RepairModel, day: number): SignModel {
  const usualCondition = meanCondition(register, day);
  const expected: number[] = [];
  const failed: number[] = [];
  const signs: number[] = [];
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
      readSigns(register, repairs, usualCondition, asset, from, sign);
      expected.push(-Math.log(Math.max(1e-12, survivalAhead(curve, age, ahead, 1))));
      failed.push(+(removed <= until && register.removal[asset] === FAILED));
      signs.push(...sign);
    }
  }
  const theta = maximize(poisson(expected, failed, signs), new Float64Array(SIGNS.length + 1)).theta;
  return { level: theta[0], weights: theta.slice(1), usualCondition };
}

/** How much the hazard rate of an asset differs from its curve's, by what was known at the end of `day`. */
export function multiplierOn(
  model: SignModel,
  repairs: RepairModel,
  register: Register,
  asset: number,
  day: number,
): number {
  const sign = new Float64Array(SIGNS.length);
  readSigns(register, repairs, model.usualCondition, asset, day, sign);
  let log = model.level;
  for (let j = 0; j < sign.length; j++) log += model.weights[j] * sign[j];
  return Math.min(LIMITS[1], Math.max(LIMITS[0], Math.exp(log)));
}

/** Part of the multiplier that each sign brings, for explanations. */
export function signShares(
  model: SignModel,
  repairs: RepairModel,
  register: Register,
  asset: number,
  day: number,
): Float64Array {
  const sign = new Float64Array(SIGNS.length);
  readSigns(register, repairs, model.usualCondition, asset, day, sign);
  return sign.map((each, j) => Math.exp(each * model.weights[j]));
}

function readSigns(
  register: Register,
  repairs: RepairModel,
  usual: number,
  asset: number,
  day: number,
  out: Float64Array,
): void {
  out[0] = Math.log(frailtyOn(repairs, register, asset, day));
  const [from, to] = windowOf(register, asset, day);
  const since = Math.max(from, to - RECENT_YEARS);
  const recent = ordersUntil(register, asset, day) - ordersUntil(register, asset, day - RECENT_YEARS * DAYS_PER_YEAR);
  const usualRecent = to > since ? expectedRepairs(repairs.law, register.type[asset], since, to) : recent;
  out[1] = Math.log((1 + recent) / (1 + usualRecent));
  const condition = conditionOn(register, asset, day);
  out[2] = Number.isNaN(condition) ? 0 : usual - condition;
}

/** The last condition share known at the end of `day`; NaN where there is none. */
function conditionOn(register: Register, asset: number, day: number): number {
  const { starts, day: days, share } = register.conditions;
  let last = Number.NaN;
  for (let k = starts[asset]; k < starts[asset + 1] && days[k] <= day; k++) last = share[k];
  return last;
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

function poisson(expected: readonly number[], failed: readonly number[], signs: readonly number[]): Objective {
  const width = SIGNS.length;
  const size = width + 1;
  const x = new Float64Array(size);
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
    for (let i = 0; i < expected.length; i++) {
      x[0] = 1;
      for (let j = 0; j < width; j++) x[j + 1] = signs[i * width + j];
      let log = 0;
      for (let j = 0; j < size; j++) log += theta[j] * x[j];
      const mean = expected[i] * Math.exp(log);
      value += failed[i] * log - mean;
      for (let j = 0; j < size; j++) {
        gradient[j] += (failed[i] - mean) * x[j];
        for (let k = 0; k < size; k++) hessian[j * size + k] -= mean * x[j] * x[k];
      }
    }
    return value;
  };
}
