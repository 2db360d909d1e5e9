import { createContext, Random } from "@trivium/engine";
import { type Dataset, emptyTables, sealDataset } from "@trivium/model";
import { expect, test } from "vitest";
import { unkindDistrict } from "../../../data/scheduling/index.ts";
import { mayStand, rulesOf } from "../constraints/rules.ts";
import { engine } from "../index.ts";
import { buildProblem } from "../problem/build.ts";
import { listAt } from "../problem/lists.ts";
import type { School } from "../problem/problem.ts";
import { copyPlaces } from "../schedule/places.ts";
import { Schedule } from "../schedule/schedule.ts";
import { oddDistrict } from "../testing/odd-district.ts";
import { unkindSchool } from "../testing/unkind-school.ts";
import { mostMet, mostMetAt } from "./bound.ts";
import { relax } from "./relaxation.ts";
import { seatFlow } from "./seat-flow.ts";

const NEVER = () => false;

interface Asked {
  readonly periods: number;
  /** Sections, and seats of each; courses are C0, C1 … */
  readonly courses: readonly { readonly sections: number; readonly seats: number }[];
  /** Courses that each student asks for. */
  readonly students: readonly (readonly number[])[];
  /** Courses that each teacher may teach, and sections at most; empty = no teachers. */
  readonly teachers?: readonly { readonly courses: readonly number[]; readonly sections: number }[];
  readonly sameTime?: readonly number[];
}

function school({ periods, courses, students, teachers = [], sameTime }: Asked): School {
  const t = emptyTables();
  t.schools.push({ school_id: "H", name: "H", level: "high", lat: 0, lon: 0 });
  for (let p = 1; p <= periods; p++)
    t.periods.push({
      school_id: "H",
      period_id: `${p}`,
      title: `${p}`,
      day: "A",
      start: p * 4000,
      end: p * 4000 + 3000,
    });
  courses.forEach(({ sections, seats }, index) => {
    const course_id = `C${index}`;
    t.courses.push({
      course_id,
      school_id: "H",
      title: course_id,
      department: "D",
      term: "year",
      seats_max: seats,
      sections,
    });
  });
  teachers.forEach(({ courses: may, sections }, index) => {
    t.teachers.push({ teacher_id: `T${index}`, school_id: "H", sections_max: sections });
    for (const course of may) t.teacher_courses.push({ teacher_id: `T${index}`, course_id: `C${course}` });
  });
  students.forEach((wishes, index) => {
    t.students.push({ student_id: `s${index}`, school_id: "H", grade: "9" });
    for (const course of wishes)
      t.requests.push({ student_id: `s${index}`, course_id: `C${course}`, kind: "required", rank: 1 });
  });
  if (sameTime) t.course_links.push({ link_id: "L", kind: "same_time", courses: sameTime.map((c) => `C${c}`) });
  const dataset: Dataset = sealDataset({
    district: { name: "Tiny", timezone: "America/Chicago", school_year: "2027-28" },
    tables: t,
    present: new Set(),
    settings: { scheduling: {}, routing: {}, facilities: {} },
  });
  return buildProblem(dataset, {}).schools[0];
}

/** Most requests met on these times, by trying every student's every choice. */
function bestLoading({ students, requests, courses, sections, units, calendar }: School, time: Int32Array): number {
  const left = sections.seats.slice();
  const descend = (q: number, taken: number, met: number): number => {
    if (q === requests.count) return met;
    const busy = q > 0 && requests.student[q] !== requests.student[q - 1] ? 0 : taken;
    let best = descend(q + 1, busy, met);
    for (const section of listAt(courses.sections, requests.course[q])) {
      const at = time[sections.unit[section]];
      if (at < 0 || left[section] === 0 || (busy & calendar.timeBits[at]) !== 0) continue;
      left[section]--;
      best = Math.max(best, descend(q + 1, busy | calendar.timeBits[at], met + 1));
      left[section]++;
    }
    return best;
  };
  expect(units.count).toBe(sections.ids.length);
  expect(students.ids.length).toBeGreaterThan(0);
  return descend(0, 0, 0);
}

/** Every legal placing of all sections, with every rule on times and teachers. */
function* placings(of: School): Generator<Schedule> {
  const schedule = new Schedule(of);
  const rules = rulesOf(of);
  function* from(unit: number): Generator<Schedule> {
    if (unit === of.units.count) {
      yield schedule;
      return;
    }
    for (const time of listAt(of.units.times, unit))
      for (const teacher of of.hasTeachers ? listAt(of.units.teachers, unit) : [-1]) {
        if (!mayStand(schedule, rules, unit, time, teacher, -1)) continue;
        schedule.place(unit, time, teacher, -1);
        yield* from(unit + 1);
        schedule.place(unit, -1, -1, -1);
      }
  }
  yield* from(0);
}

