import type { SeatRule } from "./rule.ts";

/** A request's `term_id`. */
export const requestTerm: SeatRule = {
  applies: ({ requests }) => requests.term.some((term) => term >= 0),
  allows({ school: { sections, requests, calendar }, time }, request, section) {
    const term = requests.term[request];
    return term < 0 || calendar.timeTerm[time[sections.unit[section]]] === term;
  },
};
