import { InputError } from "@trivium/model";
import { columnOf, type Design, eventsOf, isMissing, numbersOf, type TextColumns } from "./columns.ts";
import type { Band } from "./confidence.ts";
import { EXACT, INTERVAL, LEFT, type Observations, RIGHT } from "./observations.ts";
import type { Ties } from "./partial-likelihood.ts";

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
  /** mcf, power-law: rows of one value are one unit. */
  readonly id?: string;
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
    request.id,
    ...(request.covariates ?? []),
  ];
  const cells = needed.filter((name) => name !== undefined).map((name) => columnOf(request.columns, name));
  const length = columnOf(request.columns, request.duration ?? request.lower ?? missingTime()).length;
  const rows = Array.from({ length }, (_, row) => row).filter((row) =>
    cells.every((column) => !isMissing(column[row])),
  );
  const counted = request.weights === undefined ? rows : withWeight(request, rows, request.weights);
  if (counted.length > 0) return counted;
  throw new InputError(
    "no-lives",
    `none of the ${length} rows has a value in every column that is used. Maybe a column is empty`,
    { values: { rows: length } },
  );
}

/** Rows of weight 0 stand for nothing. @throws InputError weight-negative */
function withWeight({ columns }: SurvivalRequest, rows: readonly number[], name: string): number[] {
  const weight = numbersOf(columns, name, rows);
  refuseRows(rows, (i) => (weight[i] < 0 ? `column ${name} holds ${weight[i]}` : undefined), {
    code: "weight-negative",
    path: name,
    maybe: "the row should be left out, or another column was meant",
  });
  return rows.filter((_, i) => weight[i] > 0);
}

const ROWS_SHOWN = 8;

