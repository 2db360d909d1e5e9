import { z } from "zod";
import { formatClock, parseClock } from "./units.ts";

/**
 * A column of a table: how its cell is read from text, checked and written again.
 * Typed values are JSON-safe (string, number, boolean, string[]), so a row is the same thing in memory, in a plan file and in a scenario.
 */
export interface Column<T = unknown, Required extends boolean = boolean> {
  /** What the cell holds, for messages and templates: "whole number ≥ 0", "id". */
  readonly expects: string;
  readonly required: Required;
  /** Schema of the typed value, for the API. */
  readonly schema: z.ZodType<T>;
  /** Text of a non-empty, trimmed cell → value; undefined when the text is not one. */
  parse(text: string): T | undefined;
  format(value: T): string;
  /** The table and column whose values this cell must be one of; a list is checked entry by entry. */
  readonly references?: { readonly table: string; readonly column: string };
}

type Spec<T> = Omit<Column<T>, "required">;

/** A cell that may be empty; `.required` is the same cell where it may not. */
export interface OptionalColumn<T> extends Column<T, false> {
  readonly mandatory: Column<T, true>;
}

function column<T>(spec: Spec<T>): OptionalColumn<T> {
  return { ...spec, required: false, mandatory: { ...spec, required: true } };
}

const asIs = <T extends string | number>(value: T): string => String(value);

/** A number as people write it: digits, one decimal point, an optional sign and exponent; never `0x10`, `1,000` or `NaN`. */
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;

export const text = (): OptionalColumn<string> =>
  column<string>({ expects: "text", schema: z.string(), parse: (cell) => cell, format: asIs });

/** What a spreadsheet runs instead of showing it. Ids leave as they came, so one like this may not come in. @see OWASP, CSV Injection */
const FORMULA = /^[=+@]|^-.*[|!(]/;

export const id = (): OptionalColumn<string> =>
  column<string>({
    expects: "an id",
    schema: z.string().min(1).max(200),
    parse: (cell) => (cell.length <= 200 && !FORMULA.test(cell) ? cell : undefined),
    format: asIs,
  });

/** An id that must stand in another table. */
export const reference = (table: string, column_: string): OptionalColumn<string> => {
  const references = { table, column: column_ };
  return column<string>({ ...id(), expects: `a ${column_} of ${table}`, references });
};

export const decimal = (min = -Infinity, max = Infinity): OptionalColumn<number> =>
  column<number>({
    expects: `a number${range(min, max)}`,
    schema: z.number().min(min).max(max),
    parse: (cell) => inRange(NUMBER.test(cell) ? Number(cell) : Number.NaN, min, max),
    format: asIs,
  });

export const whole = (min = -Infinity, max = Infinity): OptionalColumn<number> =>
  column<number>({
    expects: `a whole number${range(min, max)}`,
    schema: z.number().int().min(min).max(max),
    parse: (cell) => {
      const value = NUMBER.test(cell) ? Number(cell) : Number.NaN;
      return Number.isSafeInteger(value) ? inRange(value, min, max) : undefined;
    },
    format: asIs,
  });

export const oneOf = <const V extends readonly string[]>(...values: V): OptionalColumn<V[number]> =>
  column<V[number]>({
    expects: `one of ${values.join(", ")}`,
    schema: z.enum(values) as unknown as z.ZodType<V[number]>,
    parse: (cell) => values.find((value) => value.toLowerCase() === cell.toLowerCase()),
    format: (value) => value,
  });

const YES = new Set(["yes", "y", "true", "1"]);
const NO = new Set(["no", "n", "false", "0"]);

export const yesNo = (): OptionalColumn<boolean> =>
  column({
    expects: "yes or no",
    schema: z.boolean(),
    parse: (cell) => (YES.has(cell.toLowerCase()) ? true : NO.has(cell.toLowerCase()) ? false : undefined),
    format: (value) => (value ? "yes" : "no"),
  });

/** yes = 1, no = 0, or a probability between them. */
export const probability = (): OptionalColumn<number> =>
  column<number>({
    expects: "yes, no or a probability from 0 to 1",
    schema: z.number().min(0).max(1),
    parse: (cell) =>
      cell.toLowerCase() === "yes"
        ? 1
        : cell.toLowerCase() === "no"
          ? 0
          : inRange(NUMBER.test(cell) ? Number(cell) : Number.NaN, 0, 1),
    format: (value) => (value === 1 ? "yes" : value === 0 ? "no" : String(value)),
  });

/** An ISO date, kept as text: it sorts, compares and prints as it stands. */
export const date = (): OptionalColumn<string> =>
  column<string>({ expects: "a date YYYY-MM-DD", schema: z.iso.date(), parse: parseDate, format: asIs });

/** A time of day, as seconds after midnight. */
export const clock = (): OptionalColumn<number> =>
  column<number>({
    expects: "a time HH:MM",
    schema: z.number().min(0).max(172_799),
    parse: parseClock,
    format: formatClock,
  });

export const GRADES = ["PK", "K", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"] as const;
export type Grade = (typeof GRADES)[number];
/** PK…12; a leading zero is dropped (`09` is 9). */
export const grade = (): OptionalColumn<Grade> => {
  const base = oneOf(...GRADES);
  return column({ ...base, parse: (cell) => base.parse(cell.replace(/^0+(?=\d)/, "")) });
};

/** Entries separated by `|`; empty entries are dropped. */
export const list = <T extends string | number>(entry: OptionalColumn<T>): OptionalColumn<T[]> =>
  column<T[]>({
    expects: `a list of ${entry.expects}, separated by |`,
    schema: z.array(entry.schema),
    parse: (cell) => {
      const values: T[] = [];
      for (const part of cell.split("|")) {
        if (part.trim() === "") continue;
        const value = entry.parse(part.trim());
        if (value === undefined) return undefined;
        values.push(value);
      }
      return values;
    },
    format: (values) => values.map((value) => entry.format(value)).join("|"),
    ...(entry.references ? { references: entry.references } : {}),
  });

function parseDate(cell: string): string | undefined {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(cell);
  if (!match) return undefined;
  const day = new Date(Date.UTC(Number(match[1]), Number(match[2]) - 1, Number(match[3])));
  return day.toISOString().slice(0, 10) === cell ? cell : undefined;
}

function inRange(value: number, min: number, max: number): number | undefined {
  return value >= min && value <= max && Number.isFinite(value) ? value : undefined;
}

function range(min: number, max: number): string {
  if (min === -Infinity && max === Infinity) return "";
  if (max === Infinity) return ` ≥ ${min}`;
  return min === -Infinity ? ` ≤ ${max}` : ` from ${min} to ${max}`;
}
