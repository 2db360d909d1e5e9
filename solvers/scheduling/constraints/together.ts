import { requestFor } from "./request-for.ts";
import type { SeatRule } from "./rule.ts";

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
