import {
  type Actor,
  concerns,
  type Finding,
  type IntegrityReport,
  maySee,
  type Plan,
  planSchoolIndex,
  type SchoolIndex,
  schoolsOf,
} from "@trivium/model";

type AnyRow = Readonly<Record<string, unknown>>;
type Tables = Readonly<Record<string, unknown>>;

/** Home stops are told to about a kilometre: two decimals of a degree. */
const coarse = (degrees: unknown) => (typeof degrees === "number" ? Math.round(degrees * 100) / 100 : degrees);

/**
 * A plan as somebody may see it: figures by group and places of homes only for roles whose work needs them, rows of other schools not
 * at all. The district's own figures stay whole.
 */
export function visiblePlan(plan: Plan, index: SchoolIndex | undefined, actor: Actor): Plan {
  let decisions = plan.decisions as unknown as Tables;
  let unmet: readonly AnyRow[] = plan.unmet as readonly AnyRow[];
  if (actor.schools !== null) {
    const inSchools = ofSchools(planSchoolIndex(index ?? new Map(), decisions), new Set(actor.schools));
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
  // Lines and turns lead to the door; so may the empty drive to a run's first stop.
  if (row.legs !== undefined && row.run_id === undefined) return [];
  if (row.coordinates !== undefined || row.legs !== undefined) return passing.has(row.run_id) ? [] : [row];
  if (row.lat === undefined || !homes.has(row.stop_id)) return [row];
  passing.add(row.run_id);
  return [{ ...row, lat: coarse(row.lat), lon: coarse(row.lon) }];
}

/** Whether a row is of one of these schools, by whatever it names; rows that name nothing of a school are the district's. */
function ofSchools(index: SchoolIndex, schools: ReadonlySet<string>) {
  return (row: AnyRow): boolean => {
    if (row.slice === "school" && typeof row.value === "string") return schools.has(row.value);
    const touched = schoolsOf(row, index);
    return touched === undefined || touched.some((school) => schools.has(school));
  };
}

/** Columns that tell a home or a group of a student; findings quote them. */
const HOME = /^(am_|pm_)?(lat|lon)$|address/;
const GROUP = /^group_/;

/**
 * Findings as somebody may see them: those of their areas, and of rows of their schools. Of what they may not see (homes, groups, what
 * other schools' rows say) only the kind and the place are told.
 */
export function visibleFindings<F extends Finding>(findings: readonly F[], actor: Actor): F[] {
  const { areas } = actor;
  return findings
    .filter((finding) => areas === null || areas.some((area) => concerns(finding, area)))
    .flatMap((finding) => ofOwnSchools(finding, actor))
    .map((finding) => (quotesPersonal(finding, actor) ? withoutQuotes(finding) : finding));
}

/** Rows and filled cells are counted for files of somebody's areas; of all schools at once they are told to nobody who has some only. */
export function visibleCounts(
  { rows, completeness }: IntegrityReport,
  { areas, schools }: Actor,
): Pick<IntegrityReport, "rows" | "completeness"> {
  if (schools !== null) return { rows: {}, completeness: [] };
  const seen = (file: string) =>
    areas === null || !AREA_FOLDERS.some(([folder, area]) => file.startsWith(folder) && !areas.includes(area));
  return {
    rows: Object.fromEntries(Object.entries(rows).filter(([file]) => seen(file))),
    completeness: completeness.filter(({ file }) => seen(file)),
  };
}

const AREA_FOLDERS = [
  ["scheduling/", "scheduling"],
  ["transportation/", "routing"],
  ["facilities/", "facilities"],
] as const;

function ofOwnSchools<F extends Finding>(finding: F, { schools }: Actor): F[] {
  if (schools === null) return [finding];
  const of = finding.schools;
  if (of?.every((school) => schools.includes(school))) return [finding];
  if (of !== undefined && !of.some((school) => schools.includes(school))) return [];
  // Of a whole file, of several schools, or of a report that did not say yet.
  const { row: _row, schools: _schools, ...told } = withoutQuotes(finding);
  return [told as F];
}

function quotesPersonal({ file, column = "" }: Finding, actor: Actor): boolean {
  const ofStudents = /(students|riders)\.csv$/.test(file);
  return (
    (ofStudents && HOME.test(column) && !maySee(actor, "homes")) || (GROUP.test(column) && !maySee(actor, "groups"))
  );
}

function withoutQuotes<F extends Finding>(finding: F): F {
  const { value: _value, others: _others, ...rest } = finding;
  const column = finding.column === undefined ? "" : `${finding.column} of `;
  return { ...rest, message: `${finding.code} in ${column}${finding.file}` } as F;
}
