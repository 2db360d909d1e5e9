import { type Actor, type Dataset, maySee, type Plan } from "@trivium/model";

type AnyRow = Readonly<Record<string, unknown>>;
type Tables = Readonly<Record<string, unknown>>;

/** Home stops are told to about a kilometre: two decimals of a degree. */
const coarse = (degrees: unknown) => (typeof degrees === "number" ? Math.round(degrees * 100) / 100 : degrees);

/**
 * A plan as somebody may see it: figures by group and places of homes only for roles whose work needs them, rows of other schools not
 * at all. The district's own figures stay whole.
 */
export function visiblePlan(plan: Plan, dataset: Dataset | undefined, actor: Actor): Plan {
  let decisions = plan.decisions as unknown as Tables;
  let unmet: readonly AnyRow[] = plan.unmet as readonly AnyRow[];
  if (actor.schools !== null) {
    const inSchools = ofSchools(decisions, dataset, new Set(actor.schools));
    decisions = mapTables(decisions, (rows) => rows.filter(inSchools));
    unmet = unmet.filter(inSchools);
  }
  if (!maySee(actor, "groups")) decisions = mapTables(decisions, (rows) => rows.filter((row) => !isOfGroup(row)));
  if (!maySee(actor, "homes")) decisions = withoutHomes(decisions);
  return { ...plan, decisions, unmet } as unknown as Plan;
}

const mapTables = (tables: Tables, change: (rows: readonly AnyRow[]) => readonly unknown[]): Tables =>
  Object.fromEntries(
    Object.entries(tables).map(([name, rows]) => [name, Array.isArray(rows) ? change(rows as AnyRow[]) : rows]),
  );

const isOfGroup = (row: AnyRow): boolean => typeof row.slice === "string" && row.slice.startsWith("group_");

/** A stop that a single student uses is, or lies by, that student's home. */
function withoutHomes(decisions: Tables): Tables {
  const students = new Map<unknown, Set<unknown>>();
  for (const { stop_id, student_id } of (decisions.assignments ?? []) as AnyRow[]) {
    const known = students.get(stop_id);
    if (known) known.add(student_id);
    else students.set(stop_id, new Set([student_id]));
  }
  const homes = new Set([...students].filter(([, known]) => known.size === 1).map(([stop]) => stop));
  const passing = new Set<unknown>();
  return mapTables(decisions, (rows) => rows.flatMap((row) => atHome(row, homes, passing)));
}

function atHome(row: AnyRow, homes: ReadonlySet<unknown>, passing: Set<unknown>): AnyRow[] {
  if (row.coordinates !== undefined) return passing.has(row.run_id) ? [] : [row];
  if (row.lat === undefined || !homes.has(row.stop_id)) return [row];
  passing.add(row.run_id);
  return [{ ...row, lat: coarse(row.lat), lon: coarse(row.lon) }];
}

/** Whether a row is of one of these schools, by whatever it names; rows that name nothing of a school are the district's. */
function ofSchools(decisions: Tables, dataset: Dataset | undefined, schools: ReadonlySet<string>) {
  const schoolsOf = new Map<string, ReadonlyMap<unknown, readonly string[]>>();
  const rows = (name: string) => (decisions[name] ?? []) as readonly AnyRow[];
  const learn = (column: string, from: readonly AnyRow[], of: (row: AnyRow) => readonly string[]) =>
    schoolsOf.set(column, new Map(from.map((row) => [row[column], of(row)])));
  const tables = (dataset?.tables ?? {}) as Readonly<Record<string, readonly AnyRow[]>>;
  const own = (row: AnyRow) => (typeof row.school_id === "string" ? [row.school_id] : []);
  const by = (column: string) => (row: AnyRow) => schoolsOf.get(column)?.get(row[column]) ?? [];
  learn("course_id", tables.courses ?? [], own);
  learn("student_id", tables.students ?? [], own);
  learn("building_id", tables.buildings ?? [], own);
  learn("asset_id", tables.assets ?? [], by("building_id"));
  learn("section_id", rows("sections"), by("course_id"));
  learn("run_id", rows("runs"), (row) => (row.school_ids as string[] | undefined) ?? []);
  return (row: AnyRow): boolean => {
    const named: (readonly string[])[] = [own(row), (row.school_ids as string[] | undefined) ?? []];
    for (const column of schoolsOf.keys()) if (row[column] !== undefined) named.push(by(column)(row));
    const touched = named.flat();
    if (row.slice === "school" && typeof row.value === "string") return schools.has(row.value);
    const names = [...schoolsOf.keys()].some((column) => row[column] !== undefined) || touched.length > 0;
    return !names || touched.some((school) => schools.has(school));
  };
}

/** Columns that tell a home or a group of a student; findings quote them. */
const HOME = /^(am_|pm_)?(lat|lon)$|address/;
const GROUP = /^group_/;

interface Quoting {
  readonly file: string;
  readonly column?: string;
  readonly value?: string;
  readonly code: string;
  readonly message: string;
}

/** Findings of students' homes and groups, without what they quote, for those who may not see it. */
export function visibleFindings<F extends Quoting>(findings: readonly F[], actor: Actor): F[] {
  return findings.map((finding) => {
    const column = finding.column ?? "";
    const ofStudents = /(students|riders)\.csv$/.test(finding.file);
    const hidden =
      (ofStudents && HOME.test(column) && !maySee(actor, "homes")) || (GROUP.test(column) && !maySee(actor, "groups"));
    if (!hidden) return finding;
    const { value: _hidden, ...rest } = finding;
    return { ...rest, message: `${finding.code} in ${column} of ${finding.file}` } as F;
  });
}
