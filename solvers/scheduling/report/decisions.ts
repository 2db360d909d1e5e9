import { InternalError, type SchedulingDecisions } from "@trivium/model";
import { ALTERNATE, KINDS, type SchedulingProblem, type School } from "../problem/problem.ts";
import type { Places } from "../schedule/places.ts";

/** The decided sections and enrollments in the tables of the plan, in the order of their ids. */
export function decisionsOf(problem: SchedulingProblem, places: readonly Places[]): SchedulingDecisions {
  return {
    sections: problem.schools.flatMap((school, index) => sectionRows(school, places[index])),
    enrollments: problem.schools.flatMap((school, index) => enrollmentRows(school, places[index])),
  };
}

function sectionRows(school: School, places: Places): SchedulingDecisions["sections"] {
  const { sections, calendar, courses, teachers, rooms } = school;
  const enrolled = new Int32Array(sections.ids.length);
  for (const section of places.choice) if (section >= 0) enrolled[section]++;
  return sections.ids.flatMap((section_id, section) => {
    const unit = sections.unit[section];
    const time = places.time[unit];
    if (time < 0) return [];
    const co = sections.coTeacherIds[section];
    return {
      section_id,
      course_id: courses.ids[sections.course[section]],
      ...(calendar.termIds[calendar.timeTerm[time]] === ""
        ? {}
        : { term_id: calendar.termIds[calendar.timeTerm[time]] }),
      pattern_id: calendar.timePattern[time],
      ...(places.teacher[unit] >= 0 ? { teacher_id: teachers.ids[places.teacher[unit]] } : {}),
      ...(co.length > 0 ? { co_teacher_ids: [...co] } : {}),
      ...(places.room[unit] >= 0 ? { room_id: rooms.ids[places.room[unit]] } : {}),
      seats_max: sections.cap[section],
      enrolled: enrolled[section],
    };
  });
}

function enrollmentRows(school: School, places: Places): SchedulingDecisions["enrollments"] {
  return school.students.ids.flatMap((_, student) => seatsOfStudent(school, places.choice, student));
}

/** A student's rows of `enrollments.csv`. */
interface SeatRow {
  readonly student_id: string;
  readonly section_id: string;
  readonly request_course_id: string;
  readonly kind: (typeof KINDS)[number];
}

export function seatsOfStudent(school: School, choice: Int32Array, student: number): SeatRow[] {
  const { requests, students, sections, courses } = school;
  const replaced = replacements(school, choice, student);
  const rows: SeatRow[] = [];
  for (let q = students.requestStart[student]; q < students.requestStart[student + 1]; q++) {
    const section = choice[q];
    if (section < 0) continue;
    const stands = requests.kind[q] === ALTERNATE ? replaced.get(q) : q;
    if (stands === undefined)
      throw new InternalError("alternate-without-request", `alternate ${q} replaces nothing`, { values: { q } });
    rows.push({
      student_id: students.ids[student],
      section_id: sections.ids[section],
      request_course_id: courses.ids[requests.course[stands]],
      kind: KINDS[requests.kind[q]],
    });
  }
  return rows;
}

/** Alternate used → the unmet request that it stands in for: those bound to one first, then the free ones. */
function replacements({ requests, students }: School, choice: Int32Array, student: number): Map<number, number> {
  const replaced = new Map<number, number>();
  const first = students.requestStart[student];
  const last = students.requestStart[student + 1];
  const used: number[] = [];
  for (let q = first; q < last; q++) if (requests.kind[q] === ALTERNATE && choice[q] >= 0) used.push(q);
  if (used.length === 0) return replaced;
  const open = new Set<number>();
  for (let q = first; q < last; q++) if (requests.kind[q] !== ALTERNATE && choice[q] < 0) open.add(q);
  for (const bound of [true, false]) {
    for (const q of used) {
      if (requests.alternateFor[q] >= 0 !== bound) continue;
      const target = bound ? requests.alternateFor[q] : [...open][0];
      if (target === undefined || !open.has(target)) continue;
      open.delete(target);
      replaced.set(q, target);
    }
  }
  return replaced;
}
