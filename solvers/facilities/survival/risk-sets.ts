import { InputError } from "@trivium/model";
import { risingOrder } from "./rising-order.ts";

/** Lives for a Cox fit; arrays of length n, `stratum` 0…strata−1, `design` n × columns row by row. */
export interface CoxLives {
  readonly n: number;
  readonly exit: Float64Array;
  readonly observed: Uint8Array;
  readonly entry: Float64Array;
  readonly weight: Float64Array;
  readonly stratum: Int32Array;
  readonly columns: number;
  readonly design: Float64Array;
}

/** Rows by stratum and falling exit, by stratum and falling entry, and where each stratum begins in both (length strata + 1). */
export interface RiskOrder {
  readonly byExit: Int32Array;
  readonly byEntry: Int32Array;
  readonly starts: Int32Array;
}

export function riskOrder(lives: CoxLives): RiskOrder {
  const { n, exit, entry, stratum } = lives;
  const byExit = falling(exit, stratum);
  // Where nobody enters late the order of entries tells nothing.
  const byEntry = entry.some((age) => age > -Infinity) ? falling(entry, stratum) : byExit;
  const starts = [0];
  for (let k = 1; k <= n; k++) if (k === n || stratum[byExit[k]] !== stratum[byExit[k - 1]]) starts.push(k);
  return { byExit, byEntry, starts: Int32Array.from(starts) };
}

/** Rows by stratum, then falling age, then row. */
function falling(age: Float64Array, stratum: Int32Array): Int32Array {
  const rows = risingOrder(age.map((each) => -each));
  if (stratum.every((each) => each === stratum[0])) return rows;
  return risingOrder(Float64Array.from(rows, (row) => stratum[row])).map((k) => rows[k]);
}

/** @throws InputError no-events, exit-not-after-entry, weight-not-positive */
export function checkCoxLives(lives: CoxLives): void {
  let events = 0;
  for (let i = 0; i < lives.n; i++) {
    events += lives.observed[i];
    if (!(lives.exit[i] > lives.entry[i]))
      throw new InputError(
        "exit-not-after-entry",
        `row ${i + 1}: entry ${lives.entry[i]} and exit ${lives.exit[i]}. Maybe the two columns are swapped`,
        { values: { row: i + 1 } },
      );
    if (!(lives.weight[i] > 0))
      throw new InputError(
        "weight-not-positive",
        `row ${i + 1}: the weight is ${lives.weight[i]}. Maybe the row should be left out`,
        { values: { row: i + 1 } },
      );
  }
  if (events === 0)
    throw new InputError(
      "no-events",
      `none of the ${lives.n} lives ended in a failure. Maybe the event column or its value is another one`,
      { values: { n: lives.n } },
    );
}
