import type { School } from "../problem/problem.ts";
import type { SeatRule } from "./rule.ts";

/** `reserved_for`: only students of that team; a team's students take no section kept for another. */
export const reserved: SeatRule = {
  applies: ({ sections }) => sections.reserved.some((team) => team >= 0),
  allows: ({ school: { sections, students, requests } }, request, section) =>
    sections.reserved[section] < 0 || sections.reserved[section] === students.team[requests.student[request]],
};

/** `locked_section_id` and locked rosters: that section or none, and nobody else in a closed one. */
export const lockedSection: SeatRule = {
  applies: ({ requests, sections }) =>
    requests.lockedSection.some((s) => s !== -1) || sections.closed.some((c) => c === 1),
  allows: ({ school: { sections, requests } }, request, section) =>
    requests.lockedSection[request] === -1
      ? sections.closed[section] === 0
      : requests.lockedSection[request] === section,
};

/** A request's `term_id`. */
export const requestTerm: SeatRule = {
  applies: ({ requests }) => requests.term.some((term) => term >= 0),
  allows({ school: { sections, requests, calendar }, time }, request, section) {
    const term = requests.term[request];
    return term < 0 || calendar.timeTerm[time[sections.unit[section]]] === term;
  },
};

/** `not_teacher`: neither as main nor as co-teacher. */
export const notTeacher: SeatRule = {
  applies: ({ students }) => students.notTeachers.items.length > 0,
  allows({ school: { sections, students, requests, units }, teacher }, request, section) {
    const student = requests.student[request];
    const unit = sections.unit[section];
    for (let i = students.notTeachers.start[student]; i < students.notTeachers.start[student + 1]; i++) {
      const avoided = students.notTeachers.items[i];
      if (teacher[unit] === avoided) return false;
      for (let j = units.coTeachers.start[unit]; j < units.coTeachers.start[unit + 1]; j++)
        if (units.coTeachers.items[j] === avoided) return false;
    }
    return true;
  },
};

/** The request of a student for a course, −1 none. */
export function requestFor({ students, requests }: School, student: number, course: number): number {
  for (let q = students.requestStart[student]; q < students.requestStart[student + 1]; q++)
    if (requests.course[q] === course) return q;
  return -1;
}

/** `apart`: never in the same section. */
export const apart: SeatRule = {
  applies: ({ students }) => students.apart.items.length > 0,
  allows({ school, choice }, request, section) {
    const { students, requests, sections } = school;
    const student = requests.student[request];
    for (let i = students.apart.start[student]; i < students.apart.start[student + 1]; i++) {
      const other = requestFor(school, students.apart.items[i], sections.course[section]);
      if (other >= 0 && choice[other] === section) return false;
    }
    return true;
  },
};

/** `with`: in a course that both take, in the same section. */
export const together: SeatRule = {
  applies: ({ students }) => students.together.items.length > 0,
  allows({ school, choice }, request, section) {
    const { students, requests, sections } = school;
    const student = requests.student[request];
    for (let i = students.together.start[student]; i < students.together.start[student + 1]; i++) {
      const other = requestFor(school, students.together.items[i], sections.course[section]);
      if (other >= 0 && choice[other] >= 0 && choice[other] !== section) return false;
    }
    return true;
  },
};

/**
 * `inclusion_max_share`: flagged / enrolled. While the section fills, the share is taken of what it may hold at its fullest;
 * what then is too much is priced by the schedule and mended at the end.
 */
export const inclusion: SeatRule = {
  applies: ({ sections }) => sections.inclusionShare.some((share) => share <= 1),
  allows({ school: { sections, students, requests }, flagged }, request, section) {
    const share = sections.inclusionShare[section];
    if (share > 1 || students.inclusion[requests.student[request]] === 0) return true;
    return flagged[section] + 1 <= Math.floor(share * sections.seats[section] + 1e-9);
  },
};
