type AnyRow = Readonly<Record<string, unknown>>;
type AnyTables = Readonly<Record<string, unknown>>;

/** For each column that names something of a school: its value → those schools. */
export type SchoolIndex = ReadonlyMap<string, ReadonlyMap<unknown, readonly string[]>>;

const rowsOf = (tables: AnyTables, name: string) => (tables[name] ?? []) as readonly AnyRow[];
const own = (row: AnyRow): readonly string[] => [
  ...(typeof row.school_id === "string" ? [row.school_id] : []),
  ...((row.school_ids as readonly string[] | undefined) ?? []),
];

/** What of a district belongs to which schools. */
export function schoolIndex(tables: AnyTables): SchoolIndex {
  const index = new Map<string, ReadonlyMap<unknown, readonly string[]>>();
  const learn = (column: string, table: string, of: (row: AnyRow) => readonly string[]) =>
    index.set(column, new Map(rowsOf(tables, table).map((row) => [row[column], of(row)])));
  const by = (column: string) => (row: AnyRow) => index.get(column)?.get(row[column]) ?? [];
  learn("course_id", "courses", own);
  learn("student_id", "students", own);
  learn("building_id", "buildings", own);
  learn("asset_id", "assets", by("building_id"));
  learn("section_id", "sections", by("course_id"));
  learn("run_id", "today_runs", own);
  return index;
}

/** The same, for what a plan decided: its sections and runs are not today's. */
export function planSchoolIndex(district: SchoolIndex, decisions: AnyTables): SchoolIndex {
  const courses = district.get("course_id");
  const sections = rowsOf(decisions, "sections").map(
    (row) => [row.section_id, courses?.get(row.course_id) ?? []] as const,
  );
  const runs = rowsOf(decisions, "runs").map((row) => [row.run_id, own(row)] as const);
  return new Map([...district, ["section_id", new Map(sections)], ["run_id", new Map(runs)]]);
}

/** The schools that a row names, itself or by what it names; undefined where it names nothing of a school. */
export function schoolsOf(row: AnyRow, index: SchoolIndex): readonly string[] | undefined {
  const named = [...index].filter(([column]) => row[column] !== undefined);
  const schools = [...own(row), ...named.flatMap(([column, known]) => known.get(row[column]) ?? [])];
  return named.length === 0 && schools.length === 0 ? undefined : [...new Set(schools)];
}
