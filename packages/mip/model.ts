/**
 * A linear or mixed-integer model, built row by row or column by column:
 *
 *   minimize or maximize  cᵀx   subject to  rowLower ≤ A x ≤ rowUpper,  lower ≤ x ≤ upper,  x_j integer for some j
 *
 * Bounds may be ±Infinity. Indices are those that `addVariable` and `addRow` return, from 0 up.
 */
export class MipModel {
  readonly sense: "minimize" | "maximize";
  readonly costs: number[] = [];
  readonly lower: number[] = [];
  readonly upper: number[] = [];
  readonly integer: boolean[] = [];
  readonly rowLower: number[] = [];
  readonly rowUpper: number[] = [];
  /** Coefficients as triples, in the order they came; entries of the same place add up. */
  readonly entryRow: number[] = [];
  readonly entryColumn: number[] = [];
  readonly entryValue: number[] = [];

  constructor(sense: "minimize" | "maximize") {
    this.sense = sense;
  }

  get variables(): number {
    return this.costs.length;
  }

  get rows(): number {
    return this.rowLower.length;
  }

  /** @returns the variable's index */
  addVariable(cost: number, lower = 0, upper = Infinity, integer = false): number {
    this.costs.push(cost);
    this.lower.push(lower);
    this.upper.push(upper);
    this.integer.push(integer);
    return this.costs.length - 1;
  }

  /** A 0/1 decision. @returns the variable's index */
  addBinary(cost: number): number {
    return this.addVariable(cost, 0, 1, true);
  }

  /** lower ≤ Σ values[k] · x[columns[k]] ≤ upper. @returns the row's index */
  addRow(lower: number, upper: number, columns: ArrayLike<number> = [], values?: ArrayLike<number>): number {
    this.rowLower.push(lower);
    this.rowUpper.push(upper);
    const row = this.rowLower.length - 1;
    for (let k = 0; k < columns.length; k++) this.addEntry(row, columns[k], values === undefined ? 1 : values[k]);
    return row;
  }

  /** Adds `value` to the coefficient of a variable in a row that exists already. */
  addEntry(row: number, column: number, value: number): void {
    this.entryRow.push(row);
    this.entryColumn.push(column);
    this.entryValue.push(value);
  }
}
