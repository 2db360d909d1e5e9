import { Random } from "@trivium/engine";
import type { Grade, TableRow, Tables } from "@trivium/model";
import type { DistrictFiles } from "../../district.ts";
import { schoolFiles } from "../index.ts";
import { type ConflictMatrix, correlation } from "./conflict-matrix.ts";
import { drawStudents } from "./draw-students.ts";

const PERIODS = 8;
const SCHOOL = "HS";
/** Students that a section is planned for. */
const SEATS = { usual: 34, large: 66 };
/** Physical education, bands and choirs, student government. */
const LARGE = /^(PO|JC1|OC|OO)/;
const SLACK = 0.09;
const TEACHES = 5;
const ROOM_PERIODS = 6.5;
/** Mathematics, science, English, social studies, physical education, and the support programs. */
const REQUIRED = /^[ACDEGPMR]/;

interface MatrixSchool {
  readonly files: DistrictFiles;
  readonly correlation: number;
  readonly singletonShare: number;
  readonly sections: number;
}

/**
 * A school with the courses of a real conflict matrix and students drawn after it: eight periods, as many sections as the requests need
 * (courses that fit one section in the real school have one), 9 % of the seats beyond the requests, teachers to be chosen within departments, rooms by department.
 * With other than the matrix's number of students, requests and pairs grow in proportion.
 * @param ofStudents students that the matrix is of
 */
export function matrixSchool(seed: number, matrix: ConflictMatrix, students: number, ofStudents: number): MatrixSchool {
  const random = new Random(seed);
  const scaled = scale(matrix, students / ofStudents, students);
  const drawn = drawStudents(random.fork(0), scaled, students);
  const courses = courseRows(scaled, matrix);
  const people = drawn.courses.map((own, index) => ({
    id: String(700_001 + index),
    courses: Array.from(own).sort((a, b) => a - b),
  }));
  const rows: Partial<Tables> = {
    schools: [
      { school_id: SCHOOL, name: "Matrix High", level: "high", lat: 37.36, lon: -122.07, enrollment: students },
    ],
    students: people.map(({ id, courses: own }) => ({
      student_id: id,
      school_id: SCHOOL,
      grade: gradeOf(own.map((course) => scaled.courses[course])),
    })),
    ...calendar(),
    courses,
    ...staff(random.fork(1), courses),
    requests: people.flatMap(({ id, courses: own }) =>
      requestRows(
        id,
        own.map((course) => scaled.courses[course]),
      ),
    ),
  };
  const sections = courses.reduce((sum, row) => sum + (row.sections ?? 0), 0);
  const info = { name: `Matrix High, ${students} students`, timezone: "America/Los_Angeles", school_year: "2027-28" };
  return {
    files: schoolFiles(info, rows),
    correlation: correlation(scaled.courses.length, drawn.pairs, scaled.pairs),
    singletonShare: courses.filter((row) => row.sections === 1).length / courses.length,
    sections,
  };
}

function scale(matrix: ConflictMatrix, by: number, students: number): ConflictMatrix {
  return {
    courses: matrix.courses,
    requests: matrix.requests.map((each) => Math.min(students, Math.round(each * by))),
    pairs: matrix.pairs.map((each) => each * by),
  };
}

/** Courses that fit one section in the real school have one here too, whatever the size. */
function courseRows({ courses, requests }: ConflictMatrix, real: ConflictMatrix): TableRow<"courses">[] {
  return courses.map((id, index) => {
    const seats = LARGE.test(id) ? SEATS.large : SEATS.usual;
    const sections = real.requests[index] <= seats ? 1 : Math.ceil(requests[index] / seats);
    return {
      course_id: id,
      school_id: SCHOOL,
      title: id,
      department: id[0],
      term: "year" as const,
      seats_max: Math.ceil(requests[index] / sections / (1 - SLACK)),
      sections,
      room_features: [id[0]],
    };
  });
}

function calendar(): Pick<Tables, "terms" | "periods" | "patterns"> {
  const numbers = Array.from({ length: PERIODS }, (_, index) => index + 1);
  const start = (period: number) => (8 * 60 + 50 * (period - 1) + (period > 4 ? 30 : 0)) * 60;
  return {
    terms: [{ term_id: "Y", title: "School year", start_date: "2027-08-16", end_date: "2028-06-02" }],
    periods: numbers.map((period) => ({
      school_id: SCHOOL,
      period_id: String(period),
      title: `Period ${period}`,
      day: "D",
      start: start(period),
      end: start(period) + 45 * 60,
      kind: "class" as const,
    })),
    patterns: numbers.map((period) => ({ school_id: SCHOOL, pattern_id: `P${period}`, meetings: [`D:${period}`] })),
  };
}

/** Five sections a teacher with one in twenty to spare; every teacher may give about half of the department's courses, every course has two who may. */
function staff(random: Random, courses: readonly TableRow<"courses">[]): Partial<Tables> {
  const teachers: TableRow<"teachers">[] = [];
  const rooms: TableRow<"rooms">[] = [];
  const may: TableRow<"teacher_courses">[] = [];
  for (const [department, own] of Map.groupBy(courses, (row) => row.department ?? "")) {
    const sections = own.reduce((sum, row) => sum + (row.sections ?? 0), 0);
    const count = Math.max(2, Math.ceil((1.05 * sections) / TEACHES));
    const ids = Array.from({ length: count }, (_, index) => `${department}T${index + 1}`);
    for (const teacher_id of ids) teachers.push({ teacher_id, school_id: SCHOOL, sections_max: TEACHES, fte: 1 });
    own.forEach(({ course_id }, index) => {
      const sure = [ids[index % count], ids[(index + 1) % count]];
      for (const teacher_id of ids)
        if (sure.includes(teacher_id) || random.unit() < 0.5)
          may.push({ teacher_id, course_id, preference: random.below(4) });
    });
    for (let room = 1; room <= Math.ceil(sections / ROOM_PERIODS); room++)
      rooms.push({
        room_id: `${department}-${room}`,
        school_id: SCHOOL,
        building: "Main",
        capacity: 90,
        features: [department],
      });
  }
  return { teachers, teacher_courses: may, rooms };
}

function requestRows(student_id: string, ids: readonly string[]): TableRow<"requests">[] {
  return ids
    .toSorted((a, b) => Number(REQUIRED.test(b)) - Number(REQUIRED.test(a)))
    .map((course_id, index) => ({
      student_id,
      course_id,
      kind: REQUIRED.test(course_id) ? "required" : "elective",
      rank: index + 1,
    }));
}

/** The grade that a student's English course is given to. */
function gradeOf(ids: readonly string[]): Grade {
  const english: readonly (readonly [RegExp, Grade])[] = [
    [/^DC101/, "9"],
    [/^DC201/, "10"],
    [/^(DC30|DA20|DB30)/, "11"],
  ];
  return english.find(([course]) => ids.some((id) => course.test(id)))?.[1] ?? "12";
}
