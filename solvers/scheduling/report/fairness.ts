import type { Dataset, SchedulingDecisions } from "@trivium/model";

type Row = NonNullable<SchedulingDecisions["fairness"]>[number];

/** A group of fewer students has no figures of its own. */
const SUPPRESSED_UNDER = 10;
/** Standard deviations of a 95 % interval. */
const Z = 1.96;
/** Titles of advanced courses, where the district has no column `advanced` in courses.csv. */
const ADVANCED = /\b(AP|IB|Honors|Advanced|Dual)\b/i;

/** What a plan does for one student. */
interface Served {
  readonly requests: number;
  readonly met: number;
  readonly required: number;
  readonly requiredMet: number;
  readonly complete: boolean;
  readonly advanced: boolean;
  /** Sizes of the student's classes. */
  readonly sizes: readonly number[];
}

/**
 * `fairness.csv` of a schedule: all students with requests, then each school, grade and value of each `group_*` column. The groups are read here,
 * after the plan is made.
 */
export function withFairness(decisions: SchedulingDecisions, dataset: Dataset): SchedulingDecisions {
  const served = servedBy(decisions, dataset);
  const students = dataset.tables.students.filter(({ student_id }) => served.has(student_id));
  const columns = [...new Set(students.flatMap(({ extra }) => Object.keys(extra ?? {})))].filter((name) =>
    name.startsWith("group_"),
  );
  const slices: readonly (readonly [string, (row: (typeof students)[number]) => string | undefined])[] = [
    ["school", (row) => row.school_id],
    ["grade", (row) => row.grade],
    ...columns.sort().map((column) => [column, (row: (typeof students)[number]) => row.extra?.[column]] as const),
  ];
  const of = (rows: typeof students) => rows.map((row) => served.get(row.student_id) as Served);
  const all = of(students);
  const rows = slices.flatMap(([slice, groupOf]) => {
    const groups = Map.groupBy(
      students.filter((row) => groupOf(row)),
      (row) => groupOf(row) as string,
    );
    return [...groups]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([value, group]) => sliceRow(slice, value, of(group), all));
  });
  return { ...decisions, fairness: students.length === 0 ? [] : [sliceRow("all", "all", all, all), ...hidden(rows)] };
}

/** Where one small group of a column is hidden, so is the smallest of the others: what is left of the whole would tell it. */
function hidden(rows: readonly Row[]): Row[] {
  return [...Map.groupBy(rows, (row) => row.slice).values()].flatMap((own) => {
    if (own.filter((row) => row.suppressed).length !== 1 || own.length === 1) return own;
    const shown = own.filter((row) => !row.suppressed);
    const least = shown.reduce((a, b) => ((b.students ?? 0) < (a.students ?? 0) ? b : a));
    return own.map((row) => (row === least ? suppressed(row.slice, row.value) : row));
  });
}

const suppressed = (slice: string, value: string): Row => ({ slice, value, suppressed: true });

function sliceRow(slice: string, value: string, group: readonly Served[], all: readonly Served[]): Row {
  if (group.length < SUPPRESSED_UNDER) return suppressed(slice, value);
  const sum = (list: readonly Served[], of: (each: Served) => number) =>
    list.reduce((total, each) => total + of(each), 0);
  const shareMet = (list: readonly Served[]) =>
    share(
      sum(list, (each) => each.met),
      sum(list, (each) => each.requests),
    );
  const requests = sum(group, (each) => each.requests);
  const sizes = group.flatMap((each) => each.sizes);
  const met = shareMet(group);
  const whole = shareMet(all);
  const [low, high] = interval(
    sum(group, (each) => each.met),
    requests,
  );
  return {
    slice,
    value,
    suppressed: false,
    students: group.length,
    requests,
    requests_met_share: round(met),
    requests_met_low: round(low),
    requests_met_high: round(high),
    required_met_share: round(
      share(
        sum(group, (each) => each.requiredMet),
        sum(group, (each) => each.required),
      ),
    ),
    students_complete_share: round(
      share(
        sum(group, (each) => Number(each.complete)),
        group.length,
      ),
    ),
    class_size_mean: round(sizes.length === 0 ? 0 : sizes.reduce((a, b) => a + b, 0) / sizes.length),
    advanced_share: round(
      share(
        sum(group, (each) => Number(each.advanced)),
        group.length,
      ),
    ),
    gap: round(met - whole),
    ratio: round(whole === 0 ? 1 : met / whole),
  };
}

const share = (part: number, whole: number): number => (whole === 0 ? 1 : part / whole);
const round = (value: number): number => Math.round(value * 1e4) / 1e4;

/** 95 % interval of a share by Wilson's score (1927): sound where the group is small or the share near 1. */
function interval(part: number, whole: number): [number, number] {
  if (whole === 0) return [0, 1];
  const p = part / whole;
  const middle = p + (Z * Z) / (2 * whole);
  const spread = Z * Math.sqrt((p * (1 - p)) / whole + (Z * Z) / (4 * whole * whole));
  const scale = 1 + (Z * Z) / whole;
  return [Math.max(0, (middle - spread) / scale), Math.min(1, (middle + spread) / scale)];
}

function servedBy(decisions: SchedulingDecisions, { tables }: Dataset): Map<string, Served> {
  const offered = new Set(decisions.sections.map((row) => row.course_id));
  const courseOf = new Map(decisions.sections.map((row) => [row.section_id, row.course_id]));
  const sizeOf = new Map(decisions.sections.map((row) => [row.section_id, row.enrolled ?? 0]));
  const schools = new Set(tables.courses.filter(({ course_id }) => offered.has(course_id)).map((row) => row.school_id));
  const courses = new Map(
    tables.courses.filter(({ school_id }) => schools.has(school_id)).map((row) => [row.course_id, row]),
  );
  const seats = Map.groupBy(decisions.enrollments, (row) => row.student_id);
  const asked = Map.groupBy(
    tables.requests.filter(({ course_id }) => courses.has(course_id)),
    (row) => row.student_id,
  );
  return new Map(
    [...asked].map(([student, requests]): [string, Served] => {
      const own = seats.get(student) ?? [];
      const taken = new Set(own.flatMap((row) => (row.kind === "alternate" ? [] : [courseOf.get(row.section_id)])));
      const replaced = new Set(own.flatMap((row) => (row.kind === "alternate" ? [row.request_course_id] : [])));
      const wanted = requests.filter(({ kind }) => kind !== "alternate");
      const met = wanted.filter(({ course_id }) => taken.has(course_id));
      const required = (list: typeof wanted) => list.filter(({ kind }) => kind === "required").length;
      return [
        student,
        {
          requests: wanted.length,
          met: met.length,
          required: required(wanted),
          requiredMet: required(met),
          complete: wanted.every(({ course_id }) => taken.has(course_id) || replaced.has(course_id)),
          advanced: own.some((row) => isAdvanced(courses.get(courseOf.get(row.section_id) ?? ""))),
          sizes: own.map((row) => sizeOf.get(row.section_id) ?? 0),
        },
      ];
    }),
  );
}

/** The column `advanced` of courses.csv (yes, no) where the district has one, else the title. */
function isAdvanced(course: Dataset["tables"]["courses"][number] | undefined): boolean {
  const said = course?.extra?.advanced;
  return said === undefined ? ADVANCED.test(course?.title ?? "") : /^(yes|true|1)$/i.test(said);
}
