import {
  type Dataset,
  InputError,
  PLAN_TABLES,
  type Plan,
  TABLES,
  type Table,
  type TablesAnswer,
} from "@trivium/model";

/** Whom rows tell of: they leave by the plan and its exports alone, which are made for whoever asks. */
const PERSONAL: ReadonlySet<string> = new Set(["students", "drivers", "gps", "fairness"]);
/** Names of people, of use beside a schedule that is made or signed only. */
const NAMES: ReadonlySet<string> = new Set(["teachers.name"]);

type AnyRow = Readonly<Record<string, unknown>>;

/**
 * `{ kind: "tables", district?, plan?, where?, settings? }`: columns of tables that a plan rests on (its scenario's changes made) and of those it decided, for pages
 * that draw them. `district` and `plan` name a table and its columns (none: all of them), `where` keeps the rows that have these values.
 * `settings: true` adds the area's. A table of people, or with a student in each row, is refused.
 * @throws InputError no-such-table, no-such-column
 */
export function tablesOf(dataset: Dataset, plan: Plan, question: Readonly<Record<string, unknown>>): TablesAnswer {
  const where = Object.entries((question.where ?? {}) as AnyRow);
  const read = (asked: unknown, known: Readonly<Record<string, Table>>, rows: Readonly<Record<string, unknown>>) =>
    Object.fromEntries(
      Object.entries((asked ?? {}) as Record<string, readonly string[]>).map(([name, columns]) => {
        const definition = Object.hasOwn(known, name) ? known[name] : undefined;
        if (!definition || PERSONAL.has(name) || "student_id" in definition.columns)
          throw new InputError("no-such-table", `${name} is no table that can be read here. Maybe the plan's export`, {
            values: { table: name },
          });
        return [name, columnsOf(name, definition, columns, kept((rows[name] ?? []) as readonly AnyRow[]))];
      }),
    );
  const kept = (rows: readonly AnyRow[]) =>
    where.length === 0 ? rows : rows.filter((row) => where.every(([column, value]) => row[column] === value));
  return {
    district: read(question.district, TABLES, dataset.tables),
    plan: read(question.plan, PLAN_TABLES[plan.area], plan.decisions as unknown as AnyRow),
    ...(question.settings === true ? { settings: dataset.settings[plan.area] } : {}),
  };
}

function columnsOf(table: string, { columns }: Table, asked: readonly string[], rows: readonly AnyRow[]) {
  const names =
    Array.isArray(asked) && asked.length > 0
      ? asked
      : Object.keys(columns).filter((name) => !NAMES.has(`${table}.${name}`));
  const unknown = names.find((name) => !Object.hasOwn(columns, name) || NAMES.has(`${table}.${name}`));
  if (unknown !== undefined)
    throw new InputError(
      "no-such-column",
      `${table} has no column ${unknown}. Maybe one of ${Object.keys(columns).join(", ")}`,
      {
        values: { table, column: unknown },
      },
    );
  return {
    rows: rows.length,
    columns: Object.fromEntries(names.map((name) => [name, rows.map((row) => row[name] ?? null)])),
  };
}
