import type { DatasetContent } from "./dataset.ts";

const PERSONAL = /(^|_)(name|first|last|ssn|social|birth|dob|email|phone|address|parent|guardian)(_|$)/i;

/** Whether a column that the contract does not have seems to name or describe a person. */
export const isPersonal = (column: string): boolean => !column.startsWith("group_") && PERSONAL.test(column);

export interface TeacherName {
  readonly teacher_id: string;
  readonly name: string;
}

/** Tables whose rows are people. */
const OF_PEOPLE = ["students", "teachers", "drivers"] as const;

/**
 * A district's content without what names or describes people, and the teachers' names apart. Columns beside the contract that would
 * do so are gone: nothing needs them.
 */
export function withoutNames<C extends Pick<DatasetContent, "tables">>(
  content: C,
): { readonly content: C; readonly names: readonly TeacherName[] } {
  const names: TeacherName[] = [];
  const tables = { ...content.tables } as Record<string, readonly PersonRow[]>;
  for (const table of OF_PEOPLE) tables[table] = (tables[table] ?? []).map(impersonal);
  tables.teachers = tables.teachers.map(({ name, ...teacher }) => {
    if (name !== undefined) names.push({ teacher_id: String(teacher.teacher_id), name: String(name) });
    return teacher;
  });
  return { content: { ...content, tables: tables as unknown as C["tables"] }, names };
}

interface PersonRow {
  readonly extra?: Readonly<Record<string, string>>;
  readonly [column: string]: unknown;
}

function impersonal(row: PersonRow): PersonRow {
  if (!row.extra || !Object.keys(row.extra).some(isPersonal)) return row;
  return { ...row, extra: Object.fromEntries(Object.entries(row.extra).filter(([column]) => !isPersonal(column))) };
}
