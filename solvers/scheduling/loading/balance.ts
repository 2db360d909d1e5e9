import { maySit, type Rules } from "../constraints/rules.ts";
import type { Schedule } from "../schedule/schedule.ts";
import type { Loader } from "./loader.ts";

const PASSES = 4;

/**
 * Evens out the sizes of each course's sections: a student goes from a fuller to an emptier section (by two or more)
 * where the rest of the student's schedule allows. Nobody loses anything.
 */
export function balance(schedule: Schedule, rules: Rules, loader: Loader): void {
  const { courses } = schedule.school;
  for (let pass = 0; pass < PASSES; pass++) {
    let moves = 0;
    for (let course = 0; course < courses.ids.length; course++) {
      const sections = Array.from(
        courses.sections.items.subarray(courses.sections.start[course], courses.sections.start[course + 1]),
      ).filter((section) => schedule.time[schedule.school.sections.unit[section]] >= 0);
      if (sections.length > 1) moves += evenOut(schedule, rules, loader, sections);
    }
    if (moves === 0) break;
  }
  schedule.commit();
}

function evenOut(schedule: Schedule, rules: Rules, loader: Loader, sections: number[]): number {
  let moves = 0;
  const bySize = [...sections].sort((a, b) => schedule.enrolled[b] - schedule.enrolled[a] || a - b);
  for (const from of bySize) {
    for (let seat = schedule.enrolled[from] - 1; seat >= 0; seat--) {
      const request = schedule.seat(from, seat);
      const into = bySize
        .filter((to) => schedule.enrolled[from] - schedule.enrolled[to] >= 2 && schedule.seatsLeft(to) > 0)
        .sort((a, b) => schedule.enrolled[a] - schedule.enrolled[b] || a - b);
      if (into.some((to) => tryMove(schedule, rules, loader, request, to))) moves++;
    }
  }
  return moves;
}

function tryMove(schedule: Schedule, rules: Rules, loader: Loader, request: number, to: number): boolean {
  const { requests, weights } = schedule.school;
  const today = requests.today[request];
  if (weights.moved_student > 0 && today >= 0 && today !== to) return false;
  const mark = schedule.mark();
  const total = schedule.total;
  schedule.sit(request, -1);
  if (maySit(schedule, rules, request, to)) {
    schedule.sit(request, to);
    if (schedule.total >= total - 1e-6 && loader.stands(requests.student[request])) return true;
  }
  schedule.undo(mark, total);
  return false;
}
