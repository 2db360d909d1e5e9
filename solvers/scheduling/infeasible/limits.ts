import type { Conflict } from "@trivium/model";
import { flatten, listAt } from "../problem/lists.ts";
import { openTimes } from "../problem/open-times.ts";
import { LINK_KINDS, type ObjectiveTables, type School } from "../problem/problem.ts";

type Change = Conflict["mends"][number]["change"];

const NO_LIMIT = 1000;
/** How far a number is raised or lowered at most. */
const STEPS = 3;

/** A limit that could give: what is said of it, the school without it, and by how little it may give. */
export interface Limit {
  readonly said: Conflict["limits"][number];
  readonly without: (school: School) => School;
  readonly steps: readonly Step[];
}

interface Step {
  readonly words: string;
  /** What a planner gives up, roughly: one more class of a teacher 2, a planning period 3, an absence 4, a link 5, a section 10. */
  readonly cost: number;
  readonly change: Change;
  readonly apply: (school: School) => School;
}

type Column = "sectionsMax" | "prepsMax" | "consecutiveMax" | "planningMin";

const COLUMNS: readonly (readonly [Column, string, number, number])[] = [
  ["sectionsMax", "sections_max", 1, 2],
  ["prepsMax", "preps_max", 1, 2],
  ["consecutiveMax", "consecutive_max", 1, 2],
  ["planningMin", "planning_periods_min", -1, 3],
];

/** Limits of the teachers, rooms and links that these units depend on. */
export function limitsOf(school: School, links: ObjectiveTables["course_links"], units: readonly number[]): Limit[] {
  const teachers = new Set(
    units.flatMap((unit) => [...listAt(school.units.teachers, unit), ...listAt(school.units.coTeachers, unit)]),
  );
  const rooms = new Set(units.flatMap((unit) => listAt(school.units.rooms, unit)));
  return [
    ...(school.hasTeachers ? [...teachers].flatMap((teacher) => ofTeacher(school, teacher, units)) : []),
    ...(school.hasRooms ? [...rooms].flatMap((room) => absence(school, "rooms", room)) : []),
    ...linksOf(school, links, units),
  ];
}

function ofTeacher(school: School, teacher: number, units: readonly number[]): Limit[] {
  const { teachers, courses, sections } = school;
  const id = teachers.ids[teacher];
  const numbers = COLUMNS.flatMap(([column, name, by, cost]): Limit[] => {
    const now = teachers[column][teacher];
    if (by > 0 ? now >= NO_LIMIT : now === 0) return [];
    const to = (value: number) => (of: School) =>
      withTeachers(of, { [column]: put(of.teachers[column], teacher, value) });
    const steps = Array.from({ length: STEPS }, (_, k) => now + by * (k + 1)).filter((value) => value >= 0);
    return [
      {
        said: { file: "scheduling/teachers.csv", row: id, column: name, value: String(now) },
        without: to(by > 0 ? NO_LIMIT : 0),
        steps: steps.map((value) => ({
          words: `${name} of teacher ${id} ${value} instead of ${now}`,
          cost: cost * Math.abs(value - now),
          change: { op: "set", table: "teachers", where: { teacher_id: id }, values: { [name]: value } },
          apply: to(value),
        })),
      },
    ];
  });
  const taught = new Set(units.flatMap((unit) => listAt(school.units.sections, unit).map((s) => sections.course[s])));
  const counts = [...taught].flatMap((course): Limit[] => {
    const key = teacher * courses.ids.length + course;
    const now = teachers.courseMax.get(key);
    if (now === undefined) return [];
    const to = (value: number) => (of: School) =>
      withTeachers(of, { courseMax: new Map([...of.teachers.courseMax, [key, value]]) });
    return [
      {
        said: {
          file: "scheduling/teacher_courses.csv",
          row: `${id}, ${courses.ids[course]}`,
          column: "sections_max",
          value: String(now),
        },
        without: to(NO_LIMIT),
        steps: Array.from({ length: STEPS }, (_, k) => now + k + 1).map((value) => ({
          words: `${value} sections of ${courses.ids[course]} for teacher ${id} instead of ${now}`,
          cost: 2 * (value - now),
          change: {
            op: "set",
            table: "teacher_courses",
            where: { teacher_id: id, course_id: courses.ids[course] },
            values: { sections_max: value },
          },
          apply: to(value),
        })),
      },
    ];
  });
  return [...numbers, ...counts, ...absence(school, "teachers", teacher)];
}

