import type { Plan } from "./plan.ts";
import { PLAN_TABLES } from "./plans/index.ts";
import type { Change } from "./scenario.ts";
import type { Table } from "./table.ts";
import type { TableName } from "./tables/index.ts";
import { formatClock } from "./units.ts";

/** Tables of a plan that stand for today's, by area. */
const TODAY = {
  scheduling: { sections: "today_sections", enrollments: "today_enrollments" },
  routing: {
    runs: "today_runs",
    run_stops: "today_run_stops",
    assignments: "today_assignments",
    routes: "today_routes",
  },
} as const satisfies Record<string, Readonly<Record<string, TableName>>>;

const NOTE = "the published plan";

interface Published {
  readonly area: keyof typeof TODAY;
  readonly decisions: Plan<"scheduling" | "routing">["decisions"];
}

/**
 * Changes after which a published plan stands for today's service: prices of change hold against it, so do locks and what is listed as changed.
 * They carry its rows, so that a plan made on them is verified from its own file; a baseline among the changes before gives way.
 */
export function onBaseline(changes: readonly Change[], { area, decisions }: Published): Change[] {
  const today: Readonly<Record<string, TableName>> = TODAY[area];
  const names: readonly string[] = Object.values(today);
  const others = changes.filter(
    (change) => !(change.op === "replace" && names.includes(change.table)) && change.note !== NOTE,
  );
  const rowsOf = decisions as unknown as Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>>;
  const definitions: Readonly<Record<string, Table>> = PLAN_TABLES[area];
  const replaced = Object.entries(today).map(([name, table]): Change => {
    const { columns } = definitions[name];
    const rows = rowsOf[name].map((row) =>
      Object.fromEntries(
        Object.entries(row)
          .filter(([column, value]) => column in columns && value !== undefined && value !== null)
          .map(([column, value]) => [column, columns[column].format(value as never)]),
      ),
    );
    return { op: "replace", table, rows, note: NOTE };
  });
  return [...others, ...replaced, ...(area === "routing" ? bellsOf(decisions as Plan<"routing">["decisions"]) : [])];
}

/** A published plan's bells are the present ones; what they may be moved to stays. */
const bellsOf = ({ bells }: Plan<"routing">["decisions"]): Change[] =>
  bells.map(({ school_id, bell_start, bell_end }) => ({
    op: "set",
    table: "bells",
    where: { school_id },
    values: { bell_start: formatClock(bell_start), bell_end: formatClock(bell_end) },
    note: NOTE,
  }));
