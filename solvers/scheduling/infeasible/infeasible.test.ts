import { createContext } from "@trivium/engine";
import { applyScenario, type Conflict, type Dataset, emptyTables, type Plan, sealDataset } from "@trivium/model";
import { verifyPlan } from "@trivium/verify";
import { expect, test } from "vitest";
import { engine } from "../index.ts";
import { oddDistrict } from "../testing/odd-district.ts";
import { planOf } from "../testing/plan-of.ts";

type Tables = ReturnType<typeof emptyTables>;

const PERIODS = 4;

/** A year of four periods, three courses with two sections each, a teacher for every course, two rooms of which one is a lab. */
function school(plant: (t: Tables) => void): Dataset {
  const t = emptyTables();
  t.schools.push({ school_id: "H", name: "H", level: "high", lat: 0, lon: 0 });
  for (let p = 1; p <= PERIODS; p++)
    t.periods.push({
      school_id: "H",
      period_id: `${p}`,
      title: `${p}`,
      day: "A",
      start: p * 4000,
      end: p * 4000 + 3600,
    });
  for (const c of [0, 1, 2]) {
    t.courses.push({
      course_id: `C${c}`,
      school_id: "H",
      title: `C${c}`,
      department: "D",
      term: "year",
      seats_max: 9,
      sections: 2,
    });
    t.teachers.push({ teacher_id: `T${c}`, school_id: "H", sections_max: 4 });
    t.teacher_courses.push({ teacher_id: `T${c}`, course_id: `C${c}` });
    t.students.push({ student_id: `s${c}`, school_id: "H", grade: "9" });
    t.requests.push({ student_id: `s${c}`, course_id: `C${c}`, kind: "required" });
  }
  t.rooms.push({ room_id: "LAB", school_id: "H", capacity: 9, features: ["lab"] });
  t.rooms.push({ room_id: "R", school_id: "H", capacity: 9 });
  plant(t);
  return sealDataset({
    district: { name: "Planted", timezone: "America/Chicago", school_year: "2027-28" },
    tables: t,
    present: new Set(),
    settings: { scheduling: {}, routing: {}, facilities: {} },
  });
}

async function solved(dataset: Dataset): Promise<Plan<"scheduling">> {
  const problem = await engine.build(dataset, {}, {});
  return planOf(dataset, await engine.solve(problem, {}, createContext(problem, { limits: { iterations: 300 } })));
}

const course = (t: Tables, id: string) => t.courses.find((row) => row.course_id === id)!;
const teacher = (t: Tables, id: string) => t.teachers.find((row) => row.teacher_id === id)!;

/** Each plants one thing that cannot be, with the sections that must be named and a limit that must be, where one of a row is to blame. */
const PLANTED: Readonly<Record<string, readonly [plant: (t: Tables) => void, sections: number, column?: string]>> = {
  "a room type with more sections than periods": [
    (t) => {
      for (const id of ["C0", "C1", "C2"]) Object.assign(course(t, id), { room_features: ["lab"] });
    },
    5,
  ],
  "a teacher with more sections than periods": [(t) => Object.assign(course(t, "C0"), { sections: 5 }), 5],
  "a teacher with more sections than their limit": [
    (t) => Object.assign(teacher(t, "T1"), { sections_max: 1 }),
    2,
    "sections_max",
  ],
  "a teacher who is away too often": [
    (t) => Object.assign(teacher(t, "T2"), { unavailable: ["A:1", "A:2", "A:3"] }),
    2,
    "unavailable",
  ],
  "planning periods that leave too little": [
    (t) => Object.assign(teacher(t, "T0"), { planning_periods_min: 3 }),
    2,
    "planning_periods_min",
  ],
  "a limit of classes in a row": [
    (t) => {
      Object.assign(teacher(t, "T0"), { consecutive_max: 1 });
      Object.assign(course(t, "C0"), { sections: 3 });
    },
    3,
    "consecutive_max",
  ],
  "preparations that two courses need": [
    (t) => {
      for (const id of ["C0", "C1"]) Object.assign(course(t, id), { sections: 1 });
      Object.assign(teacher(t, "T0"), { preps_max: 1 });
      t.teacher_courses.find((row) => row.course_id === "C1")!.teacher_id = "T0";
    },
    2,
    "preps_max",
  ],
  "a limit for one course": [(t) => Object.assign(t.teacher_courses[0], { sections_max: 1 }), 2, "sections_max"],
  "a link of two singletons of one teacher": [
    (t) => {
      for (const id of ["C0", "C1"]) Object.assign(course(t, id), { sections: 1 });
      t.teacher_courses.find((row) => row.course_id === "C1")!.teacher_id = "T0";
      t.course_links.push({ link_id: "L", kind: "same_time", courses: ["C0", "C1"] });
    },
    2,
    "kind",
  ],
  "a course that nobody may teach": [(t) => t.teacher_courses.splice(0, 1), 1],
};

