import { type Dataset, rowKey, TABLES, type Table } from "@trivium/model";

/** Tables whose order means nothing, and which a problem is built from. */
const SORTED = [
  "schools",
  "students",
  "terms",
  "periods",
  "patterns",
  "courses",
  "course_links",
  "teachers",
  "teacher_courses",
  "rooms",
  "sections",
  "requests",
  "student_rules",
  "today_sections",
  "today_enrollments",
] as const;

/** The same district with the rows of each table in the order of their keys, so that the order of a file's rows decides nothing. */
export function inOrder(dataset: Dataset): Dataset {
  const tables: Record<string, readonly unknown[]> = { ...dataset.tables };
  for (const name of SORTED) {
    const definition: Table = TABLES[name];
    const rows = dataset.tables[name] as readonly Record<string, unknown>[];
    const keyed = rows.map((row) => ({
      row,
      key: definition.key.length > 0 ? rowKey(definition, row) : JSON.stringify(row, Object.keys(definition.columns)),
    }));
    tables[name] = keyed.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0)).map(({ row }) => row);
  }
  return { ...dataset, tables: tables as unknown as Dataset["tables"] };
}
