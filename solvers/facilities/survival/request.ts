import { InputError } from "@trivium/model";
import { columnOf, type Design, eventsOf, isMissing, numbersOf, type TextColumns } from "./columns.ts";
import type { Band } from "./confidence.ts";
import type { Ties } from "./cox.ts";
import { EXACT, INTERVAL, LEFT, type Observations, RIGHT } from "./observations.ts";

/** What `trivium survival` is asked; columns by name. Rows with an empty cell (or NA) in a column that is used are left out and counted. */
export interface SurvivalRequest {
  readonly model: string;
  readonly columns: TextColumns;
  /** Time on test; or `lower` and `upper`: empty lower = failed by upper, empty upper = alive at lower, equal = failed there. */
  readonly duration?: string;
  readonly lower?: string;
  readonly upper?: string;
  /** Absent: every duration is a failure. */
  readonly event?: string;
  readonly eventValue?: string;
  readonly entry?: string;
  readonly weights?: string;
  readonly covariates?: readonly string[];
  readonly strata?: string;
  /** Cox: rows of one value are one unit for the robust standard errors (absent: each row is one). */
  readonly cluster?: string;
  readonly ties?: Ties;
  readonly conf?: Band;
}

/** Rows with a value in every column that is used. @throws InputError no-lives, unknown-column, time-column-needed */
export function usableRows(request: SurvivalRequest): number[] {
  const needed = [
    request.duration,
    request.event,
    request.entry,
    request.weights,
    request.strata,
    request.cluster,
    ...(request.covariates ?? []),
  ];
  const cells = needed.filter((name) => name !== undefined).map((name) => columnOf(request.columns, name));
  const length = columnOf(request.columns, request.duration ?? request.lower ?? missingTime()).length;
  const rows = Array.from({ length }, (_, row) => row).filter((row) =>
    cells.every((column) => !isMissing(column[row])),
  );
  if (rows.length > 0) return rows;
  throw new InputError(
    "no-lives",
    `none of the ${length} rows has a value in every column that is used. Maybe a column is empty`,
    { values: { rows: length } },
  );
}

function missingTime(): never {
  throw new InputError(
    "time-column-needed",
    "no time column was named. Maybe --duration COL, or --lower COL --upper COL",
  );
}

export interface ExactTimes {
  readonly exit: Float64Array;
  readonly entry: Float64Array | undefined;
  readonly weight: Float64Array;
}

export interface ExactLives extends ExactTimes {
  readonly observed: Uint8Array;
}

/** Durations with failed or not: what Kaplan–Meier and Cox take. */
export function exactLives(request: SurvivalRequest, rows: readonly number[]): ExactLives {
  const observed =
    request.event === undefined
      ? new Uint8Array(rows.length).fill(1)
      : eventsOf(request.columns, request.event, rows, request.eventValue);
  return { ...exactTimes(request, rows), observed };
}

/** @throws InputError duration-needed, unknown-column, not-a-number */
export function exactTimes(request: SurvivalRequest, rows: readonly number[]): ExactTimes {
  if (request.duration === undefined)
    throw new InputError(
      "duration-needed",
      `${request.model} needs --duration: it takes exact and right-censored times only. Maybe a parametric model or turnbull, which take --lower and --upper`,
      { values: { model: request.model } },
    );
  return {
    exit: numbersOf(request.columns, request.duration, rows),
    entry: request.entry === undefined ? undefined : numbersOf(request.columns, request.entry, rows),
    weight: weightsOf(request, rows),
  };
}

/** For one curve of all lives. @throws InputError strata-not-supported, covariates-not-supported */
export function refuseGroups({ model, strata, covariates }: SurvivalRequest): void {
  if (strata !== undefined)
    throw new InputError(
      "strata-not-supported",
      `strata are for km and cox: ${model} draws all lives together. Maybe one file for each value of ${strata}`,
      { path: strata },
    );
  if (covariates !== undefined && covariates.length > 0)
    throw new InputError(
      "covariates-not-supported",
      `${model} has no covariates. Maybe cox or a parametric model, or leave out --covariates`,
      { path: covariates[0] },
    );
}

function weightsOf(request: SurvivalRequest, rows: readonly number[]): Float64Array {
  return request.weights === undefined
    ? new Float64Array(rows.length).fill(1)
    : numbersOf(request.columns, request.weights, rows);
}

/** Lives of any censoring, of --duration or of --lower and --upper. */
export function observationsOf(request: SurvivalRequest, rows: readonly number[], design: Design): Observations {
  const n = rows.length;
  const base = {
    n,
    entry: request.entry === undefined ? new Float64Array(n) : numbersOf(request.columns, request.entry, rows),
    weight: weightsOf(request, rows),
    columns: design.names.length,
    design: design.values,
  };
  if (request.duration !== undefined) {
    const { exit, observed } = exactLives(request, rows);
    return { ...base, kind: observed.map((each) => (each === 1 ? EXACT : RIGHT)), lower: exit, upper: exit };
  }
  return { ...base, ...intervalsOf(request, rows) };
}

function intervalsOf(
  request: SurvivalRequest,
  rows: readonly number[],
): Pick<Observations, "kind" | "lower" | "upper"> {
  if (request.lower === undefined || request.upper === undefined) missingTime();
  const side = (name: string, open: number) => {
    const cells = columnOf(request.columns, name);
    const isOpen = (cell: string) => isMissing(cell) || /^[+-]?inf(inity)?$/i.test(cell.trim());
    return Float64Array.from(rows, (row) => (isOpen(cells[row]) ? open : numbersOf(request.columns, name, [row])[0]));
  };
  const lower = side(request.lower, 0);
  const upper = side(request.upper, Infinity);
  const kind = Uint8Array.from(rows, (_, i) =>
    upper[i] === Infinity ? RIGHT : lower[i] === upper[i] ? EXACT : lower[i] <= 0 ? LEFT : INTERVAL,
  );
  return { kind, lower, upper };
}

/** Rows left out for a missing value. */
export const omitted = (request: SurvivalRequest, rows: readonly number[]): number =>
  columnOf(request.columns, request.duration ?? request.lower ?? missingTime()).length - rows.length;
