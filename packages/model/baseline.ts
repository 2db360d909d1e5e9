import type { Plan } from "./plan.ts";
import { PLAN_TABLES, type SchedulingDecisions } from "./plans/index.ts";
import type { Change } from "./scenario.ts";
import type { Table } from "./table.ts";

const TODAY = { sections: "today_sections", enrollments: "today_enrollments" } as const;

/**
 * Changes after which a published schedule stands for today's: prices on moved students, teachers, rooms and times hold against it, so do locked
 * rosters and what a SIS has to change. They carry its rows, so that a plan made on them is verified from its own file; a baseline among
 * the changes before gives way.
 */
export function onBaseline(changes: readonly Change[], { decisions }: Pick<Plan<"scheduling">, "decisions">): Change[] {
  const names: readonly string[] = Object.values(TODAY);
  const others = changes.filter((change) => change.op !== "replace" || !names.includes(change.table));
  return [...others, replaced("sections", decisions.sections), replaced("enrollments", decisions.enrollments)];
}

function replaced<T extends keyof typeof TODAY>(name: T, rows: SchedulingDecisions[T]): Change {
  const { columns }: Table = PLAN_TABLES.scheduling[name];
  return {
    op: "replace",
    table: TODAY[name],
    note: "the published schedule",
    rows: rows.map((row) =>
      Object.fromEntries(
        Object.entries(row)
          .filter(([column, value]) => column in columns && value !== undefined && value !== null)
          .map(([column, value]) => [column, columns[column].format(value as never)]),
      ),
    ),
  };
}
