import { clock, date, decimal, grade, id, list, oneOf, reference, text, whole } from "../column.ts";
import { table } from "../table.ts";

export const terms = table("scheduling/terms.csv", ["term_id"], {
  term_id: id().mandatory,
  title: text().mandatory,
  start_date: date().mandatory,
  end_date: date().mandatory,
  parent_term_id: reference("terms", "term_id"),
});

export const periods = table("scheduling/periods.csv", ["school_id", "day", "period_id"], {
  school_id: reference("schools", "school_id").mandatory,
  period_id: id().mandatory,
  title: text().mandatory,
  day: id().mandatory,
  start: clock().mandatory,
  end: clock().mandatory,
  kind: oneOf("class", "lunch", "advisory", "blocked"),
});

/** `meetings` lists slots, `day:period_id` each. */
export const patterns = table("scheduling/patterns.csv", ["school_id", "pattern_id"], {
  school_id: reference("schools", "school_id").mandatory,
  pattern_id: id().mandatory,
  meetings: list(id()).mandatory,
});

export const courses = table("scheduling/courses.csv", ["course_id"], {
  course_id: id().mandatory,
  school_id: reference("schools", "school_id").mandatory,
  title: text().mandatory,
  department: text().mandatory,
  credits: decimal(0),
  term: oneOf("year", "semester", "trimester", "quarter").mandatory,
  terms_allowed: list(reference("terms", "term_id")),
  seats_max: whole(0).mandatory,
  seats_min: whole(0),
  seats_target: whole(0),
  sections: whole(0),
  sections_max: whole(0),
  patterns_allowed: list(id()),
  room_features: list(id()),
  grade_levels: list(grade()),
  prerequisites: list(id()),
  priority: whole(1, 99),
  periods_per_cycle: whole(1),
});

export const courseLinks = table("scheduling/course_links.csv", ["link_id"], {
  link_id: id().mandatory,
  kind: oneOf(
    "same_time",
    "consecutive",
    "same_teacher",
    "same_students",
    "same_room",
    "different_term",
    "term_order",
    "not_same_time",
    "co_seated",
  ).mandatory,
  courses: list(reference("courses", "course_id")).mandatory,
});

export const teachers = table("scheduling/teachers.csv", ["teacher_id"], {
  teacher_id: id().mandatory,
  school_id: reference("schools", "school_id").mandatory,
  name: text(),
  sections_max: whole(0),
  sections_min: whole(0),
  preps_max: whole(0),
  consecutive_max: whole(0),
  home_room: reference("rooms", "room_id"),
  unavailable: list(id()),
  fte: decimal(0, 2),
  planning_periods_min: whole(0),
  schools: list(reference("schools", "school_id")),
});

export const teacherCourses = table("scheduling/teacher_courses.csv", ["teacher_id", "course_id"], {
  teacher_id: reference("teachers", "teacher_id").mandatory,
  course_id: reference("courses", "course_id").mandatory,
  preference: whole(0, 3),
  sections_max: whole(0),
});

export const rooms = table("scheduling/rooms.csv", ["room_id"], {
  room_id: id().mandatory,
  school_id: reference("schools", "school_id").mandatory,
  building: text(),
  capacity: whole(0).mandatory,
  features: list(id()),
  department: text(),
  unavailable: list(id()),
});

export const sections = table("scheduling/sections.csv", ["section_id"], {
  section_id: id().mandatory,
  course_id: reference("courses", "course_id").mandatory,
  term_id: reference("terms", "term_id"),
  pattern_id: id(),
  teacher_id: reference("teachers", "teacher_id"),
  co_teacher_ids: list(reference("teachers", "teacher_id")),
  room_id: reference("rooms", "room_id"),
  seats_max: whole(0),
  locked: list(oneOf("term", "pattern", "teacher", "room", "roster")),
  reserved_for: text(),
  inclusion_max_share: decimal(0, 1),
});

export const requests = table("scheduling/requests.csv", ["student_id", "course_id"], {
  student_id: reference("students", "student_id").mandatory,
  course_id: reference("courses", "course_id").mandatory,
  kind: oneOf("required", "elective", "alternate").mandatory,
  rank: whole(1),
  alternate_for: reference("courses", "course_id"),
  term_id: reference("terms", "term_id"),
  locked_section_id: id(),
});

/** One rule for one student. `value` depends on `kind`: a number of free slots, a team, another student's id, a teacher's id, `inclusion`. */
export const studentRules = table("scheduling/student_rules.csv", [], {
  student_id: reference("students", "student_id").mandatory,
  unavailable: list(id()),
  kind: oneOf("free", "team", "with", "apart", "not_teacher", "section_flag").mandatory,
  value: text(),
});
