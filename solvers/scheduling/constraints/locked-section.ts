import type { SeatRule } from "./rule.ts";

/** `locked_section_id` and locked rosters: that section or none, and nobody else in a closed one. */
export const lockedSection: SeatRule = {
  applies: ({ requests, sections }) =>
    requests.lockedSection.some((s) => s !== -1) || sections.closed.some((c) => c === 1),
  allows: ({ school: { sections, requests } }, request, section) =>
    requests.lockedSection[request] === -1
      ? sections.closed[section] === 0
      : requests.lockedSection[request] === section,
};
