import { type Dataset, emptyTables, sealDataset } from "@trivium/model";

/** What stays in a district that only schedules. */
const TABLES = [
  "schools",
  "students",
  "courses",
  "course_links",
  "patterns",
  "periods",
  "requests",
  "rooms",
  "sections",
  "student_rules",
  "teacher_courses",
  "teachers",
] as const;

/** A district of so many high schools like one of this dataset's: each a copy with ids of its own, sharing nothing. */
export function districtOfSchools(from: Dataset, schoolId: string, count: number): Dataset {
  const courses = new Set(from.tables.courses.filter((row) => row.school_id === schoolId).map((row) => row.course_id));
  const students = from.tables.students.filter((row) => row.school_id === schoolId);
  const pupils = new Set(students.map((row) => row.student_id));
  const one: Record<string, readonly object[]> = {
    ...Object.fromEntries(TABLES.map((name) => [name, from.tables[name]])),
    schools: from.tables.schools.filter((row) => row.school_id === schoolId),
    students,
    requests: from.tables.requests.filter((row) => pupils.has(row.student_id)),
    student_rules: from.tables.student_rules.filter((row) => pupils.has(row.student_id)),
  };
  const own = new Set<string>([schoolId, ...courses, ...pupils]);
  for (const row of from.tables.teachers) own.add(row.teacher_id);
  for (const row of from.tables.rooms) own.add(row.room_id);
  for (const row of from.tables.sections) own.add(row.section_id);
  for (const row of from.tables.course_links) own.add(row.link_id);
  const tables: Record<string, object[]> = { ...emptyTables() };
  for (const name of TABLES)
    tables[name] = Array.from({ length: count }, (_, copy) => one[name].map((row) => renamed(row, own, copy))).flat();
  tables.terms = [...from.tables.terms];
  return sealDataset({ ...from, map: undefined, tables: tables as unknown as Dataset["tables"] });
}

function renamed(row: object, own: ReadonlySet<string>, copy: number): object {
  const of = (value: unknown): unknown => {
    if (typeof value === "string") return own.has(value) ? `${value}-${copy}` : value;
    return Array.isArray(value) ? value.map(of) : value;
  };
  return Object.fromEntries(Object.entries(row).map(([key, value]) => [key, of(value)]));
}
