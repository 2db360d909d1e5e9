import { DAYS_PER_YEAR } from "@trivium/model";
import { type ShrunkRate, shrunkRates } from "../backtest/shrinkage.ts";
import type { Register } from "../register/register.ts";
import { fitFrailtyShape, fitPowerLaw, type PowerLaw, type RepairWindows } from "../survival/power-law.ts";
import type { LifeModel } from "./life-model.ts";

/** Repairs (corrective work orders) as a power-law process by type, each asset with a frailty of its own. */
export interface RepairModel {
  readonly law: PowerLaw;
  /** Shape κ of the gamma frailty: how much assets of one type differ (variance 1/κ). */
  readonly frailtyShape: number;
  /** By type, at the prices of the orders. */
  readonly costPerRepairUsd: Float64Array;
  /** By school: tickets filed against those its units would have if they were reported as at the middle school, 1 = as usual. */
  readonly reporting: readonly ShrunkRate[];
}

/** A type's rate is pulled to the common one as by two more repairs, its mean cost by three. */
const PULL_RATE = 2;
const PULL_COST = 3;

/**
 * Fits repairs to the orders that were known at the end of `day`. A school's tickets against those expected of its units tell how much it reports: failures
 * are written down everywhere, tickets are not. Where units fail r times as often they age r^σ times as fast, so r^(σ β) times the tickets are due.
 * The law is that of units reported as usual.
 */
export function fitRepairs(register: Register, day: number, lives: LifeModel): RepairModel {
  const windows = repairWindows(register, day);
  const filed = fitPowerLaw(windows, register.types.length, PULL_RATE);
  const expectedOf = (law: PowerLaw, asset: number) =>
    windows.to[asset] > windows.from[asset]
      ? expectedRepairs(law, windows.group[asset], windows.from[asset], windows.to[asset])
      : 0;
  const orders = new Float64Array(register.schoolIds.length);
  const due = new Float64Array(register.schoolIds.length);
  for (let asset = 0; asset < register.assetIds.length; asset++) {
    const school = register.school[asset];
    orders[school] += windows.events[asset];
    due[school] += lives.bySchool[school].value ** (lives.sigma * filed.beta) * expectedOf(filed, asset);
  }
  const rates = shrunkRates(orders, due);
  const usual = middleOf(rates.map(({ value }, school) => ({ value, weight: due[school] })));
  const reporting = rates.map(({ value, low, high }) => ({
    value: value / usual,
    low: low / usual,
    high: high / usual,
  }));
  const law = { beta: filed.beta, rate: filed.rate.map((rate) => rate * usual) };
  const expected = windows.to.map((_, asset) => reporting[register.school[asset]].value * expectedOf(law, asset));
  return {
    law,
    frailtyShape: fitFrailtyShape(windows.events, expected),
    costPerRepairUsd: costs(register, day),
    reporting,
  };
}

/** Weighted median; 1 where nothing has weight. */
function middleOf(rates: readonly { readonly value: number; readonly weight: number }[]): number {
  const all = rates.reduce((sum, { weight }) => sum + weight, 0);
  let passed = 0;
  for (const { value, weight } of rates.toSorted((a, b) => a.value - b.value)) {
    passed += weight;
    if (passed >= all / 2 && weight > 0) return value;
  }
  return 1;
}

/** Expected repairs of a unit of this type between two ages, frailty 1. */
export function expectedRepairs(law: PowerLaw, type: number, fromYears: number, toYears: number): number {
  return law.rate[type] * (toYears ** law.beta - Math.max(0, fromYears) ** law.beta);
}

/** Empirical-Bayes frailty of an asset from its orders until the end of `day`: (κ + repairs) / (κ + expected, as its school reports). 1 where nothing is known. */
export function frailtyOn(model: RepairModel, register: Register, asset: number, day: number): number {
  const [from, to] = windowOf(register, asset, day);
  if (to <= from) return 1;
  const reported = model.reporting[register.school[asset]].value;
  const expected = reported * expectedRepairs(model.law, register.type[asset], from, to);
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
