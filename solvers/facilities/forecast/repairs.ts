import { DAYS_PER_YEAR } from "@trivium/model";
import type { Register } from "../register/register.ts";
import { fitFrailtyShape, fitPowerLaw, type PowerLaw, type RepairWindows } from "../survival/power-law.ts";

/** Repairs (corrective work orders) as a power-law process by type, each asset with a frailty of its own. */
export interface RepairModel {
  readonly law: PowerLaw;
  /** Shape κ of the gamma frailty: how much assets of one type differ (variance 1/κ). */
  readonly frailtyShape: number;
  /** By type, at the prices of the orders. */
  readonly costPerRepairUsd: Float64Array;
}

/** A type's rate is pulled to the common one as by two more repairs, its mean cost by three. */
const PULL_RATE = 2;
const PULL_COST = 3;

/** Fits repairs to the orders that were known at the end of `day`. */
export function fitRepairs(register: Register, day: number): RepairModel {
  const windows = repairWindows(register, day);
  const law = fitPowerLaw(windows, register.types.length, PULL_RATE);
  const expected = windows.to.map((to, asset) => expectedRepairs(law, windows.group[asset], windows.from[asset], to));
  return { law, frailtyShape: fitFrailtyShape(windows.events, expected), costPerRepairUsd: costs(register, day) };
}

/** Expected repairs of a unit of this type between two ages, frailty 1. */
export function expectedRepairs(law: PowerLaw, type: number, fromYears: number, toYears: number): number {
  return law.rate[type] * (toYears ** law.beta - Math.max(0, fromYears) ** law.beta);
}

/** Empirical-Bayes frailty of an asset from its orders until the end of `day`: (κ + repairs) / (κ + expected). 1 where nothing is known. */
export function frailtyOn(model: RepairModel, register: Register, asset: number, day: number): number {
  const [from, to] = windowOf(register, asset, day);
  if (to <= from) return 1;
  const expected = expectedRepairs(model.law, register.type[asset], from, to);
  return (model.frailtyShape + ordersUntil(register, asset, day)) / (model.frailtyShape + expected);
}

/** Corrective orders of an asset opened by the end of `day`. */
export function ordersUntil(register: Register, asset: number, day: number): number {
  const { starts, day: days } = register.orders;
  let low = starts[asset];
  let high = starts[asset + 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (days[middle] <= day) low = middle + 1;
    else high = middle;
  }
  return low - starts[asset];
}

/** Ages between which an asset's orders would be known: since new, since registered, since its building keeps orders; to removal or `day`. */
export function windowOf(register: Register, asset: number, day: number): [number, number] {
  const installed = register.installDay[asset];
  const opens = Math.max(
    installed,
    register.registerDay[asset],
    register.buildings[register.building[asset]].ordersFromDay,
  );
  const closes = Math.min(register.removedDay[asset], day);
  return [Math.max(0, opens - installed) / DAYS_PER_YEAR, Math.max(0, closes - installed) / DAYS_PER_YEAR];
}

function repairWindows(register: Register, day: number): RepairWindows {
  const n = register.assetIds.length;
  const windows = {
    from: new Float64Array(n),
    to: new Float64Array(n),
    group: register.type,
    events: new Float64Array(n),
    logAges: new Float64Array(n),
  };
  const { starts, day: days } = register.orders;
  for (let asset = 0; asset < n; asset++) {
    const [from, to] = windowOf(register, asset, day);
    if (to <= from) continue;
    windows.from[asset] = from;
    windows.to[asset] = to;
    for (let k = starts[asset]; k < starts[asset + 1]; k++) {
      const age = (days[k] - register.installDay[asset]) / DAYS_PER_YEAR;
      if (age < from || age > to) continue;
      windows.events[asset]++;
      windows.logAges[asset] += Math.log(Math.max(age, 1 / DAYS_PER_YEAR));
    }
  }
  return windows;
}

function costs(register: Register, day: number): Float64Array {
  const sum = new Float64Array(register.types.length);
  const count = new Float64Array(register.types.length);
  const { starts, day: days, costUsd } = register.orders;
  for (let asset = 0; asset < register.assetIds.length; asset++)
    for (let k = starts[asset]; k < starts[asset + 1]; k++) {
      if (days[k] > day || Number.isNaN(costUsd[k])) continue;
      sum[register.type[asset]] += costUsd[k];
      count[register.type[asset]]++;
    }
  const orders = count.reduce((total, each) => total + each, 0);
  const common = orders > 0 ? sum.reduce((total, each) => total + each, 0) / orders : 0;
  return sum.map((usd, t) => (usd + PULL_COST * common) / (count[t] + PULL_COST));
}
