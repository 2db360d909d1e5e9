import { emptyTables, type TableRow } from "@trivium/model";
import { barePlan, type Case } from "../testing/mutations.ts";

type SectionRow = TableRow<"today_sections">;

/** id, course, term, pattern, teacher, room, students, of the small school's legal plan. */
const SECTIONS: readonly (readonly [
  id: string,
  course: string,
  term: string,
  pattern: string,
  teacher: string,
  room: string,
  students: string,
])[] = [
  ["ENG-1", "ENG", "Y", "A1", "T1", "R1", "s1 s2"],
  ["ENG-2", "ENG", "Y", "A2", "T2", "R1", "s3"],
  ["LCK-1", "LCK", "Y", "B1", "T2", "R2", "s1"],
  ["ROS-1", "ROS", "Y", "B2", "T3", "R3", "s1"],
  ["TEAM-1", "TEAM", "Y", "B3", "T4", "R3", "s3"],
  ["SEMA-1", "SEMA", "S1", "A3", "T3", "R3", "s1"],
  ["SEMB-1", "SEMB", "S2", "A3", "T3", "R3", "s1"],
  ["FUL-1", "FUL", "Y", "B1", "T4", "R4", "s2"],
  ["ALT-1", "ALT", "Y", "A1", "T4", "R4", "s4"],
  ["PA-1", "PA", "Y", "B2", "T5", "R1", "s2"],
  ["PA-2", "PA", "Y", "A4", "T5", "R5", "s3"],
  ["PB-1", "PB", "Y", "B4", "T5", "R5", "s2"],
  ["PB-2", "PB", "Y", "B2", "T4", "R4", "s3"],
  ["CO1-1", "CO1", "Y", "A3", "T1", "R2", "s4"],
  ["CO2-1", "CO2", "Y", "A3", "T1", "R2", ""],
  ["ST1-1", "ST1", "Y", "A4", "T2", "R1", ""],
  ["ST2-1", "ST2", "Y", "A4", "T3", "R3", ""],
  ["CN1-1", "CN1", "Y", "B2", "T2", "R2", ""],
  ["CN2-1", "CN2", "Y", "B3", "T2", "R1", ""],
  ["SA1-1", "SA1", "Y", "A4", "T4", "R4", ""],
  ["SA2-1", "SA2", "Y", "B4", "T4", "R4", ""],
  ["SR1-1", "SR1", "Y", "A1", "T5", "R5", ""],
  ["SR2-1", "SR2", "Y", "A2", "T5", "R5", ""],
  ["NT1-1", "NT1", "Y", "B1", "T5", "R5", ""],
  ["NT2-1", "NT2", "Y", "B3", "T5", "R5", ""],
];

const LINKS: readonly (readonly [TableRow<"course_links">["kind"], string, string])[] = [
  ["same_time", "ST1", "ST2"],
  ["consecutive", "CN1", "CN2"],
  ["same_teacher", "SA1", "SA2"],
  ["same_room", "SR1", "SR2"],
  ["not_same_time", "NT1", "NT2"],
  ["co_seated", "CO1", "CO2"],
  ["same_students", "PA", "PB"],
  ["term_order", "SEMA", "SEMB"],
  ["different_term", "SEMA", "SEMB"],
];

/** student, course, kind, in the order of the requests. */
const REQUESTS = [
  "s1 ENG required",
  "s1 LCK elective",
  "s1 ROS elective",
  "s1 SEMA elective",
  "s1 SEMB elective",
  "s2 ENG required",
  "s2 FUL required",
  "s2 PA elective",
  "s2 PB elective",
  "s3 ENG required",
  "s3 TEAM elective",
  "s3 PA elective",
  "s3 PB elective",
  "s4 FUL required",
  "s4 CO1 elective",
  "s4 ALT alternate",
];

const DAYS = ["A", "B"];
const PERIODS = ["1", "2", "3", "L", "4"];

/**
 * A school of four students and every rule once, with a legal plan made by hand: two days of four class slots with lunch before the last,
 * a year of two semesters, six teachers, five rooms in two buildings, every kind of link, lock and student rule. FUL is full: s4 gets ALT instead.
 */
export function smallSchool(): Case<"scheduling"> {
  const tables = emptyTables();
  tables.schools.push({ school_id: "H", name: "Small High", level: "high", lat: 42, lon: -92 });
  tables.students.push(
    ...["s1", "s2", "s3", "s4"].map((student_id) => ({ student_id, school_id: "H", grade: "9" as const })),
  );
  addCalendar(tables);
  addStaffAndRooms(tables);
  addCourses(tables);
  addStudentSide(tables);
  const sections = SECTIONS.map(
    ([section_id, course_id, term_id, pattern_id, teacher_id, room_id, students]): SectionRow => ({
      section_id,
      course_id,
      term_id,
      pattern_id,
      teacher_id,
      room_id,
      ...(section_id === "ENG-1" ? { co_teacher_ids: ["T6"] } : {}),
      seats_max: seatsOf(course_id),
      enrolled: students.split(" ").filter((id) => id !== "").length,
    }),
  );
  const enrollments = SECTIONS.flatMap(([section_id, course_id, , , , , students]) =>
    students
      .split(" ")
      .filter((id) => id !== "")
      .map((student_id) => ({
        student_id,
        section_id,
        request_course_id: course_id === "ALT" ? "FUL" : course_id,
        kind: REQUESTS.find((each) => each.startsWith(`${student_id} ${course_id} `))?.split(" ")[2],
      })),
  );
  const unmet = [{ student_id: "s4", course_id: "FUL", kind: "required", reason_code: "full", witness: "FUL-1" }];
  const settings = { scheduling: { travel_min: 5, lunch: { waves: [["A:4"], ["B:4"]] } }, routing: {}, facilities: {} };
  return { tables, settings, plan: barePlan("scheduling", { sections, enrollments }, unmet) };
}

