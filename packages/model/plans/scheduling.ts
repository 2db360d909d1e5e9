import { decimal, id, list, oneOf, text, whole, yesNo } from "../column.ts";
import { table } from "../table.ts";

/** The tables of a scheduling plan, as decided, exported, verified and, as `today_*`, read. */
export const planSections = table("sections.csv", ["section_id"], {
  section_id: id().mandatory,
  course_id: id().mandatory,
  term_id: id(),
  pattern_id: id(),
  teacher_id: id(),
  co_teacher_ids: list(id()),
  room_id: id(),
  seats_max: whole(0),
  enrolled: whole(0),
});

export const planEnrollments = table("enrollments.csv", ["student_id", "section_id"], {
  student_id: id().mandatory,
  section_id: id().mandatory,
  request_course_id: id(),
  kind: oneOf("required", "elective", "alternate"),
});

export const planUnmetRequests = table("unmet.csv", ["student_id", "course_id"], {
  student_id: id().mandatory,
  course_id: id().mandatory,
  kind: oneOf("required", "elective", "alternate").mandatory,
  reason_code: text().mandatory,
  witness: text(),
  fix: text(),
});

/**
 * How a schedule serves each school, grade and group: shares from 0 to 1 of the students' requests. Groups of fewer than ten are suppressed.
 * `low` and `high` bound the share met with 95 % confidence (Wilson); `gap` and `ratio` hold it against all students'.
 */
export const planParity = table("fairness.csv", ["slice", "value"], {
  slice: text().mandatory,
  value: text().mandatory,
  suppressed: yesNo(),
  students: whole(0),
  requests: whole(0),
  requests_met_share: decimal(0),
  requests_met_low: decimal(0),
  requests_met_high: decimal(0),
  required_met_share: decimal(0),
  students_complete_share: decimal(0),
  class_size_mean: decimal(0),
  /** Students in at least one advanced course: column `advanced` of courses.csv where there is one, else AP, IB, Honors, Advanced or Dual in the title. */
  advanced_share: decimal(0),
  gap: decimal(),
  ratio: decimal(0),
});
