import type { Dataset } from "@trivium/model";
import type { SchedulingProblem } from "./problem.ts";

/** Today's schedule of these schools in the tables of a plan; requests of students that it does not meet or replace are unmet. */
export function todayOf(dataset: Dataset, schoolIds: readonly string[]): SchedulingProblem["today"] {
  if (dataset.tables.today_sections.length === 0) return null;
  const courses = new Set(
    dataset.tables.courses.filter((course) => schoolIds.includes(course.school_id)).map((course) => course.course_id),
  );
  const sections = dataset.tables.today_sections.filter((row) => courses.has(row.course_id));
  const courseOf = new Map(sections.map((row) => [row.section_id, row.course_id]));
  const enrollments = dataset.tables.today_enrollments.filter((row) => courseOf.has(row.section_id));
  const enrolled = new Map<string, number>();
  for (const row of enrollments) enrolled.set(row.section_id, (enrolled.get(row.section_id) ?? 0) + 1);
  const met = new Set(enrollments.map((row) => `${row.student_id}/${courseOf.get(row.section_id)}`));
  const unmet = dataset.tables.requests
    .filter(
      (row) => courses.has(row.course_id) && row.kind !== "alternate" && !met.has(`${row.student_id}/${row.course_id}`),
    )
    .map((row) => ({
      student_id: row.student_id,
      course_id: row.course_id,
      kind: row.kind,
      reason_code: "not_proven",
    }));
  return {
    decisions: {
      sections: sections.map((row) => ({ ...row, enrolled: enrolled.get(row.section_id) ?? 0 })),
      enrollments,
    },
    unmet,
  };
}
