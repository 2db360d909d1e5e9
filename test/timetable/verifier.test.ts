import type { DistributionKind, TimetableInstance, TimetableSolution } from "@trivium/model";
import { verifyTimetable } from "@trivium/verify";
import { expect, test } from "vitest";

type Meeting = readonly [days: string, weeks: string, start: number, length: number, room?: string];

/** Classes 1, 2, … of courses of their own, each at one time and in one room, under one constraint. Rooms A and B are 2 slots apart, both hold anything. */
function placed(
  meetings: readonly Meeting[],
  kind: DistributionKind,
  parameters: readonly number[],
  penalty: number,
): [TimetableInstance, TimetableSolution] {
  const classes = meetings.map(([days, weeks, start, length, room], i) => ({
    id: String(i + 1),
    limit: 1,
    parent: undefined,
    needsRoom: room !== undefined,
    rooms: room === undefined ? [] : [{ id: room, penalty: 0 }],
    times: [{ days, weeks, start, length, penalty: 0 }],
  }));
  const instance: TimetableInstance = {
    name: "by hand",
    nrDays: 2,
    nrWeeks: 4,
    slotsPerDay: 40,
    weights: { time: 1, room: 1, distribution: 1, student: 1 },
    rooms: [
      { id: "A", capacity: 1, travel: [{ room: "B", slots: 2 }], unavailable: [] },
      { id: "B", capacity: 1, travel: [], unavailable: [] },
    ],
    courses: classes.map((each) => ({
      id: each.id,
      configs: [{ id: each.id, subparts: [{ id: each.id, classes: [each] }] }],
    })),
    distributions: [{ kind, parameters, required: penalty === 0, penalty, classes: classes.map(({ id }) => id) }],
    students: [],
  };
  const solution: TimetableSolution = {
    name: "by hand",
    runtimeS: 0,
    cores: 1,
    technique: "",
    author: "",
    institution: "",
    country: "",
    classes: meetings.map(([days, weeks, start, , room], i) => ({
      id: String(i + 1),
      days,
      weeks,
      start,
      room,
      students: [],
    })),
  };
  return [instance, solution];
}

const MONDAY = "10";
const TUESDAY = "01";
const BOTH = "11";
const ALL = "1111";