test("three singletons in two periods, six students who want each pair: two of them collide, and two students lose one", async () => {
  const asked = {
    periods: 2,
    courses: [0, 1, 2].map(() => ({ sections: 1, seats: 9 })),
    students: [0, 1, 2, 0, 1, 2].map((first) => [first, (first + 1) % 3]),
  };
  const of = school(asked);
  expect(seatFlow(relax(of))).toBe(12);
  expect(await mostMet(of, NEVER)).toBe(10);
});

test("a student who asks for two singletons that a link puts at the same time loses one", async () => {
  const asked = { periods: 3, courses: [0, 1].map(() => ({ sections: 1, seats: 9 })), students: [[0, 1], [0]] };
  expect(await mostMet(school(asked), NEVER)).toBe(3);
  expect(await mostMet(school({ ...asked, sameTime: [0, 1] }), NEVER)).toBe(2);
});

test("seats that one teacher would have to give twice are counted once", async () => {
  const wishes = Array.from({ length: 8 }, (_, index) => [index % 2]);
  const courses = [0, 1].map(() => ({ sections: 2, seats: 2 }));
  const teachers = [{ courses: [0, 1], sections: 4 }];
  expect(await mostMet(school({ periods: 4, courses, students: wishes, teachers }), NEVER)).toBe(8);
  const open = school({ periods: 4, courses, students: wishes, teachers: [{ courses: [0, 1], sections: 3 }] });
  open.units.optional.fill(1);
  expect(await mostMet(open, NEVER)).toBe(6);
});

test("both limits lie at or above the best of all plans, found by trying them all", async () => {
  let tight = 0;
  for (let seed = 1; seed <= 24; seed++) {
    const random = new Random(seed);
    const courses = Array.from({ length: 4 }, (_, c) => ({ sections: c === 0 ? 2 : 1, seats: 1 + random.below(3) }));
    const of = school({
      periods: 2 + random.below(2),
      courses,
      students: Array.from({ length: 4 }, () => courses.flatMap((_, c) => (random.unit() < 0.6 ? [c] : []))),
      teachers: random.unit() < 0.5 ? [0, 1].map((t) => ({ courses: [0, 1 + t, 3], sections: 3 })) : [],
    });
    if (of.requests.count === 0) continue;
    let best = -1;
    for (const schedule of placings(of)) {
      const loaded = bestLoading(of, schedule.time);
      if (loaded > best) {
        best = loaded;
        expect(await mostMetAt(of, copyPlaces(schedule), NEVER)).toBeGreaterThanOrEqual(loaded);
      }
    }
    if (best < 0) continue;
    const most = await mostMet(of, NEVER);
    expect(most, `seed ${seed}`).toBeGreaterThanOrEqual(best);
    if (most === best) tight++;
  }
  expect(tight).toBeGreaterThan(8);
});

test("no plan found in odd or unkind schools is better than what is proven, and its times allow no more than any times", async () => {
  for (const dataset of [unkindSchool({ seed: 3 }), unkindSchool({ seed: 5 }), ...[1, 3, 6].map(oddDistrict)]) {
    const problem = await engine.build(dataset, {}, {});
    const { bound, metrics } = await engine.solve(problem, {}, createContext(problem, { limits: { iterations: 600 } }));
    const loaded = bound?.at_these_times;
    expect(loaded?.best_possible).toBeGreaterThanOrEqual(Number(metrics.requests_met));
    expect(bound?.best_possible).toBeGreaterThanOrEqual(loaded?.best_possible ?? Number.NaN);
  }
});

test("the limit on an unkind school of 600 lies above what its hidden plan meets, below what seats and slots alone allow", async () => {
  const { drawn } = unkindDistrict(1, 600);
  const dataset = sealDataset({
    district: { name: "Unkind", timezone: "America/Chicago", school_year: "2027-28" },
    tables: { ...emptyTables(), ...drawn.tables, today_sections: [], today_enrollments: [] },
    present: new Set(),
    settings: { scheduling: drawn.settings, routing: {}, facilities: {} },
  });
  const of = buildProblem(dataset, {}).schools[0];
  const most = await mostMet(of, NEVER);
  expect(most).toBeGreaterThanOrEqual(drawn.floor.met);
  expect(most).toBeLessThan(seatFlow(relax(of)));
});
