import type { TimetableClass, TimetableInstance } from "@trivium/model";
import { offsets } from "./compile.ts";
import type { Sectioning } from "./kernel.ts";

/** Courses, configurations, subparts and requests in flat arrays. Subparts are ordered so that a parent's comes before its children's. */
export function compileSectioning(instance: TimetableInstance, classAt: ReadonlyMap<string, number>): Sectioning {
  const { courses, students } = instance;
  const at = (id: string) => classAt.get(id) as number;
  const limit = new Int32Array(classAt.size);
  const parent = new Int32Array(classAt.size).fill(-1);
  const configOf = new Int32Array(classAt.size);
  const subpartOf = new Int32Array(classAt.size);
  const courseOf = new Int32Array(classAt.size);
  const subparts: (readonly TimetableClass[])[] = [];
  const subpartCounts: number[] = [];
  const choices: number[][] = [];
  courses.forEach((course, k) => {
    const choice: number[] = [];
    for (const config of course.configs) {
      const ordered = parentsFirst(config.subparts.map(({ classes }) => classes));
      ordered.forEach((classes, place) => {
        for (const each of classes) {
          const c = at(each.id);
          limit[c] = each.limit;
          if (each.parent !== undefined) parent[c] = at(each.parent);
          configOf[c] = subpartCounts.length;
          subpartOf[c] = place;
          courseOf[c] = k;
          if (classes.length > 1 || course.configs.length > 1) choice.push(c);
        }
      });
      subpartCounts.push(ordered.length);
      subparts.push(...ordered);
    }
    choices.push(choice);
  });
  const courseAt = new Map(courses.map(({ id }, k) => [id, k]));
  const requests = students.flatMap((student, s) =>
    student.courses.map((id) => ({ student: s, course: courseAt.get(id) as number })),
  );
  return {
    limit,
    parent,
    configOf,
    subpartOf,
    courseOf,
    configFrom: offsets(courses.map(({ configs }) => configs.length)),
    subpartFrom: offsets(subpartCounts),
    classFrom: offsets(subparts.map((classes) => classes.length)),
    class: Int32Array.from(subparts.flatMap((classes) => classes.map(({ id }) => at(id)))),
    choiceFrom: offsets(choices.map((choice) => choice.length)),
    choice: Int32Array.from(choices.flat()),
    stride: Math.max(1, ...subpartCounts),
    students: students.length,
    requestFrom: offsets(students.map((student) => student.courses.length)),
    requestCourse: Int32Array.from(requests, ({ course }) => course),
    requestStudent: Int32Array.from(requests, ({ student }) => student),
    studentIds: students.map(({ id }) => id),
    cost: instance.weights.student,
  };
}

function parentsFirst(subparts: readonly (readonly TimetableClass[])[]): (readonly TimetableClass[])[] {
  const subpartOf = new Map(subparts.flatMap((classes, i) => classes.map(({ id }) => [id, i] as const)));
  const depths = new Map<number, number>();
  const depth = (i: number, steps = 0): number => {
    const known = depths.get(i);
    if (known !== undefined || steps > subparts.length) return known ?? 0;
    const parents = new Set(
      subparts[i].flatMap(({ parent }) => (parent === undefined ? [] : [subpartOf.get(parent) as number])),
    );
    const own = Math.max(0, ...[...parents].filter((each) => each !== i).map((each) => depth(each, steps + 1) + 1));
    depths.set(i, own);
    return own;
  };
  return subparts
    .map((classes, i) => ({ classes, depth: depth(i) }))
    .sort((a, b) => a.depth - b.depth)
    .map(({ classes }) => classes);
}
