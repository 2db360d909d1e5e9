import type { Random } from "@trivium/engine";
import { type Effort, eject } from "../loading/eject.ts";
import type { Loader } from "../loading/loader.ts";
import { listAt } from "../problem/lists.ts";
import type { Schedule } from "../schedule/schedule.ts";

/** Chains for those who lost or still lack something. */
const CHAINS: Effort = { depth: 2, reloads: 40 };
const EPSILON = 1e-6;

/**
 * Seats at best everybody whom changed units touch: those in them whose schedule broke, then those who wait for one of their courses,
 * then chains for whoever lost by it or still waits.
 */
export function reseat(
  schedule: Schedule,
  loader: Loader,
  random: Random,
  changed: readonly number[],
  chains: Effort = CHAINS,
): void {
  const { requests } = schedule.school;
  const before = new Map<number, number>();
  for (const unit of changed)
    for (const section of listAt(schedule.school.units.sections, unit))
      for (let seat = 0; seat < schedule.enrolled[section]; seat++) {
        const student = requests.student[schedule.seat(section, seat)];
        before.set(student, schedule.value[student]);
      }
  const waiting = waitingFor(schedule, changed);
  for (const student of before.keys()) if (!loader.stands(student)) loader.reload(student);
  for (const student of waiting) loader.improve(student);
  for (const [student, value] of before)
    if (schedule.value[student] < value - EPSILON) eject(schedule, loader, random, student, chains);
  for (const student of waitingFor(schedule, changed)) eject(schedule, loader, random, student, chains);
}

/** Students with an unmet request for a course of these units, by index. */
function waitingFor({ school, unmet, unmetCount }: Schedule, changed: readonly number[]): number[] {
  const { sections, requests, units } = school;
  const courses = new Set(
    changed.flatMap((unit) => listAt(units.sections, unit).map((section) => sections.course[section])),
  );
  const students = new Set<number>();
  for (let i = 0; i < unmetCount; i++)
    if (courses.has(requests.course[unmet[i]])) students.add(requests.student[unmet[i]]);
  return [...students].sort((a, b) => a - b);
}