/** Kind, parameters, classes that break it, the penalty at 10 a violation by the competition's formula, and classes that keep it. */
const CASES: readonly (readonly [
  DistributionKind,
  readonly number[],
  readonly Meeting[],
  number,
  readonly Meeting[],
])[] = [
  [
    "SameStart",
    [],
    [
      [MONDAY, ALL, 5, 2],
      [MONDAY, ALL, 6, 2],
    ],
    10,
    [
      [MONDAY, ALL, 5, 2],
      [TUESDAY, ALL, 5, 3],
    ],
  ],
  [
    "SameTime",
    [],
    [
      [MONDAY, ALL, 5, 2],
      [MONDAY, ALL, 6, 2],
    ],
    10,
    [
      [MONDAY, ALL, 5, 4],
      [TUESDAY, ALL, 6, 3],
    ],
  ],
  [
    "DifferentTime",
    [],
    [
      [MONDAY, ALL, 5, 2],
      [TUESDAY, ALL, 6, 2],
    ],
    10,
    [
      [MONDAY, ALL, 5, 2],
      [MONDAY, ALL, 7, 2],
    ],
  ],
  [
    "SameDays",
    [],
    [
      [MONDAY, ALL, 5, 2],
      [TUESDAY, ALL, 5, 2],
    ],
    10,
    [
      [MONDAY, ALL, 5, 2],
      [BOTH, ALL, 9, 2],
    ],
  ],
  [
    "DifferentDays",
    [],
    [
      [MONDAY, ALL, 5, 2],
      [BOTH, ALL, 9, 2],
    ],
    10,
    [
      [MONDAY, ALL, 5, 2],
      [TUESDAY, ALL, 5, 2],
    ],
  ],
  [
    "SameWeeks",
    [],
    [
      [MONDAY, "1100", 5, 2],
      [MONDAY, "0110", 9, 2],
    ],
    10,
    [
      [MONDAY, "1100", 5, 2],
      [MONDAY, "1110", 9, 2],
    ],
  ],
  [
    "DifferentWeeks",
    [],
    [
      [MONDAY, "1100", 5, 2],
      [MONDAY, "0110", 9, 2],
    ],
    10,
    [
      [MONDAY, "1100", 5, 2],
      [MONDAY, "0011", 5, 2],
    ],
  ],
  [
    "Overlap",
    [],
    [
      [MONDAY, ALL, 5, 2],
      [MONDAY, ALL, 7, 2],
    ],
    10,
    [
      [MONDAY, ALL, 5, 2],
      [BOTH, "1000", 6, 2],
    ],
  ],
  [
    "NotOverlap",
    [],
    [
      [MONDAY, ALL, 5, 2],
      [BOTH, "1000", 6, 2],
      [MONDAY, ALL, 4, 9],
    ],
    30,
    [
      [MONDAY, ALL, 5, 2],
      [MONDAY, ALL, 7, 2],
    ],
  ],
  [
    "SameRoom",
    [],
    [
      [MONDAY, ALL, 5, 2, "A"],
      [MONDAY, ALL, 9, 2, "B"],
    ],
    10,
    [
      [MONDAY, ALL, 5, 2, "A"],
      [MONDAY, ALL, 9, 2, "A"],
    ],
  ],
  [
    "DifferentRoom",
    [],
    [
      [MONDAY, ALL, 5, 2, "A"],
      [MONDAY, ALL, 9, 2, "A"],
    ],
    10,
    [
      [MONDAY, ALL, 5, 2, "A"],
      [MONDAY, ALL, 9, 2, "B"],
    ],
  ],
  [
    "SameAttendees",
    [],
    [
      [MONDAY, ALL, 5, 2, "B"],
      [MONDAY, ALL, 8, 2, "A"],
    ],
    10,
    [
      [MONDAY, ALL, 5, 2, "B"],
      [MONDAY, ALL, 9, 2, "A"],
    ],
  ],
  [
    "Precedence",
    [],
    [
      [MONDAY, "0110", 5, 2],
      [BOTH, "1100", 9, 2],
    ],
    10,
    [
      [MONDAY, ALL, 9, 2],
      [TUESDAY, ALL, 5, 2],
      [TUESDAY, ALL, 7, 2],
    ],
  ],
  [
    "WorkDay",
    [10],
    [
      [MONDAY, ALL, 5, 2],
      [MONDAY, ALL, 14, 2],
    ],
    10,
    [
      [MONDAY, ALL, 5, 2],
      [MONDAY, ALL, 13, 2],
      [TUESDAY, ALL, 30, 2],
    ],
  ],
  [
    "MinGap",
    [3],
    [
      [MONDAY, ALL, 5, 2],
      [MONDAY, ALL, 9, 2],
    ],
    10,
    [
      [MONDAY, ALL, 5, 2],
      [MONDAY, ALL, 10, 2],
      [TUESDAY, ALL, 12, 2],
    ],
  ],
  [
    "MaxDays",
    [1],
    [
      [MONDAY, ALL, 5, 2],
      [TUESDAY, "1000", 9, 2],
    ],
    10,
    [
      [MONDAY, ALL, 5, 2],
      [MONDAY, ALL, 9, 2],
    ],
  ],
  // Two slots over in weeks 1 and 2, and one on Tuesday of week 1: 10 × 5 / 4, rounded down.
  [
    "MaxDayLoad",
    [4],
    [
      [BOTH, "1000", 5, 2],
      [MONDAY, "1100", 9, 4],
      [MONDAY, "0100", 20, 2],
      [TUESDAY, "1000", 20, 3],
    ],
    12,
    [
      [BOTH, ALL, 5, 2],
      [MONDAY, ALL, 9, 2],
    ],
  ],
  // Three blocks in two weeks where two are allowed: 10 × 2 / 4.
  [
    "MaxBreaks",
    [1, 2],
    [
      [MONDAY, ALL, 5, 2],
      [MONDAY, "1100", 10, 2],
      [MONDAY, ALL, 15, 2],
    ],
    5,
    [
      [MONDAY, ALL, 5, 2],
      [MONDAY, ALL, 9, 2],
      [MONDAY, ALL, 14, 2],
    ],
  ],
  // A block of 7 slots in three weeks; a class alone may be as long as it likes: 10 × 3 / 4, rounded down.
  [
    "MaxBlock",
    [6, 1],
    [
      [MONDAY, ALL, 5, 3],
      [MONDAY, "1110", 9, 3],
      [TUESDAY, ALL, 5, 9],
    ],
    7,
    [
      [MONDAY, ALL, 5, 3],
      [MONDAY, ALL, 10, 3],
    ],
  ],
];

test.each(CASES)(
  "%s: broken it is a violation where required and its formula's penalty where not, kept it is nothing",
  (kind, parameters, broken, penalty, kept) => {
    expect(
      verifyTimetable(...placed(broken, kind, parameters, 0)).verification.violations.map(({ rule }) => rule),
    ).toEqual([`timetable.${kind}`]);
    const soft = verifyTimetable(...placed(broken, kind, parameters, 10));
    expect([soft.verification.ok, soft.penalty.distribution]).toEqual([true, penalty]);
    expect(verifyTimetable(...placed(kept, kind, parameters, 0)).verification.violations).toEqual([]);
    expect(verifyTimetable(...placed(kept, kind, parameters, 10)).penalty.total).toBe(0);
  },
);

type Loose<T> = T extends readonly (infer E)[]
  ? Loose<E>[]
  : T extends object
    ? { -readonly [K in keyof T]: Loose<T[K]> }
    : T;

