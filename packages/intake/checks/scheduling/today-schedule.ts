import { schedulingWarning } from "../check.ts";
import { each } from "../view.ts";

export const todayScheduleUnknownId = schedulingWarning("today-schedule-unknown-id", (view, find) => {
  const check = (
    place: Parameters<typeof find>[0],
    column: string,
    id: string | undefined,
    known: boolean,
    file: string,
  ) => {
    if (id === undefined || known) return;
    find(place, {
      column,
      value: id,
      message: `today's schedule names ${column} ${id}, which is not in ${file}`,
      expected: `an id of ${file}`,
      mend: "correct the id, or delete the row: it takes no part in the comparison",
    });
  };
  for (const [row, place] of each(view, "today_sections")) {
    check(
      place,
      "course_id",
      row.course_id,
      view.ids("courses", "course_id").has(row.course_id),
      "scheduling/courses.csv",
    );
    check(
      place,
      "teacher_id",
      row.teacher_id,
      view.ids("teachers", "teacher_id").has(row.teacher_id),
      "scheduling/teachers.csv",
    );
    check(place, "room_id", row.room_id, view.ids("rooms", "room_id").has(row.room_id), "scheduling/rooms.csv");
    check(place, "term_id", row.term_id, view.ids("terms", "term_id").has(row.term_id), "scheduling/terms.csv");
  }
  const file = "scheduling/today_sections.csv";
  for (const [row, place] of each(view, "today_enrollments")) {
    check(place, "section_id", row.section_id, view.ids("today_sections", "section_id").has(row.section_id), file);
    check(place, "student_id", row.student_id, view.ids("students", "student_id").has(row.student_id), "students.csv");
  }
});

export const todayEnrolledDiffers = schedulingWarning("today-enrolled-differs", (view, find) => {
  if (!view.present.has("today_enrollments")) return;
  for (const [section, place] of each(view, "today_sections")) {
    const counted = view.group("today_enrollments", "section_id").get(section.section_id)?.length ?? 0;
    if (section.enrolled === undefined || section.enrolled === counted) continue;
    find(place, {
      column: "enrolled",
      value: section.enrolled,
      message: `section ${section.section_id} has ${section.enrolled} enrolled, but today_enrollments.csv lists ${counted}`,
      expected: String(counted),
      mend: "correct the number or the enrollments",
    });
  }
});

export const todayOverCap = schedulingWarning("today-over-cap", (view, find) => {
  for (const [section, place] of each(view, "today_sections")) {
    const counted = view.group("today_enrollments", "section_id").get(section.section_id)?.length ?? 0;
    const cap = section.seats_max ?? view.row("courses", "course_id", section.course_id)?.seats_max;
    if (cap === undefined || counted <= cap) continue;
    find(place, {
      column: "seats_max",
      value: cap,
      message: `today's section ${section.section_id} holds ${counted} students, over its cap of ${cap}`,
      expected: `at most ${cap} students`,
      mend: "acknowledge it, or raise the cap if the room and the contract allow",
    });
  }
});
