import type { AnalysisAnswer } from "@trivium/model";
import { listAt } from "../problem/lists.ts";
import { ALTERNATE, ELECTIVE, REQUIRED, type School } from "../problem/problem.ts";

type CourseRow = AnalysisAnswer["courses"][number];

/** Requests of each course by kind and grade, sections that they need, and the seats that the given sections have. */
export function courseTallies(school: School): CourseRow[] {
  const { courses, sections, units, schoolIds } = school;
  const count = (kind: number) => tally(school, (q) => school.requests.kind[q] === kind);
  const [required, elective, alternates] = [count(REQUIRED), count(ELECTIVE), count(ALTERNATE)];
  const grades = byGrade(school);
  return courses.ids.map((course_id, course) => {
    const own = listAt(courses.sections, course).filter((section) => units.wanted[sections.unit[section]] === 1);
    const seats = own.reduce((sum, section) => sum + sections.seats[section], 0);
    const demand = courses.demand[course];
    const perSection = (size: number) => (demand === 0 ? 0 : Math.ceil(demand / Math.max(1, size)));
    return {
      course_id,
      school_id: schoolIds[courses.school[course]],
      required: required[course],
      elective: elective[course],
      alternates: alternates[course],
      by_grade: Object.fromEntries(grades[course]),
      sections: own.length,
      sections_given: courses.sectionsAsked[course] < 0 ? null : courses.sectionsAsked[course],
      sections_at_cap: perSection(courses.seatsMax[course]),
      sections_at_target: perSection(courses.seatsTarget[course]),
      seats,
      seat_slack: seats - demand,
      teachers: listAt(courses.teachers, course).length,
      rooms: listAt(courses.rooms, course).length,
      times: listAt(courses.times, course).length,
    };
  });
}

function tally({ requests, courses }: School, counts: (request: number) => boolean): Int32Array {
  const sums = new Int32Array(courses.ids.length);
  for (let q = 0; q < requests.count; q++) if (counts(q)) sums[requests.course[q]]++;
  return sums;
}

function byGrade({ requests, students, courses }: School): Map<string, number>[] {
  const grades = courses.ids.map(() => new Map<string, number>());
  for (let q = 0; q < requests.count; q++) {
    if (requests.kind[q] === ALTERNATE) continue;
    const grade = students.grades[requests.student[q]];
    const own = grades[requests.course[q]];
    own.set(grade, (own.get(grade) ?? 0) + 1);
  }
  return grades.map((own) => new Map([...own].sort(([a], [b]) => a.localeCompare(b, "en", { numeric: true }))));
}
