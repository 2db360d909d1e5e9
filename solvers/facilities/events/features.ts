import { DAYS_PER_YEAR } from "@trivium/model";
import { weibull } from "../survival/families/weibull.ts";
import { EXACT, RIGHT } from "../survival/observations.ts";
import { fitWithPrior } from "../survival/parametric.ts";
import { expectedEvents, fitRepairProcess, posteriorFrailty } from "../survival/repair-process.ts";
import type { AsBuilt, EventRegister } from "./event-register.ts";

/** What was known of every unit that stood at the end of one day; rows by `unit`, row by row. Nothing dated later is in it. */
export interface Snapshot {
  readonly unit: Int32Array;
  readonly names: readonly string[];
  readonly values: Float64Array;
  readonly ageYears: Float64Array;
  /** Events since records began. */
  readonly events: Float64Array;
  /** Expected events in the window by the repair process with the unit's own frailty. */
  readonly expected: Float64Array;
}

/** A text value that fewer units have is one of "others". */
const RARE_SHARE = 0.005;
/** Half-life of how much an event still says, years. */
const FADING_YEARS = 3;
/** Ridge on coefficients of as-built columns in the repair process and the survival model: as one standard deviation of them each. */
const RIDGE = 1;

/** Columns of numbers that stand for the as-built ones, the same for every day: logarithms of sizes, a 0/1 column for each common text. */
export interface Encoding {
  readonly names: readonly string[];
  /** units × names, standardized over all units. */
  readonly values: Float64Array;
  /** Which names are 0/1 columns: age may act differently on them. */
  readonly kinds: readonly number[];
}

export function encode(register: EventRegister): Encoding {
  const units = register.ids.length;
  const columns = register.asBuilt.flatMap((each) => encoded(each, units));
  const values = new Float64Array(units * columns.length);
  columns.forEach(({ value }, j) => {
    const known = value.filter((each) => !Number.isNaN(each));
    const mean = known.reduce((sum, each) => sum + each, 0) / Math.max(1, known.length);
    const spread = Math.sqrt(known.reduce((sum, each) => sum + (each - mean) ** 2, 0) / Math.max(1, known.length)) || 1;
    for (let u = 0; u < units; u++)
      values[u * columns.length + j] = Number.isNaN(value[u]) ? 0 : (value[u] - mean) / spread;
  });
  return { names: columns.map(({ name }) => name), values, kinds: columns.flatMap(({ text }, j) => (text ? [j] : [])) };
}

function encoded(column: AsBuilt, units: number): { name: string; text: boolean; value: Float64Array }[] {
  const { name } = column;
  if (column.kind === "number") {
    const sizes = column.value.every((each) => Number.isNaN(each) || each >= 0);
    return [
      { name: sizes ? `log ${name}` : name, text: false, value: sizes ? column.value.map(logSize) : column.value },
    ];
  }
  const counts = Map.groupBy(column.value, (cell) => cell);
  const common = [...counts].filter(([, cells]) => cells.length >= RARE_SHARE * units).map(([cell]) => cell);
  const [reference, ...others] = common.sort(
    (a, b) => (counts.get(b)?.length ?? 0) - (counts.get(a)?.length ?? 0) || (a < b ? -1 : 1),
  );
  const rare = column.value.some((cell) => !common.includes(cell)) && reference !== undefined;
  return [
    ...others.map((value) => ({
      name: `${name} ${value || "(empty)"}`,
      text: true,
      value: Float64Array.from(column.value, (cell) => +(cell === value)),
    })),
    ...(rare
      ? [
          {
            name: `${name} other`,
            text: true,
            value: Float64Array.from(column.value, (cell) => +!common.includes(cell)),
          },
        ]
      : []),
  ];
}

const logSize = (value: number): number => (value > 0 ? Math.log(value) : Number.NaN);

/** The snapshot of a day for a window of so many years after it. */
export function snapshotOn(register: EventRegister, encoding: Encoding, day: number, windowYears: number): Snapshot {
  const unit = Int32Array.from(register.ids.keys()).filter(
    (u) => register.installDay[u] <= day && register.removedDay[u] > day,
  );
  const width = encoding.names.length;
  const x = (u: number) => encoding.values.subarray(u * width, (u + 1) * width);
  const age = (u: number, at: number) => (at - register.installDay[u]) / DAYS_PER_YEAR;
  const opens = (u: number) => Math.max(0, age(u, register.recordsFromDay));
  const counts = Float64Array.from(register.ids.keys(), (u) => eventsUntil(register, u, day));
  const process = repairsKnownOn(register, encoding, day);
  const life = firstEventKnownOn(register, encoding, day);
  const names = [
    "age",
    "age squared",
    ...encoding.names,
    ...encoding.kinds.map((j) => `age of ${encoding.names[j]}`),
    "expected events with own frailty",
    "hazard of a first event",
    "events",
    "fading events",
    "event rate",
    ...register.dated.flatMap(({ name }) => [`${name}`, `${name} known`]),
  ];
  const values = new Float64Array(unit.length * names.length);
  const expected = new Float64Array(unit.length);
  unit.forEach((u, i) => {
    const now = age(u, day);
    const watched = now - opens(u);
    const usual = expectedEvents(process, x(u), opens(u), now);
    const own = posteriorFrailty(process.frailtyShape, counts[u], usual);
    expected[i] = own * expectedEvents(process, x(u), now, now + windowYears);
    const row = [
      now / 20,
      (now / 20) ** 2,
      ...x(u),
      ...encoding.kinds.map((j) => (x(u)[j] * now) / 20),
      Math.log(expected[i] + 1e-6),
      life(x(u), now, windowYears),
      Math.log1p(counts[u]),
      Math.log1p(fading(register, u, day)),
      Math.log((counts[u] + 0.3) / (watched + 3)),
      ...register.dated.flatMap(({ value, day: known }) => (known[u] <= day ? [value[u], 1] : [0, 0])),
    ];
    values.set(row, i * names.length);
  });
  return {
    unit,
    names,
    values,
    ageYears: Float64Array.from(unit, (u) => age(u, day)),
    events: Float64Array.from(unit, (u) => counts[u]),
    expected,
  };
}

