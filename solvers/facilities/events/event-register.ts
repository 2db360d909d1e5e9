import { InputError } from "@trivium/model";
import { columnOf, isMissing, type TextColumns } from "../survival/columns.ts";

/** Which columns of any register and any list of events mean what. Dates: 1979, 1979-07-01, 1979/07/01 with or without a time. */
export interface EventTables {
  readonly register: TextColumns;
  readonly events: TextColumns;
  readonly id: string;
  readonly installed: string;
  readonly removed?: string;
  /** Columns that a unit has from its installation on and that never change: material, size, length, type, maker. */
  readonly asBuilt: readonly string[];
  /** Columns that were found out on a date: the value is known from that date on. */
  readonly dated: readonly { readonly value: string; readonly date: string }[];
  /** A column by which results are told apart (school, zone). */
  readonly group?: string;
  readonly eventId: string;
  readonly eventDate: string;
  /** Only events whose column holds this value count. */
  readonly eventWhere?: { readonly column: string; readonly value: string };
  /** From this day on the list of events is complete; absent: the first event. */
  readonly recordsFrom?: string;
}

/** One thing found while reading: how many rows, and the first of them. */
interface ReadingNote {
  readonly code: string;
  readonly rows: number;
  readonly message: string;
}

/** Units and their events, days since 1970-01-01. Units are those whose installation is known. */
export interface EventRegister {
  readonly ids: readonly string[];
  readonly installDay: Float64Array;
  /** Infinity = still there. */
  readonly removedDay: Float64Array;
  readonly asBuilt: readonly AsBuilt[];
  readonly dated: readonly DatedColumn[];
  readonly groups: readonly string[];
  /** Index in `groups`, by unit. */
  readonly group: Int32Array;
  /** Event days of unit u, ascending: [starts[u], starts[u + 1]). */
  readonly starts: Int32Array;
  readonly eventDay: Float64Array;
  readonly recordsFromDay: number;
  readonly lastEventDay: number;
  readonly notes: readonly ReadingNote[];
}

export type AsBuilt =
  | { readonly name: string; readonly kind: "number"; readonly value: Float64Array }
  | { readonly name: string; readonly kind: "text"; readonly value: readonly string[] };

interface DatedColumn {
  readonly name: string;
  readonly value: Float64Array;
  /** Infinity = never assessed. */
  readonly day: Float64Array;
}

/** A judgement is made on some day: without it nobody can say what it already knew. */
const JUDGEMENT = /condition|score|rating|grade|status|risk|likelihood|critical|assess|inspect|health|remaining/i;

/**
 * Reads a register and its events. Rows that cannot be used are left out and noted; what makes the whole unusable is thrown.
 * @throws InputError unknown-column, feature-without-date, duplicate-unit, no-units, no-events
 */
export function readEventRegister(tables: EventTables): EventRegister {
  refuseUndated(tables);
  const notes: ReadingNote[] = [];
  const note = (code: string, rows: readonly number[], message: string) => {
    if (rows.length > 0)
      notes.push({
        code,
        rows: rows.length,
        message: `${message} (${rows.length} rows, the first in line ${rows[0] + 2})`,
      });
  };
  const cells = (name: string) => columnOf(tables.register, name);
  const allIds = cells(tables.id);
  const rowOf = new Map<string, number>();
  allIds.forEach((id, row) => {
    if (rowOf.has(id.trim()))
      throw new InputError(
        "duplicate-unit",
        `line ${row + 2}: unit ${id} is already in line ${(rowOf.get(id.trim()) ?? 0) + 2}. Maybe another column is the id, or the register holds its history: keep the last row of each unit`,
        { path: tables.id, values: { row: row + 2, id } },
      );
    rowOf.set(id.trim(), row);
  });
  const installed = cells(tables.installed).map(dayOf);
  const removed = tables.removed === undefined ? undefined : cells(tables.removed).map(dayOf);
  const rows = allIds.map((_, row) => row);
  note(
    "installation-unknown",
    rows.filter((row) => Number.isNaN(installed[row])),
    `no date of installation in ${tables.installed}: not forecast`,
  );
  const reversed = rows.filter((row) => removed !== undefined && removed[row] < installed[row]);
  note("removed-before-installed", reversed, "removed before it was installed: left out");
  const units = rows.filter((row) => !Number.isNaN(installed[row]) && !reversed.includes(row));
  if (units.length === 0)
    throw new InputError(
      "no-units",
      `no row of the register has a date in ${tables.installed}. Maybe another column was meant`,
      {
        path: tables.installed,
      },
    );
  const unitOf = new Map(units.map((row, unit) => [allIds[row].trim(), unit]));
  const installDay = Float64Array.from(units, (row) => installed[row]);
  const groupCells = tables.group === undefined ? undefined : cells(tables.group);
  const groups = groupCells ? [...new Set(units.map((row) => groupCells[row].trim()))].sort() : [];
  return {
    ids: units.map((row) => allIds[row].trim()),
    installDay,
    removedDay: Float64Array.from(units, (row) => (removed && !Number.isNaN(removed[row]) ? removed[row] : Infinity)),
    asBuilt: tables.asBuilt.map((name) =>
      asBuiltOf(
        name,
        units.map((row) => cells(name)[row]),
      ),
    ),
    dated: tables.dated.map(({ value, date }) => ({
      name: value,
      value: Float64Array.from(units, (row) => (isMissing(cells(value)[row]) ? Number.NaN : Number(cells(value)[row]))),
      day: Float64Array.from(units, (row) => {
        const day = dayOf(cells(date)[row]);
        return Number.isNaN(day) || isMissing(cells(value)[row]) ? Infinity : day;
      }),
    })),
    groups,
    group: Int32Array.from(units, (row) => (groupCells ? groups.indexOf(groupCells[row].trim()) : 0)),
    ...readEvents(tables, unitOf, installDay, note),
    notes,
  };
}

