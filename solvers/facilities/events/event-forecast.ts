import { DAYS_PER_YEAR, InputError } from "@trivium/model";
import type { EventRegister } from "./event-register.ts";
import { type Encoding, encode, type Snapshot, snapshotOn } from "./features.ts";
import { fitLogistic, type Labelled, linear, platt, sigmoid } from "./logistic.ts";

/** Chance that each standing unit has an event within the window, and what lifts or lowers it. Arrays by `snapshot.unit`. */
export interface EventForecast {
  readonly snapshot: Snapshot;
  readonly chance: Float64Array;
  readonly features: readonly { readonly name: string; readonly weight: number }[];
  /** Days at which the stack was taught; the last one also calibrated it. */
  readonly taughtOn: readonly number[];
  readonly calibration: { readonly intercept: number; readonly slope: number };
  /** Units of the calibrating window that had an event. */
  readonly taughtFailures: number;
}

/** Windows that end a year apart teach the stack; history before the first of them, years. */
const TEACHING_WINDOWS = 3;
const HISTORY_YEARS = 3;
const FOLDS = 5;
const RIDGES = [1, 10, 100] as const;

/**
 * Logistic stack: chance of an event within the window from age, as-built columns, the hazard of a first event (Weibull with delayed entry), the repair
 * process with the unit's own frailty, and its dated history. Taught on windows that had ended by `day`, each with its features as of its own first day;
 * calibrated (Platt) on the latest of them, each fifth of the units by a stack that had not seen it. Nothing later than `day` is looked at.
 *
 * @throws InputError history-too-short
 */
export function forecastEvents(register: EventRegister, day: number, windowYears: number): EventForecast {
  const encoding = encode(register);
  const window = windowYears * DAYS_PER_YEAR;
  const taughtOn = Array.from({ length: TEACHING_WINDOWS }, (_, back) =>
    Math.round(day - window - back * DAYS_PER_YEAR),
  )
    .filter((at, back) => back === 0 || at - register.recordsFromDay >= HISTORY_YEARS * DAYS_PER_YEAR)
    .reverse();
  const latest = taughtOn[taughtOn.length - 1];
  if (latest - register.recordsFromDay < DAYS_PER_YEAR)
    throw new InputError(
      "history-too-short",
      `records begin ${((day - register.recordsFromDay) / DAYS_PER_YEAR).toFixed(1)} years before the origin: a window of ${windowYears} years leaves nothing to learn from. Maybe a later --origin, or fewer --years`,
      { values: { years: windowYears } },
    );
  const parts = taughtOn.map((at) => teach(register, encoding, at, windowYears));
  const scale = scaleOf(parts);
  const all = joined(parts, scale);
  const last = parts[parts.length - 1];
  const ridge = bestRidge(all, all.outcome.length - last.outcome.length);
  const held = heldOut(all, all.outcome.length - last.outcome.length, ridge);
  const [intercept, slope] = platt(held, last.outcome);
  const theta = fitLogistic(all, ridge);
  const snapshot = snapshotOn(register, encoding, day, windowYears);
  const design = scaled(snapshot, scale);
  const columns = snapshot.names.length;
  return {
    snapshot,
    chance: Float64Array.from(snapshot.unit, (_, i) => sigmoid(intercept + slope * linear(theta, design, columns, i))),
    features: snapshot.names.map((name, j) => ({ name, weight: theta[j + 1] })),
    taughtOn,
    calibration: { intercept, slope },
    taughtFailures: last.outcome.reduce((sum, each) => sum + each, 0),
  };
}

interface Part {
  readonly snapshot: Snapshot;
  readonly outcome: Uint8Array;
}

function teach(register: EventRegister, encoding: Encoding, day: number, windowYears: number): Part {
  const snapshot = snapshotOn(register, encoding, day, windowYears);
  return { snapshot, outcome: outcomesIn(register, snapshot.unit, day, windowYears) };
}

/** 1 = had an event after the day and within the window. */
export function outcomesIn(register: EventRegister, unit: Int32Array, day: number, windowYears: number): Uint8Array {
  const end = day + windowYears * DAYS_PER_YEAR;
  return Uint8Array.from(unit, (u) => {
    for (let k = register.starts[u]; k < register.starts[u + 1]; k++)
      if (register.eventDay[k] > day && register.eventDay[k] <= end) return 1;
    return 0;
  });
}

interface Scale {
  readonly mean: Float64Array;
  readonly spread: Float64Array;
}

function scaleOf(parts: readonly Part[]): Scale {
  const columns = parts[0].snapshot.names.length;
  const mean = new Float64Array(columns);
  const spread = new Float64Array(columns);
  const n = parts.reduce((sum, { outcome }) => sum + outcome.length, 0);
  const each = (visit: (value: number, j: number) => void) => {
    for (const { snapshot } of parts)
      for (let at = 0; at < snapshot.values.length; at++) visit(snapshot.values[at], at % columns);
  };
  each((value, j) => {
    mean[j] += value / n;
  });
  each((value, j) => {
    spread[j] += (value - mean[j]) ** 2 / n;
  });
  return { mean, spread: spread.map((variance) => Math.sqrt(variance) || 1) };
}

function scaled({ values, names }: Snapshot, { mean, spread }: Scale): Float64Array {
  return values.map((value, at) => (value - mean[at % names.length]) / spread[at % names.length]);
}

interface Taught extends Labelled {
  readonly unit: Int32Array;
}

function joined(parts: readonly Part[], scale: Scale): Taught {
  const columns = parts[0].snapshot.names.length;
  const n = parts.reduce((sum, { outcome }) => sum + outcome.length, 0);
  const all = { columns, design: new Float64Array(n * columns), outcome: new Uint8Array(n), unit: new Int32Array(n) };
  let at = 0;
  for (const { snapshot, outcome } of parts) {
    all.design.set(scaled(snapshot, scale), at * columns);
    all.outcome.set(outcome, at);
    all.unit.set(snapshot.unit, at);
    at += outcome.length;
  }
  return all;
}

/** Ridge with the best likelihood on the calibrating window, held out. */
function bestRidge(all: Taught, from: number): number {
  let best: number = RIDGES[0];
  let bestLoss = Infinity;
  for (const ridge of RIDGES) {
    const held = heldOut(all, from, ridge);
    let loss = 0;
    held.forEach((eta, i) => {
      loss -= Math.log(Math.max(1e-12, all.outcome[from + i] === 1 ? sigmoid(eta) : sigmoid(-eta)));
    });
    if (loss < bestLoss) {
      best = ridge;
      bestLoss = loss;
    }
  }
  return best;
}

/** Scores of rows `from` on, each fifth of the units by a stack taught on the other four in all windows. */
function heldOut(all: Taught, from: number, ridge: number): Float64Array {
  const scores = new Float64Array(all.outcome.length - from);
  const near = fitLogistic(all, ridge);
  for (let fold = 0; fold < FOLDS; fold++) {
    const weight = Float64Array.from(all.unit, (u) => +(foldOf(u) !== fold));
    const theta = fitLogistic({ ...all, weight }, ridge, near);
    for (let i = from; i < all.outcome.length; i++)
      if (foldOf(all.unit[i]) === fold) scores[i - from] = linear(theta, all.design, all.columns, i);
  }
  return scores;
}

/** Scatters neighbours of the register over the folds, the same on every run. */
const foldOf = (unit: number): number => (Math.imul(unit + 1, 0x9e3779b1) >>> 16) % FOLDS;
