import type { OneMoreRow } from "@trivium/model";
import { listAt } from "../../problem/lists.ts";
import type { Schedule } from "../../schedule/schedule.ts";

/** One thing more or less: of a course, a teacher, or a section. */
export interface Candidate {
  readonly kind: OneMoreRow["kind"];
  readonly of: number;
}

/** All candidates of a school as it is scheduled. @param courses only what touches these; null: all */
export function candidatesOf(
  schedule: Schedule,
  kinds: readonly OneMoreRow["kind"][],
  courses: ReadonlySet<number> | null,
): Candidate[] {
  const { school } = schedule;
  const touches = (course: number) => courses === null || courses.has(course);
  const placed = (course: number) =>
    listAt(school.courses.sections, course).filter((section) => schedule.time[school.sections.unit[section]] >= 0);
  const courseIndices = school.courses.ids.map((_, course) => course).filter(touches);
  const all: Readonly<Record<OneMoreRow["kind"], () => readonly number[]>> = {
    section_more: () => courseIndices.filter((course) => school.courses.demand[course] > 0),
    section_fewer: () => courseIndices.filter((course) => placed(course).length > 0),
    teacher_section: () =>
      school.teachers.ids
        .map((_, teacher) => teacher)
        .filter((teacher) =>
          school.courses.ids.some(
            (_, course) => touches(course) && listAt(school.courses.teachers, course).includes(teacher),
          ),
        ),
    seat: () => courseIndices.flatMap((course) => placed(course).filter((section) => schedule.seatsLeft(section) <= 0)),
    moved_period: () => courseIndices.filter((course) => placed(course).length === 1).flatMap(placed),
  };
  return kinds.flatMap((kind) => all[kind]().map((of) => ({ kind, of })));
}
