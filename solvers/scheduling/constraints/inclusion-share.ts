import type { SeatRule } from "./rule.ts";

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