test.for(Object.entries(PLANTED))(
  "infeasible: %s is proven, named, replayed by the verifier, and each mend alone makes a plan",
  async ([, [plant, sections, column]]) => {
    const dataset = school(plant);
    const plan = await solved(dataset);
    expect(plan.status).toBe("infeasible");
    const conflicts = plan.provenance.conflicts as Conflict[];
    expect(conflicts[0].sections).toHaveLength(sections);
    if (column) expect(conflicts.flatMap(({ limits }) => limits.map((limit) => limit.column))).toContain(column);
    expect((await verifyPlan(dataset, plan)).violations).toEqual([]);
    const together = conflicts.flatMap(({ mends }) => mends.slice(0, 1).map(({ change }) => change));
    const single = conflicts.length === 1 ? conflicts[0].mends.map(({ change }) => [change]) : [];
    for (const changes of [together, ...single]) {
      const mended = applyScenario(dataset, { name: "mended", changes, settings: {} });
      expect((await solved(mended)).status, JSON.stringify(changes)).toBe(
        changes.length > 0 ? "feasible" : "infeasible",
      );
    }
  },
);

test("the least mend of a limit one short is that limit, one more", async () => {
  const plan = await solved(school((t) => Object.assign(teacher(t, "T1"), { sections_max: 1 })));
  const { mends, limits } = (plan.provenance.conflicts as Conflict[])[0];
  expect(limits).toEqual([{ file: "scheduling/teachers.csv", row: "T1", column: "sections_max", value: "1" }]);
  expect(mends[0].words).toBe("sections_max of teacher T1 2 instead of 1");
});

test("what counting shows is said before anything is searched", async () => {
  const plan = await solved(school((t) => Object.assign(course(t, "C0"), { sections: 5 })));
  expect(plan.status).toBe("infeasible");
  expect(plan.iterations).toBe(0);
});

test("a proof that names too little, what need not be taught, or nothing at all is refused", async () => {
  const dataset = school((t) => Object.assign(course(t, "C0"), { sections: 5 }));
  const plan = await solved(dataset);
  const [conflict] = plan.provenance.conflicts as Conflict[];
  const judged = async (sections: Conflict["sections"] | null) => {
    const conflicts = sections ? [{ ...conflict, sections }] : [];
    const changed = { ...plan, provenance: { ...plan.provenance, conflicts } };
    return (await verifyPlan(dataset, changed)).violations.map(({ rule }) => rule);
  };
  expect(await judged(conflict.sections)).toEqual([]);
  expect(await judged(conflict.sections.slice(1))).toEqual(["plan.infeasible-is-proven"]);
  expect(await judged([...conflict.sections.slice(1), { section_id: "C0-6", course_id: "C1" }])).not.toEqual([]);
  expect(await judged([...conflict.sections, { section_id: "C0-6", course_id: "C0" }])).toEqual([
    "plan.conflict-sections",
  ]);
  expect(await judged([...conflict.sections.slice(1), conflict.sections[1]])).toEqual(["plan.conflict-sections"]);
  expect(await judged(null)).toEqual(["plan.infeasible-is-proven"]);
});

test("odd districts that can't be are proven so, and the verifier agrees", async () => {
  for (const seed of [23]) {
    const dataset = oddDistrict(seed);
    const plan = await solved(dataset);
    expect(plan.status, `district ${seed}`).toBe("infeasible");
    expect((await verifyPlan(dataset, plan)).violations).toEqual([]);
  }
});