/** `unavailable` of a teacher or a room: whole, or one slot less. */
function absence(school: School, who: "teachers" | "rooms", index: number): Limit[] {
  const { calendar } = school;
  const { ids, off } = school[who];
  const slots = Array.from({ length: calendar.slots }, (_, slot) => slot).filter((slot) =>
    isOff(school, off, index, slot),
  );
  if (slots.length === 0) return [];
  const names = slots.map((slot) => calendar.slotNames[slot]);
  const back = (open: readonly number[]) => (of: School) => withOff(of, who, index, open);
  const key = who === "teachers" ? "teacher_id" : "room_id";
  return [
    {
      said: { file: `scheduling/${who}.csv`, row: ids[index], column: "unavailable", value: names.join("|") },
      without: back(slots),
      steps: slots.map((slot) => ({
        words: `${who === "teachers" ? "teacher" : "room"} ${ids[index]} available in ${calendar.slotNames[slot]}`,
        cost: 4,
        change: {
          op: "set",
          table: who,
          where: { [key]: ids[index] },
          values: { unavailable: names.filter((name) => name !== calendar.slotNames[slot]) },
        },
        apply: back([slot]),
      })),
    },
  ];
}

function isOff({ calendar }: School, off: Int32Array, index: number, slot: number): boolean {
  return ((off[index * calendar.atomWords + (slot >> 5)] >> (slot & 31)) & 1) === 1;
}

function withOff(of: School, who: "teachers" | "rooms", index: number, open: readonly number[]): School {
  const { calendar } = of;
  const off = of[who].off.slice();
  for (const slot of open)
    for (let leaf = 0; leaf < calendar.leafIds.length; leaf++) {
      const atom = leaf * calendar.slots + slot;
      off[index * calendar.atomWords + (atom >> 5)] &= ~(1 << (atom & 31));
    }
  const school = { ...of, [who]: { ...of[who], off } };
  const { units, teachers, hasTeachers, rooms, hasRooms } = school;
  const asked = { ...units, times: units.timesAsked };
  return {
    ...school,
    units: { ...units, times: openTimes(asked, calendar, { teachers, hasTeachers, rooms, hasRooms }) },
  };
}

function linksOf(school: School, rows: ObjectiveTables["course_links"], units: readonly number[]): Limit[] {
  const { courses, sections } = school;
  const taught = new Set(
    units.flatMap((unit) =>
      listAt(school.units.sections, unit).map((section) => courses.ids[sections.course[section]]),
    ),
  );
  return rows
    .filter(
      ({ kind, courses: ids }) =>
        LINK_KINDS.some((each) => each === kind) && ids.filter((id) => taught.has(id)).length > 1,
    )
    .map((row): Limit => {
      const without = (of: School) => withoutLink(of, row);
      return {
        said: { file: "scheduling/course_links.csv", row: row.link_id, column: "kind", value: row.kind },
        without,
        steps: [
          {
            words: `without link ${row.link_id} (${row.kind} of ${row.courses.join(" and ")})`,
            cost: 5,
            change: { op: "remove", table: "course_links", where: { link_id: row.link_id } },
            apply: without,
          },
        ],
      };
    });
}

function withoutLink(of: School, { kind, courses: ids }: ObjectiveTables["course_links"][number]): School {
  const { units, sections, courses, links } = of;
  const at = LINK_KINDS.indexOf(kind as (typeof LINK_KINDS)[number]);
  const joined = (unit: number) =>
    listAt(units.sections, unit).some((section) => ids.includes(courses.ids[sections.course[section]]));
  const kept = Array.from({ length: units.count }, (_, unit) => {
    const own = listAt(links.units, unit);
    const rest: number[] = [];
    for (let i = 0; i < own.length; i += 2)
      if (!(own[i + 1] === at && joined(unit) && joined(own[i]))) rest.push(own[i], own[i + 1]);
    return rest;
  });
  return { ...of, links: { ...links, units: flatten(kept) } };
}

const withTeachers = (of: School, change: Partial<School["teachers"]>): School => ({
  ...of,
  teachers: { ...of.teachers, ...change },
});

function put(list: Int32Array, at: number, value: number): Int32Array {
  const copy = list.slice();
  copy[at] = value;
  return copy;
}