/** A lecture with two labs of one seat each, an alternative configuration, another course; two students. */
function campus(): { instance: Loose<TimetableInstance>; solution: Loose<TimetableSolution> } {
  const time = (start: number, penalty = 0) => ({ days: MONDAY, weeks: ALL, start, length: 2, penalty });
  const aClass = (id: string, limit: number, starts: number[], parent?: string) => ({
    id,
    limit,
    parent,
    needsRoom: true,
    rooms: [
      { id: "A", penalty: 0 },
      { id: "B", penalty: 3 },
    ],
    times: starts.map((start, i) => time(start, i)),
  });
  const instance = {
    name: "campus",
    nrDays: 2,
    nrWeeks: 4,
    slotsPerDay: 40,
    weights: { time: 2, room: 5, distribution: 1, student: 7 },
    rooms: [
      {
        id: "A",
        capacity: 1,
        travel: [{ room: "B", slots: 2 }],
        unavailable: [{ days: BOTH, weeks: "0001", start: 30, length: 5 }],
      },
      { id: "B", capacity: 1, travel: [], unavailable: [] },
    ],
    courses: [
      {
        id: "biology",
        configs: [
          {
            id: "1",
            subparts: [
              { id: "1", classes: [aClass("lecture", 2, [0, 31])] },
              { id: "2", classes: [aClass("lab1", 1, [5], "lecture"), aClass("lab2", 1, [8], "lecture")] },
            ],
          },
          { id: "2", subparts: [{ id: "3", classes: [aClass("online", 2, [15])] }] },
        ],
      },
      { id: "art", configs: [{ id: "3", subparts: [{ id: "4", classes: [aClass("art", 2, [20, 10])] }] }] },
    ],
    distributions: [],
    students: [
      { id: "s1", courses: ["biology", "art"] },
      { id: "s2", courses: ["biology"] },
    ],
  };
  const at = (id: string, start: number, room: string, students: string[]) => ({
    id,
    days: MONDAY,
    weeks: ALL,
    start,
    room,
    students,
  });
  const solution = {
    name: "campus",
    runtimeS: 0,
    cores: 1,
    technique: "",
    author: "",
    institution: "",
    country: "",
    classes: [
      at("lecture", 0, "A", ["s1", "s2"]),
      at("lab1", 5, "A", ["s1"]),
      at("lab2", 8, "A", ["s2"]),
      at("online", 15, "B", []),
      at("art", 10, "B", ["s1"]),
    ],
  };
  return { instance, solution };
}

const classOf = ({ classes }: Loose<TimetableSolution>, id: string) =>
  classes.find((each) => each.id === id) as (typeof classes)[number];

test("a legal timetable holds, its penalty is by parts times their weights, and travel makes conflicts", () => {
  const { instance, solution } = campus();
  const { verification, penalty } = verifyTimetable(instance, solution);
  expect(verification.violations).toEqual([]);
  expect(penalty).toEqual({ time: 2, room: 30, distribution: 0, student: 0, total: 32 });
  instance.rooms[0].travel[0].slots = 4;
  expect(verifyTimetable(instance, solution).penalty.student).toBe(7);
});

const MUTATIONS: readonly (readonly [string, (of: ReturnType<typeof campus>) => void])[] = [
  ["timetable.instance", ({ solution }) => void Object.assign(solution, { name: "other" })],
  [
    "timetable.class-known",
    ({ solution }) => void solution.classes.push({ ...solution.classes[0], id: "nine", students: [] }),
  ],
  ["timetable.class-once", ({ solution }) => void solution.classes.push({ ...solution.classes[3] })],
  ["timetable.class-placed", ({ solution }) => void solution.classes.splice(3, 1)],
  ["timetable.time-allowed", ({ solution }) => void Object.assign(classOf(solution, "art"), { start: 11 })],
  ["timetable.room-allowed", ({ solution }) => void Object.assign(classOf(solution, "art"), { room: undefined })],
  ["timetable.room-available", ({ solution }) => void Object.assign(classOf(solution, "lecture"), { start: 31 })],
  [
    "timetable.room-free",
    ({ instance, solution }) => {
      instance.courses[1].configs[0].subparts[0].classes[0].times[1].start = 9;
      Object.assign(classOf(solution, "art"), { start: 9, room: "A" });
    },
  ],
  [
    "timetable.class-limit",
    ({ instance }) => void Object.assign(instance.courses[0].configs[0].subparts[0].classes[0], { limit: 1 }),
  ],
  ["timetable.student-known", ({ solution }) => void classOf(solution, "online").students.push("s3")],
  ["timetable.student-once", ({ solution }) => void classOf(solution, "art").students.push("s1")],
  ["timetable.student-sectioned", ({ solution }) => void Object.assign(classOf(solution, "art"), { students: [] })],
  [
    "timetable.student-sectioned",
    ({ solution }) => void Object.assign(classOf(solution, "lecture"), { students: ["s1"] }),
  ],
  ["timetable.student-only-asked", ({ solution }) => void classOf(solution, "art").students.push("s2")],
  ["timetable.student-only-asked", ({ solution }) => void classOf(solution, "online").students.push("s2")],
];

test.each(MUTATIONS)("%s can fail", (rule, mutate) => {
  const of = campus();
  mutate(of);
  expect(verifyTimetable(of.instance, of.solution).verification.violations.map((each) => each.rule)).toContain(rule);
});
