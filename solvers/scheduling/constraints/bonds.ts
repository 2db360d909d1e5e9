import { BOND_AFTER, BOND_APART, BOND_BEFORE, BOND_PAIR } from "../problem/problem.ts";
import type { Schedule } from "../schedule/schedule.ts";

/** `same_students`: both sections stand at the same position in their courses. */
function isPair({ school }: Schedule, link: number, a: number, b: number): boolean {
  const sections = school.sections.ids.length;
  const position = school.links.pairs.get(link * sections + a);
  return position !== undefined && position === school.links.pairs.get(link * sections + b);
}

/** `term_order`: a's term ends before b's starts. */
function before({ school, time }: Schedule, a: number, b: number): boolean {
  const { calendar, sections } = school;
  const first = calendar.timeTerm[time[sections.unit[a]]];
  const second = calendar.timeTerm[time[sections.unit[b]]];
  return calendar.termEnd[first] < calendar.termStart[second];
}

/** `different_term`: no leaf in common. */
function apart({ school, time }: Schedule, a: number, b: number): boolean {
  const { timeLeaves } = school.calendar;
  return (timeLeaves[time[school.sections.unit[a]]] & timeLeaves[time[school.sections.unit[b]]]) === 0;
}

/** Whether a student's request in section `a` agrees with the partner request in section `b`. */
export function bondHolds(schedule: Schedule, bond: number, link: number, a: number, b: number): boolean {
  if (bond === BOND_PAIR) return isPair(schedule, link, a, b);
  if (bond === BOND_BEFORE) return before(schedule, a, b);
  if (bond === BOND_AFTER) return before(schedule, b, a);
  if (bond === BOND_APART) return apart(schedule, a, b);
  return true;
}
