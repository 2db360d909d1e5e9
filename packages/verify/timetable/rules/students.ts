import type { TimetableCourse } from "@trivium/model";
import type { Report } from "../../report.ts";
import { apart } from "../meetings.ts";
import { classesOf, type Placement, type Reading } from "../reading.ts";

/**
 * Each student attends, of every course asked for, one class of each subpart of one configuration, with its parent, and nothing else; classes have seats.
 *
 * @returns conflicts: pairs of one student's classes that overlap or are too far apart to reach
 */
export function checkStudents(reading: Reading, report: Report): number {
  const { instance, solution } = reading;
  const classesBy = new Map(instance.students.map(({ id }): [string, Set<string>] => [id, new Set()]));
  const limits = new Map(classesOf(instance).map(({ id, limit }) => [id, limit]));
  for (const { id, students } of solution.classes) {
    const limit = limits.get(id) ?? 0;
    report.check(
      "timetable.class-limit",
      students.length <= limit,
      () => `class ${id} has ${students.length} students, its limit is ${limit}`,
      { class: id },
    );
    for (const student of students) {
      const classes = classesBy.get(student);
      if (
        report.check("timetable.student-known", classes !== undefined, () => `there is no student ${student}`, {
          class: id,
          student,
        })
      ) {
        report.check("timetable.student-once", !classes?.has(id), () => `student ${student} is in class ${id} twice`, {
          class: id,
          student,
        });
        classes?.add(id);
      }
    }
  }
  const courses = new Map(instance.courses.map((course) => [course.id, course]));
  let conflicts = 0;
  for (const { id, courses: asked } of instance.students) {
    const classes = classesBy.get(id) as Set<string>;
    let wanted = 0;
    for (const course of asked.map((each) => courses.get(each) as TimetableCourse)) {
      const taken = takenOf(course, classes);
      wanted += taken ?? 0;
      report.check(
        "timetable.student-sectioned",
        taken !== undefined,
        () =>
          `student ${id} does not attend one class of every subpart of one configuration of course ${course.id}, parents included`,
        { student: id, course: course.id },
      );
    }
    report.check(
      "timetable.student-only-asked",
      classes.size <= wanted,
      () => `student ${id} attends classes beyond those the courses ask for`,
      { student: id },
    );
    conflicts += conflictsOf(
      [...classes].flatMap((each) => reading.placements.get(each) ?? []),
      reading,
    );
  }
  return conflicts;
}

/** Classes of a course that a student attends, where they make up one configuration. */
function takenOf({ configs }: TimetableCourse, attended: ReadonlySet<string>): number | undefined {
  const whole = configs.find(({ subparts }) =>
    subparts.every(({ classes }) => {
      const taken = classes.filter(({ id }) => attended.has(id));
      return taken.length === 1 && taken.every(({ parent }) => parent === undefined || attended.has(parent));
    }),
  );
  return whole?.subparts.length;
}

function conflictsOf(placements: readonly Placement[], { travel }: Reading): number {
  let conflicts = 0;
  placements.forEach((a, i) => {
    for (const b of placements.slice(i + 1)) if (!apart(a.time, b.time, travel(a.room, b.room))) conflicts++;
  });
  return conflicts;
}
