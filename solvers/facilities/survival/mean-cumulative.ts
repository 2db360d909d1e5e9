/** Histories of repairable units: unit u is watched from age `from[u]` to `to[u]`; event k happened to unit `unit[k]` at age `age[k]` inside its window. */
export interface EventHistories {
  readonly from: Float64Array;
  readonly to: Float64Array;
  readonly unit: Int32Array;
  readonly age: Float64Array;
}

/** One row for each distinct age of an event or of an end of observation, ascending. */
export interface MeanCumulative {
  readonly times: Float64Array;
  readonly atRisk: Float64Array;
  readonly events: Float64Array;
  readonly mean: Float64Array;
  readonly stdError: Float64Array;
}

/**
 * Nelson's mean cumulative function: events a unit has had by age t on average, whatever process brings them.
 *
 * M(t) = Σ over ages tₖ ≤ t of d(tₖ)/n(tₖ), n = units with from < tₖ ≤ to. Variance by Lawless & Nadeau, robust against dependence inside a unit:
 * Σ_u U_u(t)²,  U_u(t) = Σ_{tₖ ≤ t} Y_u(tₖ)/n(tₖ) (dN_u(tₖ) − d(tₖ)/n(tₖ)).
 * While a unit is watched U_u(t) = c_u − D(t), D(t) = Σ d/n², and c_u moves only at its own events: O(n log n) by running sums of c and c².
 *
 * @see Nelson 1995, Technometrics 37:147–157; Lawless & Nadeau 1995, Technometrics 37:158–168
 */
export function meanCumulative({ from, to, unit, age }: EventHistories): MeanCumulative {
  const times = Float64Array.from(new Set([...age, ...to])).sort();
  const size = times.length;
  const at = new Map(Array.from(times, (time, k) => [time, k]));
  const opening = rowsBy(size, from.length, (u) => firstAfter(times, from[u]));
  const closing = rowsBy(size, to.length, (u) => at.get(to[u]) as number);
  const happening = rowsBy(size, age.length, (e) => at.get(age[e]) as number);
  const curve = {
    times,
    atRisk: new Float64Array(size),
    events: new Float64Array(size),
    mean: new Float64Array(size),
    stdError: new Float64Array(size),
  };
  const own = new Float64Array(from.length);
  let mean = 0;
  let drift = 0;
  let watched = 0;
  let sum = 0;
  let squares = 0;
  let ended = 0;
  for (let k = 0; k < size; k++) {
    for (const u of opening[k]) {
      own[u] = drift;
      watched++;
      sum += drift;
      squares += drift * drift;
    }
    const events = happening[k].length;
    for (const e of happening[k]) {
      const before = own[unit[e]];
      own[unit[e]] += 1 / watched;
      sum += 1 / watched;
      squares += own[unit[e]] ** 2 - before ** 2;
    }
    if (events > 0) {
      mean += events / watched;
      drift += events / watched / watched;
    }
    curve.atRisk[k] = watched;
    curve.events[k] = events;
    curve.mean[k] = mean;
    curve.stdError[k] = Math.sqrt(Math.max(0, ended + squares - 2 * drift * sum + watched * drift * drift));
    for (const u of closing[k]) {
      ended += (own[u] - drift) ** 2;
      watched--;
      sum -= own[u];
      squares -= own[u] ** 2;
    }
  }
  return curve;
}

/** Rows 0 … rows − 1 by the index of their time. */
function rowsBy(size: number, rows: number, timeOf: (row: number) => number): readonly (readonly number[])[] {
  const lists: number[][] = Array.from({ length: size }, () => []);
  for (let row = 0; row < rows; row++) lists[timeOf(row)].push(row);
  return lists;
}

/** Index of the first time beyond `start`. */
function firstAfter(times: Float64Array, start: number): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (times[middle] > start) high = middle;
    else low = middle + 1;
  }
  return low;
}