/** Events of a unit from the beginning of records to the end of a day. */
export function eventsUntil(register: EventRegister, unit: number, day: number): number {
  let count = 0;
  for (let k = register.starts[unit]; k < register.starts[unit + 1] && register.eventDay[k] <= day; k++)
    if (register.eventDay[k] >= register.recordsFromDay) count++;
  return count;
}

function fading(register: EventRegister, unit: number, day: number): number {
  let sum = 0;
  for (let k = register.starts[unit]; k < register.starts[unit + 1] && register.eventDay[k] <= day; k++)
    if (register.eventDay[k] >= register.recordsFromDay)
      sum += 0.5 ** ((day - register.eventDay[k]) / DAYS_PER_YEAR / FADING_YEARS);
  return sum;
}

/** Units that were ever watched by this day, with the ages between which they were. */
function watchedBy(register: EventRegister, day: number) {
  const at = (u: number, when: number) => (when - register.installDay[u]) / DAYS_PER_YEAR;
  return Array.from(register.ids.keys())
    .filter((u) => Math.min(register.removedDay[u], day) > Math.max(register.installDay[u], register.recordsFromDay))
    .map((u) => ({
      u,
      from: Math.max(0, at(u, register.recordsFromDay)),
      to: at(u, Math.min(register.removedDay[u], day)),
    }));
}

function repairsKnownOn(register: EventRegister, encoding: Encoding, day: number) {
  const watched = watchedBy(register, day);
  const width = encoding.names.length;
  const design = new Float64Array(watched.length * width);
  watched.forEach(({ u }, i) => {
    design.set(encoding.values.subarray(u * width, (u + 1) * width), i * width);
  });
  const agesOf = (u: number) => {
    const ages: number[] = [];
    for (let k = register.starts[u]; k < register.starts[u + 1] && register.eventDay[k] <= day; k++)
      if (register.eventDay[k] >= register.recordsFromDay)
        ages.push(Math.max(0.01, (register.eventDay[k] - register.installDay[u]) / DAYS_PER_YEAR));
    return ages;
  };
  const ages = watched.map(({ u }) => agesOf(u));
  return fitRepairProcess(
    {
      from: Float64Array.from(watched, ({ from }) => from),
      to: Float64Array.from(watched, ({ to }) => to),
      events: Float64Array.from(ages, (each) => each.length),
      logAges: Float64Array.from(ages, (each) => each.reduce((sum, age) => sum + Math.log(age), 0)),
      columns: width,
      design,
    },
    { frailty: true, ridge: RIDGE },
  );
}

/** Weibull regression of the age at the first recorded event, entered when records began: ln of the cumulated hazard rate over the window. */
function firstEventKnownOn(register: EventRegister, encoding: Encoding, day: number) {
  const watched = watchedBy(register, day);
  const width = encoding.names.length;
  const n = watched.length;
  const design = new Float64Array(n * width);
  const kind = new Uint8Array(n);
  const exit = new Float64Array(n);
  watched.forEach(({ u, from, to }, i) => {
    design.set(encoding.values.subarray(u * width, (u + 1) * width), i * width);
    let first = Infinity;
    for (let k = register.starts[u]; k < register.starts[u + 1] && first === Infinity; k++)
      if (register.eventDay[k] >= register.recordsFromDay) first = register.eventDay[k];
    kind[i] = first <= day ? EXACT : RIGHT;
    exit[i] = first <= day ? Math.max(from + 0.001, (first - register.installDay[u]) / DAYS_PER_YEAR) : to;
  });
  const size = width + 2;
  const prior = { mean: new Float64Array(size), precision: new Float64Array(size).fill(RIDGE) };
  prior.mean[0] = Math.log(100);
  prior.precision[0] = 0.25;
  const { theta, scale } = fitWithPrior(
    {
      n,
      kind,
      lower: exit,
      upper: exit,
      entry: Float64Array.from(watched, ({ from }) => from),
      weight: new Float64Array(n).fill(1),
      columns: width,
      design,
    },
    weibull,
    prior,
  );
  return (x: Float64Array, age: number, years: number): number => {
    let mu = theta[0];
    for (let j = 0; j < width; j++) mu += x[j] * theta[j + 1];
    const hazard = (at: number) => (at > 0 ? Math.exp((Math.log(at) - mu) / scale) : 0);
    return Math.log(hazard(age + years) - hazard(age) + 1e-9);
  };
}
