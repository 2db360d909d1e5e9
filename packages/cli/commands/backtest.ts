import { backtestEvents, dayOf, type EventTables } from "@trivium/facilities";
import { type ModelCard, modelCardSchema } from "@trivium/model";
import {
  type Command,
  EXIT,
  JSON_OPTION,
  needed,
  numberOption,
  OUT_OPTIONS,
  optional,
  outPath,
  UsageError,
  type Values,
} from "../command.ts";
import { readColumns } from "../read-columns.ts";
import { writeResult, writeWhole } from "../terminal.ts";

export const backtest: Command = {
  name: "backtest",
  grammar:
    "--register FILE --id COL --installed COL [--removed COL] [--as-built A,B] [--dated VALUE@DATE,…] [--group COL] --events FILE --event-id COL --event-date COL [--event-where COL=VALUE] [--records-from DATE] [--records-to DATE] --origin DATE[,DATE] [--years N] [--list-share S] [--scores FILE] [--json]",
  summary:
    "Forecasts the past of any register from its dated events: features as of each origin, chance of an event within the window, scored against what happened.",
  options: {
    register: { type: "string", value: "FILE", help: "CSV of units, one a row" },
    id: { type: "string", value: "COL", help: "the register's id of a unit" },
    installed: { type: "string", value: "COL", help: "date or year of installation" },
    removed: { type: "string", value: "COL", help: "date of removal (empty: still there)" },
    "as-built": { type: "string", value: "A,B", help: "columns fixed at installation: material, size, length, type" },
    dated: { type: "string", value: "V@D", help: "columns found out on a date, each with the column of that date" },
    group: { type: "string", value: "COL", help: "tell results apart by school or zone (never a feature)" },
    events: { type: "string", value: "FILE", help: "CSV of work orders, breaks, failures: one a row" },
    "event-id": { type: "string", value: "COL", help: "the unit that an event happened to" },
    "event-date": { type: "string", value: "COL", help: "when it happened" },
    "event-where": { type: "string", value: "COL=VALUE", help: "only events that hold this value" },
    "records-from": { type: "string", value: "DATE", help: "events are complete from here (default: the first)" },
    "records-to": { type: "string", value: "DATE", help: "events are complete up to here (default: the last)" },
    origin: { type: "string", value: "DATE,…", help: "the days that the forecasts know" },
    years: { type: "string", value: "N", help: "length of the window (5)" },
    "list-share": { type: "string", value: "S", help: "share of the units that can be worked on (0.1)" },
    scores: { type: "string", value: "FILE", help: "write every unit's chance, rank and what happened, as CSV" },
    ...OUT_OPTIONS,
    ...JSON_OPTION,
  },
  async run(_positionals, values, terminal) {
    const tables = tablesOf(values);
    const recordsTo = optional(values, "records-to");
    const { card, scores } = backtestEvents(tables, {
      originDays: listOf(values, "origin").map((text) => dateOption(text, "origin")),
      years: numberOption(values, "years", 0.25, 50) ?? 5,
      listShare: numberOption(values, "list-share", 0.001, 1) ?? 0.1,
      ...(recordsTo === undefined ? {} : { recordsToDay: dateOption(recordsTo, "records-to") }),
    });
    const scoreFile = optional(values, "scores");
    if (scoreFile !== undefined) {
      const names = ["origin", "unit_id", "age_years", "events_before", "chance", "rank", "happened"] as const;
      const lines = scores.map((row) => names.map((name) => csvCell(String(row[name]))).join(","));
      writeWhole(scoreFile, `${names.join(",")}\n${lines.join("\n")}\n`);
    }
    const text = values.json ? JSON.stringify(modelCardSchema.parse(card), null, 2) : render(card);
    writeResult(terminal, outPath(values), text);
    return EXIT.done;
  },
};

function tablesOf(values: Values): EventTables {
  const where = optional(values, "event-where");
  const removed = optional(values, "removed");
  const group = optional(values, "group");
  const recordsFrom = optional(values, "records-from");
  if (recordsFrom !== undefined) dateOption(recordsFrom, "records-from");
  if (where !== undefined && !where.includes("=")) throw new UsageError(`--event-where ${where}: expected COL=VALUE`);
  return {
    register: readColumns(needed(values, "register")),
    events: readColumns(needed(values, "events")),
    id: needed(values, "id"),
    installed: needed(values, "installed"),
    asBuilt: optional(values, "as-built") === undefined ? [] : listOf(values, "as-built"),
    dated: (optional(values, "dated") === undefined ? [] : listOf(values, "dated")).map((pair) => {
      const [value, date] = pair.split("@");
      if (!value || !date) throw new UsageError(`--dated ${pair}: expected VALUE_COLUMN@DATE_COLUMN`);
      return { value, date };
    }),
    eventId: needed(values, "event-id"),
    eventDate: needed(values, "event-date"),
    ...(removed === undefined ? {} : { removed }),
    ...(group === undefined ? {} : { group }),
    ...(recordsFrom === undefined ? {} : { recordsFrom }),
    ...(where === undefined
      ? {}
      : { eventWhere: { column: where.slice(0, where.indexOf("=")), value: where.slice(where.indexOf("=") + 1) } }),
  };
}

const listOf = (values: Values, name: string): string[] =>
  needed(values, name)
    .split(",")
    .map((each) => each.trim())
    .filter((each) => each !== "");

function dateOption(text: string, name: string): number {
  const day = dayOf(text);
  if (Number.isNaN(day)) throw new UsageError(`--${name} ${text}: expected a date such as 2008-01-01`);
  return day;
}

const csvCell = (text: string): string => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** The card's figures as a person reads them: a block an origin, a line a measure, a column a method. */
function render(card: ModelCard): string {
  const { figures, origins } = card.backtest;
  const methods = [...new Set(figures.map((each) => each.method))];
  const blocks = origins.flatMap((origin) => {
    const here = figures.filter((each) => each.origin === origin && each.slice === "all");
    const measures = [...new Set(here.map((each) => each.measure))];
    if (measures.length === 0) return [];
    const lines = measures.map((measure) => {
      const cells = methods.map((method) => {
        const found = here.find((each) => each.method === method && each.measure === measure);
        return (found?.value === undefined ? "" : String(Number(found.value.toPrecision(4)))).padStart(18);
      });
      return `${measure.padEnd(24)}${cells.join("")}`;
    });
    return [
      "",
      `from ${origin}, ${card.backtest.horizon_years} years`,
      `${"".padEnd(24)}${methods.map((each) => each.padStart(18)).join("")}`,
      ...lines,
    ];
  });
  return [card.forecast, card.verdict, ...blocks, "", ...card.limits.map((each) => `- ${each}`)].join("\n");
}