type Tables = ReturnType<typeof emptyTables>;

const seatsOf = (course: string): number => (course === "ENG" ? 2 : course === "FUL" ? 1 : 3);

function addCalendar(tables: Tables): void {
  tables.terms.push(
    { term_id: "Y", title: "Year", start_date: "2027-08-23", end_date: "2028-06-02" },
    { term_id: "S1", title: "Semester 1", start_date: "2027-08-23", end_date: "2028-01-14", parent_term_id: "Y" },
    { term_id: "S2", title: "Semester 2", start_date: "2028-01-18", end_date: "2028-06-02", parent_term_id: "Y" },
  );
  for (const day of DAYS)
    PERIODS.forEach((period_id, index) => {
      const start = (8 * 60 + 50 * index) * 60;
      const kind = period_id === "L" ? ("lunch" as const) : ("class" as const);
      tables.periods.push({ school_id: "H", period_id, title: period_id, day, start, end: start + 45 * 60, kind });
      if (kind === "class")
        tables.patterns.push({ school_id: "H", pattern_id: day + period_id, meetings: [`${day}:${period_id}`] });
    });
}

function addStaffAndRooms(tables: Tables): void {
  const limits = { sections_max: 3, preps_max: 3, consecutive_max: 1, planning_periods_min: 2 };
  for (const teacher_id of ["T1", "T2", "T3", "T4", "T5", "T6"])
    tables.teachers.push({
      teacher_id,
      school_id: "H",
      ...(teacher_id === "T1" ? { ...limits, unavailable: ["B:4"] } : {}),
    });
  for (const room_id of ["R1", "R2", "R3", "R4", "R5"])
    tables.rooms.push({
      room_id,
      school_id: "H",
      building: room_id === "R2" ? "East" : "Main",
      capacity: 3,
      ...(room_id === "R2" ? { features: ["lab"] } : {}),
      ...(room_id === "R1" ? { unavailable: ["B:4"] } : {}),
    });
}

function addCourses(tables: Tables): void {
  for (const course_id of new Set(SECTIONS.map(([, course]) => course))) {
    const own = SECTIONS.filter(([, course]) => course === course_id);
    tables.courses.push({
      course_id,
      school_id: "H",
      title: course_id,
      department: "All",
      term: course_id.startsWith("SEM") ? "semester" : "year",
      seats_max: seatsOf(course_id),
      ...(own.length > 1 ? { sections: own.length } : { sections_max: 1 }),
      ...(course_id === "ENG" ? { patterns_allowed: ["A1", "A2"] } : {}),
      ...(course_id === "LCK" ? { room_features: ["lab"] } : {}),
      periods_per_cycle: 1,
    });
    for (const teacher_id of new Set(own.map(([, , , , teacher]) => teacher)))
      tables.teacher_courses.push({
        teacher_id,
        course_id,
        preference: 3,
        ...(teacher_id === "T1" && course_id === "ENG" ? { sections_max: 1 } : {}),
      });
  }
  LINKS.forEach(([kind, a, b], index) => {
    tables.course_links.push({ link_id: `L${index + 1}`, kind, courses: [a, b] });
  });
  tables.sections.push(
    { section_id: "ENG-1", course_id: "ENG", co_teacher_ids: ["T6"], inclusion_max_share: 0.5 },
    {
      section_id: "LCK-1",
      course_id: "LCK",
      term_id: "Y",
      pattern_id: "B1",
      teacher_id: "T2",
      room_id: "R2",
      locked: ["pattern", "term", "teacher", "room"],
    },
    { section_id: "ROS-1", course_id: "ROS", locked: ["roster"] },
    { section_id: "TEAM-1", course_id: "TEAM", reserved_for: "X" },
  );
}

function addStudentSide(tables: Tables): void {
  for (const each of REQUESTS) {
    const [student_id, course_id, kind] = each.split(" ");
    tables.requests.push({
      student_id,
      course_id,
      kind: kind as TableRow<"requests">["kind"],
      rank: 1,
      ...(course_id === "ALT" ? { alternate_for: "FUL" } : {}),
      ...(course_id === "SEMA" ? { term_id: "S1" } : {}),
      ...(student_id === "s2" && course_id === "ENG" ? { locked_section_id: "ENG-1" } : {}),
    });
  }
  tables.student_rules.push(
    { student_id: "s1", kind: "section_flag", value: "inclusion" },
    { student_id: "s1", kind: "with", value: "s2" },
    { student_id: "s1", kind: "apart", value: "s3" },
    { student_id: "s3", kind: "team", value: "X" },
    { student_id: "s4", kind: "not_teacher", value: "T5" },
    { student_id: "s4", kind: "free", value: "2", unavailable: ["B:4"] },
  );
  tables.today_sections.push({ section_id: "ROS-1", course_id: "ROS" });
  tables.today_enrollments.push({ student_id: "s1", section_id: "ROS-1" });
}
