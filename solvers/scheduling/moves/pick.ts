import type { Random } from "@trivium/engine";
import type { Placer } from "./placer.ts";

/** Share of picks that start from an unmet request. */
const GUIDED = 0.6;

/** A unit worth moving, and the student whom that is to help (−1 nobody in particular). */
export interface Pick {
  readonly unit: number;
  readonly helped: number;
}

/**
 * Mostly a unit of the course of an unmet request, or one that may stand in that request's way in its student's schedule; else any.
 */
export function pickUnit({ schedule }: Placer, random: Random): Pick {
  const { units, requests, courses, sections, students } = schedule.school;
  if (schedule.unmetCount === 0 || random.unit() >= GUIDED) return { unit: random.below(units.count), helped: -1 };
  const request = schedule.unmet[random.below(schedule.unmetCount)];
  const student = requests.student[request];
  if (random.unit() < 0.5) {
    const { start, items } = courses.sections;
    const course = requests.course[request];
    const count = start[course + 1] - start[course];
    if (count > 0) return { unit: sections.unit[items[start[course] + random.below(count)]], helped: student };
  }
  const first = students.requestStart[student];
  const other = first + random.below(students.requestStart[student + 1] - first);
  if (schedule.choice[other] < 0) return { unit: random.below(units.count), helped: -1 };
  return { unit: sections.unit[schedule.choice[other]], helped: student };
}
