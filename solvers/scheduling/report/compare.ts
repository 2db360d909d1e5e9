import type { Compared } from "@trivium/engine";
import type { Comparison, FigureComparison, SchedulingDecisions } from "@trivium/model";

interface Figure {
  readonly name: string;
  readonly label: string;
  readonly unit: string;
  /** Which way is better; 0 = neither. */
  readonly better: 1 | -1 | 0;
}

const FIGURES: readonly Figure[] = [
  { name: "requests_met", label: "Requests met", unit: "requests", better: 1 },
  { name: "requests_met_share", label: "Share of requests met", unit: "share", better: 1 },
  { name: "required_met_share", label: "Share of required requests met", unit: "share", better: 1 },
  { name: "elective_met_share", label: "Share of elective requests met", unit: "share", better: 1 },
  { name: "met_or_replaced_share", label: "Share met or replaced by an alternate", unit: "share", better: 1 },
  { name: "students_complete", label: "Students with a complete schedule", unit: "students", better: 1 },
  { name: "students_complete_share", label: "Share of students with a complete schedule", unit: "share", better: 1 },
  { name: "sections", label: "Sections", unit: "sections", better: 0 },
  { name: "seats_used_share", label: "Share of seats used", unit: "share", better: 0 },
  { name: "class_size_mean", label: "Mean class size", unit: "students", better: 0 },
  { name: "class_size_max", label: "Largest class", unit: "students", better: -1 },
  { name: "class_size_spread", label: "Spread of class sizes within a course", unit: "students", better: -1 },
  { name: "teacher_preference_mean", label: "Mean teacher preference", unit: "0–3", better: 1 },
];

/** Two schedules side by side. Affected: students with another set of sections, sections with another time, teacher or room, or in one plan only. */
export function compare(a: Compared<"scheduling">, b: Compared<"scheduling">): Comparison {
  const students = changed(rosters(a.decisions), rosters(b.decisions));
  const sections = changed(places(a.decisions), places(b.decisions));
  return {
    area: "scheduling",
    a: a.name,
    b: b.name,
    headline: headline(a, b, students.length, sections.length),
    figures: FIGURES.map((figure) => compareFigure(figure, a, b)),
    affected: { students, sections },
    differences: { sections: sectionDifferences(a, b, sections), enrollments: seatDifferences(a, b, students) },
  };
}

function compareFigure(
  { name, label, unit, better }: Figure,
  a: Compared<"scheduling">,
  b: Compared<"scheduling">,
): FigureComparison {
  const number = (value: unknown) => (typeof value === "number" ? value : null);
  const left = number(a.metrics[name]);
  const right = number(b.metrics[name]);
  const difference = left === null || right === null ? null : Math.round((right - left) * 1e6) / 1e6;
  return {
    name,
    label,
    unit,
    a: left,
    b: right,
    difference,
    better: difference === null || difference === 0 || better === 0 ? null : difference * better > 0 ? "b" : "a",
  };
}

function headline(a: Compared<"scheduling">, b: Compared<"scheduling">, students: number, sections: number): string {
  const percent = (side: Compared<"scheduling">) => `${(Number(side.metrics.requests_met_share) * 100).toFixed(2)} %`;
  const met = Number(b.metrics.requests_met) - Number(a.metrics.requests_met);
  const complete = Number(b.metrics.students_complete) - Number(a.metrics.students_complete);
  const signed = (value: number) => (value > 0 ? `+${value}` : String(value));
  return (
    `${percent(b)} of requests met against ${percent(a)} (${signed(met)}), ${signed(complete)} students with a complete schedule; ` +
    `${students} students and ${sections} sections change`
  );
}

function rosters(decisions: SchedulingDecisions): Map<string, string> {
  const byStudent = Map.groupBy(decisions.enrollments, (row) => row.student_id);
  return new Map(
    [...byStudent].map(([id, rows]) => [
      id,
      rows
        .map((row) => row.section_id)
        .sort()
        .join("|"),
    ]),
  );
}

function places(decisions: SchedulingDecisions): Map<string, string> {
  return new Map(
    decisions.sections.map((row) => [
      row.section_id,
      [row.course_id, row.term_id, row.pattern_id, row.teacher_id, row.room_id].join("|"),
    ]),
  );
}

/** Keys whose text differs, or that only one side has, sorted. */
function changed(a: ReadonlyMap<string, string>, b: ReadonlyMap<string, string>): string[] {
  return [...new Set([...a.keys(), ...b.keys()])].filter((key) => a.get(key) !== b.get(key)).sort();
}

type Differences = NonNullable<Comparison["differences"]>[string];

const COLUMNS = ["course_id", "term_id", "pattern_id", "teacher_id", "room_id"] as const;

/** A row a column of a section that is another; a section of one side only is one row. */
function sectionDifferences(
  a: Compared<"scheduling">,
  b: Compared<"scheduling">,
  sections: readonly string[],
): Differences {
  const [was, is] = [a, b].map(({ decisions }) => new Map(decisions.sections.map((row) => [row.section_id, row])));
  return sections.flatMap((section_id): Differences => {
    const [before, after] = [was.get(section_id), is.get(section_id)];
    if (!before) return [{ section_id, column: "section", a: null, b: "new" }];
    if (!after) return [{ section_id, column: "section", a: "open", b: null }];
    return COLUMNS.filter((column) => before[column] !== after[column]).map((column) => ({
      section_id,
      column,
      a: before[column] ?? null,
      b: after[column] ?? null,
    }));
  });
}

/** A row a student and course: the section before and after, null where there is none. */
function seatDifferences(
  a: Compared<"scheduling">,
  b: Compared<"scheduling">,
  students: readonly string[],
): Differences {
  const [was, is] = [a, b].map(({ decisions }) => {
    const course = new Map(decisions.sections.map((row) => [row.section_id, row.course_id]));
    const byStudent = Map.groupBy(decisions.enrollments, (row) => row.student_id);
    return (id: string) =>
      new Map((byStudent.get(id) ?? []).map((row) => [course.get(row.section_id) ?? "", row.section_id]));
  });
  return students.flatMap((student_id): Differences => {
    const [before, after] = [was(student_id), is(student_id)];
    return [...new Set([...before.keys(), ...after.keys()])]
      .filter((course_id) => before.get(course_id) !== after.get(course_id))
      .sort()
      .map((course_id) => ({
        student_id,
        course_id,
        a: before.get(course_id) ?? null,
        b: after.get(course_id) ?? null,
      }));
  });
}