function refuseUndated({ asBuilt }: EventTables): void {
  const name = asBuilt.find((each) => JUDGEMENT.test(each));
  if (name !== undefined)
    throw new InputError(
      "feature-without-date",
      `column ${name} looks like a judgement that somebody made on some day: without that day it may know what came after the origin. Maybe --dated ${name}@ITS_DATE_COLUMN, or leave it out`,
      { path: name, values: { column: name } },
    );
}

function asBuiltOf(name: string, cells: readonly string[]): AsBuilt {
  if (cells.every((cell) => isMissing(cell) || Number.isFinite(Number(cell))))
    return {
      name,
      kind: "number",
      value: Float64Array.from(cells, (cell) => (isMissing(cell) ? Number.NaN : Number(cell))),
    };
  return { name, kind: "text", value: cells.map((cell) => cell.trim()) };
}

type Note = (code: string, rows: readonly number[], message: string) => void;

function readEvents(
  tables: EventTables,
  unitOf: ReadonlyMap<string, number>,
  installDay: Float64Array,
  note: Note,
): Pick<EventRegister, "starts" | "eventDay" | "recordsFromDay" | "lastEventDay"> {
  const ids = columnOf(tables.events, tables.eventId);
  const days = columnOf(tables.events, tables.eventDate).map(dayOf);
  const where = tables.eventWhere;
  const kinds = where ? columnOf(tables.events, where.column) : undefined;
  const rows = ids.map((_, row) => row).filter((row) => !kinds || kinds[row].trim() === where?.value);
  const from = tables.recordsFrom === undefined ? -Infinity : dayOf(tables.recordsFrom);
  const unknown = rows.filter((row) => !unitOf.has(ids[row].trim()));
  note("event-of-unknown-unit", unknown, "events of units that are not in the register: not counted");
  const known = rows.filter((row) => unitOf.has(ids[row].trim()));
  note(
    "event-without-date",
    known.filter((row) => Number.isNaN(days[row])),
    "events without a date: not counted",
  );
  const dated = known.filter((row) => !Number.isNaN(days[row]));
  const unit = (row: number) => unitOf.get(ids[row].trim()) as number;
  const early = dated.filter((row) => days[row] < installDay[unit(row)]);
  note("event-before-unit", early, "events before the unit was installed (that of a unit before it): not counted");
  const used = dated.filter((row) => days[row] >= installDay[unit(row)] && days[row] >= from);
  note(
    "event-before-records",
    dated.filter((row) => days[row] < from),
    `events before ${tables.recordsFrom}, when records are not complete: not counted`,
  );
  if (used.length === 0)
    throw new InputError(
      "no-events",
      `none of the ${ids.length} events belongs to a unit of the register. Maybe --event-id is another column, or --event-where leaves none`,
      { path: tables.eventId },
    );
  used.sort((a, b) => unit(a) - unit(b) || days[a] - days[b]);
  const starts = new Int32Array(installDay.length + 1);
  for (const row of used) starts[unit(row) + 1]++;
  for (let u = 0; u < installDay.length; u++) starts[u + 1] += starts[u];
  const eventDay = Float64Array.from(used, (row) => days[row]);
  return {
    starts,
    eventDay,
    recordsFromDay: from === -Infinity ? eventDay.reduce((least, day) => Math.min(least, day), Infinity) : from,
    lastEventDay: eventDay.reduce((most, day) => Math.max(most, day), -Infinity),
  };
}

/** A date → days since 1970-01-01; NaN where there is none. */
export function dayOf(text: string): number {
  const match = /^(\d{4})(?:[-/](\d{1,2})[-/](\d{1,2}))?/.exec(text.trim());
  if (!match) return Number.NaN;
  const [, year, month = "1", day = "1"] = match;
  if (match[2] === undefined && !/^\d{4}(\.0*)?$/.test(text.trim())) return Number.NaN;
  return Date.UTC(Number(year), Number(month) - 1, Number(day)) / 86_400_000;
}
