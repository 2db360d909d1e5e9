import { id, list, oneOf, text, whole } from "../column.ts";
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