/** All rows with a problem at once, the header being row 1. @throws InputError with the code, the first rows and how many there are */
function refuseRows(
  rows: readonly number[],
  problem: (i: number) => string | undefined,
  { code, path, maybe }: { readonly code: string; readonly path: string; readonly maybe: string },
): void {
  const wrong = rows.flatMap((row, i) => {
    const text = problem(i);
    return text === undefined ? [] : [{ row: row + 2, text }];
  });
  if (wrong.length === 0) return;
  const more = wrong.length > ROWS_SHOWN ? `; and ${wrong.length - ROWS_SHOWN} rows more` : "";
  const shown = wrong.slice(0, ROWS_SHOWN).map(({ row, text }) => `row ${row}: ${text}`);
  throw new InputError(code, `${shown.join("; ")}${more}. Maybe ${maybe}`, {
    path,
    values: { row: wrong[0].row, rows: wrong.length },
  });
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
  const exit = numbersOf(request.columns, request.duration, rows);
  const entry = request.entry === undefined ? undefined : numbersOf(request.columns, request.entry, rows);
  if (entry && request.id === undefined)
    refuseRows(rows, (i) => (exit[i] > entry[i] ? undefined : `entry ${entry[i]}, exit ${exit[i]}`), {
      code: "exit-not-after-entry",
      path: request.entry as string,
      maybe: "the two columns are swapped, or the unit left on the day it was first seen: leave such rows out",
    });
  return { exit, entry, weight: weightsOf(request, rows) };
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

/** Lives of any censoring, of --duration or of --lower and --upper. @throws InputError time-not-positive, exit-not-after-entry, interval-reversed */
export function observationsOf(request: SurvivalRequest, rows: readonly number[], design: Design): Observations {
  const n = rows.length;
  const entry = request.entry === undefined ? new Float64Array(n) : numbersOf(request.columns, request.entry, rows);
  const lives = {
    n,
    entry,
    weight: weightsOf(request, rows),
    columns: design.names.length,
    design: design.values,
    ...timesOf(request, rows),
  };
  const where = request.duration ?? request.upper ?? "";
  const last = (i: number) => (lives.kind[i] === LEFT || lives.kind[i] === INTERVAL ? lives.upper[i] : lives.lower[i]);
  refuseRows(rows, (i) => (last(i) > 0 ? undefined : `the time is ${last(i)}, must be above 0`), {
    code: "time-not-positive",
    path: where,
    maybe: "the unit was removed on the day it came: give it a small age, or leave it out (km and cox take 0)",
  });
  refuseRows(
    rows,
    (i) =>
      lives.kind[i] === INTERVAL && lives.upper[i] < lives.lower[i]
        ? `lower ${lives.lower[i]}, upper ${lives.upper[i]}`
        : undefined,
    { code: "interval-reversed", path: where, maybe: "the two columns are swapped" },
  );
  refuseRows(rows, (i) => (entry[i] >= 0 && last(i) > entry[i] ? undefined : `entry ${entry[i]}, exit ${last(i)}`), {
    code: "exit-not-after-entry",
    path: request.entry ?? where,
    maybe: "the two columns are swapped, or the unit left on the day it was first seen: leave such rows out",
  });
  return lives;
}

type Times = Pick<Observations, "kind" | "lower" | "upper">;

function timesOf(request: SurvivalRequest, rows: readonly number[]): Times {
  if (request.duration === undefined) return intervalsOf(request, rows);
  const { exit, observed } = exactLives({ ...request, entry: undefined }, rows);
  return { kind: observed.map((each) => (each === 1 ? EXACT : RIGHT)), lower: exit, upper: exit };
}

function intervalsOf(request: SurvivalRequest, rows: readonly number[]): Times {
  if (request.lower === undefined || request.upper === undefined) missingTime();
  const side = (name: string, open: number) => {
    const cells = columnOf(request.columns, name);
    const isOpen = (cell: string) => isMissing(cell) || /^[+-]?inf(inity)?$/i.test(cell.trim());
    return Float64Array.from(rows, (row) => (isOpen(cells[row]) ? open : numbersOf(request.columns, name, [row])[0]));
  };
  const lower = side(request.lower, 0);
  const upper = side(request.upper, Infinity);
  const said = request.event === undefined ? undefined : saidKinds(request, rows, request.event);
  const kind = Uint8Array.from(
    rows,
    (_, i) =>
      said?.[i] ?? (upper[i] === Infinity ? RIGHT : lower[i] === upper[i] ? EXACT : lower[i] <= 0 ? LEFT : INTERVAL),
  );
  // An exactly known or right-censored age may stand in either column.
  for (let i = 0; i < rows.length; i++)
    if ((kind[i] === RIGHT || kind[i] === EXACT) && lower[i] === 0 && upper[i] !== Infinity) lower[i] = upper[i];
    else if (kind[i] === LEFT && upper[i] === Infinity) upper[i] = lower[i];
  return { kind, lower, upper };
}

/** How a life ended, in words or as R's Surv(type = "interval") codes it. */
const KINDS: Readonly<Record<string, number>> = {
  "0": RIGHT,
  right: RIGHT,
  censored: RIGHT,
  "1": EXACT,
  exact: EXACT,
  event: EXACT,
  failure: EXACT,
  failed: EXACT,
  "2": LEFT,
  left: LEFT,
  "3": INTERVAL,
  interval: INTERVAL,
};

/** With --event-value its rows failed as lower and upper tell (undefined here), all others were alive at lower. @throws InputError event-kind-unknown */
function saidKinds(request: SurvivalRequest, rows: readonly number[], name: string): (number | undefined)[] {
  if (request.eventValue !== undefined) {
    const failed = eventsOf(request.columns, name, rows, request.eventValue);
    return Array.from(failed, (each) => (each === 1 ? undefined : RIGHT));
  }
  const cells = columnOf(request.columns, name);
  const kindOf = (row: number) => KINDS[cells[row].trim().toLowerCase()];
  refuseRows(rows, (i) => (kindOf(rows[i]) === undefined ? `column ${name} holds "${cells[rows[i]]}"` : undefined), {
    code: "event-kind-unknown",
    path: name,
    maybe: "say right, left, interval or exact (or 0, 2, 3, 1), or which value is a failure (--event-value)",
  });
  return rows.map(kindOf);
}

/** Rows left out for a missing value or a weight of 0. */
export const omitted = (request: SurvivalRequest, rows: readonly number[]): number =>
  columnOf(request.columns, request.duration ?? request.lower ?? missingTime()).length - rows.length;
