import { requestFor } from "../../constraints/request-for.ts";
import { listAt } from "../../problem/lists.ts";
import type { Schedule } from "../../schedule/schedule.ts";

/**
 * Whether a student may sit in a section of a course that they have no request for (the rules of `constraints/` speak of requests): teams, closed
 * rosters, teachers to avoid, partners, and the share of flagged students as it is. A newcomer (−1) has no rules of their own.
 */
export function mayJoin(schedule: Schedule, student: number, section: number): boolean {
  const { school, choice, teacher } = schedule;
  const { sections, students, units } = school;
  if (sections.closed[section] === 1) return false;
  if (sections.reserved[section] >= 0 && (student < 0 || sections.reserved[section] !== students.team[student]))
    return false;
  if (student < 0) return true;
  const unit = sections.unit[section];
  const avoided = listAt(students.notTeachers, student);
  if (avoided.includes(teacher[unit]) || listAt(units.coTeachers, unit).some((id) => avoided.includes(id)))
    return false;
  if (!shareHolds(schedule, section, students.inclusion[student], 1)) return false;
  const seatOf = (partner: number): number => {
    const request = requestFor(school, partner, sections.course[section]);
    return request < 0 ? -1 : choice[request];
  };
  const isThere = (partner: number) => seatOf(partner) === section;
  const isElsewhere = (partner: number) => seatOf(partner) >= 0 && !isThere(partner);
  return !listAt(students.apart, student).some(isThere) && !listAt(students.together, student).some(isElsewhere);
}

/** Whether a section's share of flagged students holds as it is filled, with so many flagged and so many students more. */
export function shareHolds(
  { school, flagged, enrolled }: Schedule,
  section: number,
  more: number,
  students: number,
): boolean {
  const share = school.sections.inclusionShare[section];
  return share > 1 || flagged[section] + more <= share * (enrolled[section] + students) + 1e-9;
}
