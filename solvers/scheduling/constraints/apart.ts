import { requestFor } from "./request-for.ts";
import type { SeatRule } from "./rule.ts";

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
