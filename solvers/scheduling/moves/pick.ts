import type { Random } from "@trivium/engine";
import type { Placer } from "./placer.ts";

/** Share of picks that start from an unmet request. */
const GUIDED = 0.6;

/**
 * A unit worth moving. Mostly one of the course of an unmet request, or one that stands in that request's way in its student's schedule;
 * else any.
 */
export function pickUnit({ schedule }: Placer, random: Random): number {
  const { units, requests, courses, sections, students } = schedule.school;
  if (schedule.unmetCount === 0 || random.unit() >= GUIDED) return random.below(units.count);
  const request = schedule.unmet[random.below(schedule.unmetCount)];
  if (random.unit() < 0.5) {
    const { start, items } = courses.sections;
    const course = requests.course[request];
    const count = start[course + 1] - start[course];
    if (count > 0) return sections.unit[items[start[course] + random.below(count)]];
  }
  const student = requests.student[request];
  const first = students.requestStart[student];
  const other = first + random.below(students.requestStart[student + 1] - first);
  return schedule.choice[other] >= 0 ? sections.unit[schedule.choice[other]] : random.below(units.count);
}
