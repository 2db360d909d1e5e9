import { InputError } from "@trivium/model";

/** Cells of a CSV as text, by column name; all columns have the same length. */
export type TextColumns = Readonly<Record<string, readonly string[]>>;

const MISSING = new Set(["", "NA", "NaN", "null"]);

export const isMissing = (cell: string): boolean => MISSING.has(cell.trim());

/** @throws InputError unknown-column, naming those there are */
export function columnOf(columns: TextColumns, name: string): readonly string[] {
  const found = Object.hasOwn(columns, name) ? columns[name] : undefined;
  if (found) return found;
  throw new InputError(
    "unknown-column",
    `there is no column ${name}. Maybe one of ${Object.keys(columns).join(", ")}`,
    { path: name, values: { column: name } },
  );
}

/** @throws InputError not-a-number, with the row (the header is row 1) */
export function numbersOf(columns: TextColumns, name: string, rows: readonly number[]): Float64Array {
  const cells = columnOf(columns, name);
  return Float64Array.from(rows, (row) => {
    const value = Number(cells[row]);
    if (Number.isFinite(value) && !isMissing(cells[row])) return value;
    throw new InputError(
      "not-a-number",
      `row ${row + 2}, column ${name}: "${cells[row]}" is no number. Maybe another column was meant`,
      { path: name, values: { row: row + 2, value: cells[row] } },
    );
  });
}

const YES = new Set(["1", "true"]);
const NO = new Set(["0", "false"]);

/**
 * 1 = failed. Without an event value the cells must be 1/0 or TRUE/FALSE; with one, that value is a failure and every other is not.
 * @throws InputError event-value-needed, event-value-absent
 */
export function eventsOf(
  columns: TextColumns,
  name: string,
  rows: readonly number[],
  value: string | undefined,
): Uint8Array {
  const cells = columnOf(columns, name);
  if (value !== undefined) {
    const same = (cell: string) => cell.trim() === value || (cell.trim() !== "" && Number(cell) === Number(value));
    if (rows.some((row) => same(cells[row]))) return Uint8Array.from(rows, (row) => +same(cells[row]));
    throw new InputError(
      "event-value-absent",
      `no row of column ${name} holds ${value}. Maybe one of ${someOf(cells, rows)}`,
      { path: name, values: { value } },
    );
  }
  return Uint8Array.from(rows, (row) => {
    const cell = cells[row].trim().toLowerCase();
    if (YES.has(cell) || NO.has(cell)) return +YES.has(cell);
    throw new InputError(
      "event-value-needed",
      `row ${row + 2}: column ${name} holds "${cells[row]}", neither 1/0 nor TRUE/FALSE. Maybe say which value is a failure (--event-value), one of ${someOf(cells, rows)}`,
      { path: name, values: { row: row + 2, value: cells[row] } },
    );
  });
}

function someOf(cells: readonly string[], rows: readonly number[]): string {
  return [...new Set(rows.map((row) => cells[row]))].slice(0, 8).join(", ");
}

export interface Design {
  readonly names: readonly string[];
  /** rows × names, row by row. */
  readonly values: Float64Array;
}

/** Numeric columns as they are; a column with any text becomes one 0/1 column a value, in alphabetical order, the first value being the reference. @throws InputError singular-design for a text column of one value */
export function designOf(columns: TextColumns, covariates: readonly string[], rows: readonly number[]): Design {
  const names: string[] = [];
  const parts: Float64Array[] = [];
  for (const name of covariates) {
    const cells = columnOf(columns, name);
    if (rows.every((row) => Number.isFinite(Number(cells[row])))) {
      names.push(name);
      parts.push(numbersOf(columns, name, rows));
      continue;
    }
    const values = [...new Set(rows.map((row) => cells[row].trim()))].sort();
    if (values.length === 1)
      throw new InputError(
        "singular-design",
        `covariate ${name} holds ${values[0]} in every row, so it says nothing. Maybe leave it out`,
        { path: name, values: { covariate: name } },
      );
    for (const value of values.slice(1)) {
      names.push(`${name}${value}`);
      parts.push(Float64Array.from(rows, (row) => +(cells[row].trim() === value)));
    }
  }
  const values = new Float64Array(rows.length * names.length);
  for (let j = 0; j < names.length; j++)
    for (let i = 0; i < rows.length; i++) values[i * names.length + j] = parts[j][i];
  return { names, values };
}

/** The values of a column of text, in order of number then text, and which of them each row has. */
export function strataOf(
  columns: TextColumns,
  name: string,
  rows: readonly number[],
): { readonly levels: readonly string[]; readonly level: Int32Array } {
  const cells = columnOf(columns, name);
  const levels = [...new Set(rows.map((row) => cells[row].trim()))].sort(byNumberThenText);
  const at = new Map(levels.map((value, index) => [value, index]));
  return { levels, level: Int32Array.from(rows, (row) => at.get(cells[row].trim()) as number) };
}

const byNumberThenText = (a: string, b: string): number => Number(a) - Number(b) || (a < b ? -1 : 1);
