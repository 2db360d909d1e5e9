import type { SeatRule } from "./rule.ts";

/** `reserved_for`: only students of that team; a team's students take no section kept for another. */
export const reserved: SeatRule = {
  applies: ({ sections }) => sections.reserved.some((team) => team >= 0),
  allows: ({ school: { sections, students, requests } }, request, section) =>
    sections.reserved[section] < 0 || sections.reserved[section] === students.team[requests.student[request]],
};
