import { listOf, type RosterRow, rosterRows } from "./records.ts";
import { type MadeTable, TableMaker } from "./table.ts";

type Files = ReadonlyMap<string, Uint8Array>;

/** How long a course is, by how many sessions of its kind share their parent. */
const LENGTH = ["year", "year", "semester", "trimester", "quarter"] as const;

/** Terms, courses, who teaches what, and today's sections with who sits in them. */
export function schedule(files: Files, schools: ReadonlySet<string>): MadeTable[] {
  const sessions = rosterRows(files.get("academicSessions.csv"));
  const courses = new Map(rosterRows(files.get("courses.csv")).map((row) => [row.of("sourcedId"), row]));
  const classes = rosterRows(files.get("classes.csv"));
  const enrolled = Map.groupBy(rosterRows(files.get("enrollments.csv")), (row) => row.of("classSourcedId"));
  const idOf = courseIds(courses, classes, schools);
  const lengthOf = lengths(sessions);
  const sections = classes.map((row) => sectionOf(row, idOf(row), enrolled.get(row.of("sourcedId")) ?? []));
  return [
    ...terms(sessions),
    ...courseTable(
      courses,
      Map.groupBy(sections, (section) => section.course_id),
      lengthOf,
    ),
    ...teacherCourses(sections),
    ...todayTables(sections),
  ];
}

interface Section {
  readonly row: number;
  readonly section_id: string;
  readonly course: string;
  readonly course_id: string;
  readonly school_id: string;
  readonly terms: readonly string[];
  readonly teachers: readonly RosterRow[];
  readonly students: readonly RosterRow[];
}

function sectionOf(row: RosterRow, course_id: string, enrolled: readonly RosterRow[]): Section {
  const teachers = enrolled.filter((each) => each.of("role").toLowerCase() === "teacher");
  return {
    row: row.row,
    section_id: row.of("sourcedId"),
    course: row.of("courseSourcedId"),
    course_id,
    school_id: row.of("schoolSourcedId"),
    terms: listOf(row.of("termSourcedIds")),
    teachers: teachers.sort((a, b) => Number(b.of("primary") === "true") - Number(a.of("primary") === "true")),
    students: enrolled.filter((each) => each.of("role").toLowerCase() === "student"),
  };
}

/** A course of one school keeps its id; one that the district's schools share becomes each school's own. */
function courseIds(
  courses: ReadonlyMap<string, RosterRow>,
  classes: readonly RosterRow[],
  schools: ReadonlySet<string>,
) {
  const schoolsOf = Map.groupBy(classes, (row) => row.of("courseSourcedId"));
  return (row: RosterRow): string => {
    const course = row.of("courseSourcedId");
    const own = schools.has(courses.get(course)?.of("orgSourcedId") ?? "");
    const shared = new Set(schoolsOf.get(course)?.map((each) => each.of("schoolSourcedId"))).size > 1;
    return own || !shared ? course : `${row.of("schoolSourcedId")}-${course}`;
  };
}

function lengths(sessions: readonly RosterRow[]): (termId: string) => (typeof LENGTH)[number] {
  const kin = (row: RosterRow) => `${row.of("type")} ${row.of("parentSourcedId")}`;
  const siblings = Map.groupBy(sessions, kin);
  const byId = new Map(sessions.map((row) => [row.of("sourcedId"), row]));
  return (termId) => {
    const row = byId.get(termId);
    if (!row || row.of("parentSourcedId") === "") return "year";
    return LENGTH[Math.min(4, siblings.get(kin(row))?.length ?? 1)];
  };
}

function terms(sessions: readonly RosterRow[]): MadeTable[] {
  const table = new TableMaker("scheduling/terms.csv", "academicSessions.csv", [
    "term_id",
    "title",
    "start_date",
    "end_date",
    "parent_term_id",
  ]);
  for (const { row, of } of sessions)
    table.add(row, {
      term_id: of("sourcedId"),
      title: of("title"),
      start_date: of("startDate"),
      end_date: of("endDate"),
      parent_term_id: of("parentSourcedId"),
    });
  return table.made();
}

/** OneRoster knows no seats: a course's are those of its largest class today. */
function courseTable(
  courses: ReadonlyMap<string, RosterRow>,
  sections: ReadonlyMap<string, readonly Section[]>,
  lengthOf: (termId: string) => string,
): MadeTable[] {
  const table = new TableMaker("scheduling/courses.csv", "courses.csv", [
    "course_id",
    "school_id",
    "title",
    "department",
    "term",
    "seats_max",
  ]);
  for (const [course_id, of] of sections) {
    const row = courses.get(of[0].course);
    if (!row) continue;
    table.add(row.row, {
      course_id,
      school_id: of[0].school_id,
      title: row.of("title"),
      department: listOf(row.of("subjects"))[0] ?? "Other",
      term: lengthOf(of[0].terms[0] ?? ""),
      seats_max: Math.max(1, ...of.map(({ students }) => students.length)),
    });
  }
  return table.made();
}

function teacherCourses(sections: readonly Section[]): MadeTable[] {
  const table = new TableMaker("scheduling/teacher_courses.csv", "enrollments.csv", ["teacher_id", "course_id"]);
  const known = new Set<string>();
  for (const { course_id, teachers } of sections)
    for (const { row, of } of teachers) {
      const teacher_id = of("userSourcedId");
      if (known.has(`${teacher_id}\n${course_id}`)) continue;
      known.add(`${teacher_id}\n${course_id}`);
      table.add(row, { teacher_id, course_id });
    }
  return table.made();
}

function todayTables(sections: readonly Section[]): MadeTable[] {
  const table = new TableMaker("scheduling/today_sections.csv", "classes.csv", [
    "section_id",
    "course_id",
    "term_id",
    "teacher_id",
    "co_teacher_ids",
    "enrolled",
  ]);
  const seats = new TableMaker("scheduling/today_enrollments.csv", "enrollments.csv", [
    "student_id",
    "section_id",
    "request_course_id",
  ]);
  for (const {
    row,
    section_id,
    course_id,
    terms: [term_id],
    teachers,
    students,
  } of sections) {
    const [teacher_id, ...others] = teachers.map((each) => each.of("userSourcedId"));
    table.add(row, {
      section_id,
      course_id,
      term_id,
      teacher_id,
      co_teacher_ids: others.join("|"),
      enrolled: students.length,
    });
    for (const each of students)
      seats.add(each.row, { student_id: each.of("userSourcedId"), section_id, request_course_id: course_id });
  }
  return [...table.made(), ...seats.made()];
}
