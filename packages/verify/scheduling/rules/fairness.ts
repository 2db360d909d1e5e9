import type { Report } from "../../report.ts";
import type { Reading, Schedule } from "../reading.ts";
import type { Rule } from "../rule.ts";

const SMALL = 10;
const ROUNDED = { absolute: 1.01e-4 };

type Figures = Readonly<Record<string, number>>;

/**
 * `fairness.csv`, recomputed from the district's tables and the plan's rosters: one row for all students with requests, each school, grade and
 * group; groups of fewer than ten without figures, and never a single one of a column hidden, which the others would tell.
 */
export const fairness: Rule = (reading, report) => {
  const claimed = reading.plan.decisions.fairness;
  if (claimed === undefined) return;
  const slices = slicesOf(reading);
  const whole = figuresOf(reading, [...reading.schedules.values()].filter(asks));
  const keys = claimed.map(({ slice, value }) => JSON.stringify([slice, value]));
  report.check(
    "fairness.one-row-each",
    new Set(keys).size === keys.length &&
      [...slices.keys()].every((key) => keys.includes(key)) &&
      keys.length === slices.size,
    () => `fairness.csv has ${keys.length} rows, ${slices.size} are due`,
  );
  for (const row of claimed) {
    const group = slices.get(JSON.stringify([row.slice, row.value])) ?? [];
    const where = { slice: row.slice, value: row.value };
    const figured = Object.keys(row).some((name) => !["slice", "value", "suppressed"].includes(name));
    if (group.length < SMALL || row.suppressed)
      report.check(
        "fairness.small-groups",
        row.suppressed === true && !figured && (group.length < SMALL || mayHide(claimed, row.slice, slices)),
        () => `${row.slice} ${row.value} has ${group.length} students and ${figured ? "shows" : "hides"} its figures`,
        where,
      );
    else compareRow(reading, row as unknown as Figures, group, whole, report, where);
  }
};

const asks = ({ requests }: Schedule): boolean => requests.length > 0;

/** A larger group is hidden only beside a single small one. */
function mayHide(
  rows: readonly { readonly slice: string; readonly value: string; readonly suppressed?: boolean }[],
  slice: string,
  slices: ReadonlyMap<string, readonly Schedule[]>,
): boolean {
  const own = rows.filter((row) => row.slice === slice);
  const small = own.filter((row) => (slices.get(JSON.stringify([slice, row.value]))?.length ?? 0) < SMALL);
  return small.length === 1 && own.filter((row) => row.suppressed).length === 2;
}

function slicesOf({ schedules }: Reading): Map<string, Schedule[]> {
  const slices = new Map<string, Schedule[]>();
  const add = (slice: string, value: string | undefined, schedule: Schedule) => {
    if (!value) return;
    const key = JSON.stringify([slice, value]);
    const known = slices.get(key);
    if (known) known.push(schedule);
    else slices.set(key, [schedule]);
  };
  for (const schedule of schedules.values()) {
    if (!asks(schedule)) continue;
    const { student } = schedule;
    add("all", "all", schedule);
    add("school", student.school_id, schedule);
    add("grade", student.grade, schedule);
    for (const [name, value] of Object.entries(student.extra ?? {}))
      if (name.startsWith("group_")) add(name, value, schedule);
  }
  return slices;
}

function compareRow(
  reading: Reading,
  row: Figures,
  group: readonly Schedule[],
  whole: Figures,
  report: Report,
  where: Readonly<Record<string, string>>,
): void {
  const own = figuresOf(reading, group);
  const due: Figures = {
    ...own,
    gap: own.requests_met_share - whole.requests_met_share,
    ratio: whole.requests_met_share === 0 ? 1 : own.requests_met_share / whole.requests_met_share,
  };
  for (const [name, value] of Object.entries(due))
    report.agree("fairness.figures", row[name], value, ROUNDED, `${name} of ${where.slice} ${where.value}`, where);
}

function figuresOf({ byId }: Reading, group: readonly Schedule[]): Figures {
  let [requests, met, required, requiredMet, complete, advanced, classes, seats] = [0, 0, 0, 0, 0, 0, 0, 0];
  for (const { requests: asked, enrollments, placed } of group) {
    const main = enrollments
      .filter(({ kind }) => kind !== "alternate")
      .map((row) => byId.get(row.section_id)?.row.course_id);
    const instead = enrollments.filter(({ kind }) => kind === "alternate").map((row) => row.request_course_id);
    let open = 0;
    for (const { course_id, kind } of asked) {
      if (kind === "alternate") continue;
      const got = main.includes(course_id);
      requests++;
      if (got) met++;
      else if (!instead.includes(course_id)) open++;
      if (kind === "required") required++;
      if (kind === "required" && got) requiredMet++;
    }
    if (open === 0) complete++;
    if (placed.some(({ course }) => course && advancedCourse(course))) advanced++;
    for (const { roster } of placed) {
      classes++;
      seats += roster.length;
    }
  }
  const of = (part: number, total: number) => (total === 0 ? 1 : part / total);
  const p = of(met, requests);
  const half = 1.96 * Math.sqrt((p * (1 - p)) / requests + 1.96 ** 2 / (4 * requests ** 2));
  const wilson = (sign: number) => (p + 1.96 ** 2 / (2 * requests) + sign * half) / (1 + 1.96 ** 2 / requests);
  return {
    students: group.length,
    requests,
    requests_met_share: p,
    requests_met_low: requests === 0 ? 0 : Math.max(0, wilson(-1)),
    requests_met_high: requests === 0 ? 1 : Math.min(1, wilson(1)),
    required_met_share: of(requiredMet, required),
    students_complete_share: of(complete, group.length),
    class_size_mean: classes === 0 ? 0 : seats / classes,
    advanced_share: of(advanced, group.length),
  };
}

/** The district's own word in a column `advanced`, else what the title says. */
function advancedCourse({
  title,
  extra,
}: {
  readonly title: string;
  readonly extra?: Record<string, string>;
}): boolean {
  if (extra?.advanced !== undefined) return ["yes", "true", "1"].includes(extra.advanced.toLowerCase());
  return title.split(/\W+/).some((word) => ["ap", "ib", "honors", "advanced", "dual"].includes(word.toLowerCase()));
}
