import { createContext } from "@trivium/engine";
import { type Dataset, sealDataset } from "@trivium/model";
import { verifyPlan } from "@trivium/verify";
import { expect, test } from "vitest";
import { engine } from "./index.ts";
import { planOf } from "./testing/plan-of.ts";
import { unkindSchool } from "./testing/unkind-school.ts";

/** Solves and asks the verifier: its violations are part of the answer. */
async function solved(dataset: Dataset) {
  const problem = await engine.build(dataset, {}, {});
  const solution = await engine.solve(problem, {}, createContext(problem, { limits: { iterations: 600 } }));
  return { solution, violations: (await verifyPlan(dataset, planOf(dataset, solution))).violations };
}

const withTables = (dataset: Dataset, tables: Partial<Dataset["tables"]>) =>
  sealDataset({ ...dataset, tables: { ...dataset.tables, ...tables } });

test("locked rosters stay whole and closed, though everything else may move", async () => {
  const before = unkindSchool({ seed: 21, rules: false });
  const { solution: today } = await solved(before);
  const rosterOf = (rows: typeof today.decisions.enrollments, id: string) =>
    rows.flatMap((row) => (row.section_id === id ? [row.student_id] : [])).sort();
  const held = today.decisions.sections.filter((_, index) => index % 3 === 0);
  const dataset = withTables(before, {
    sections: held.map(({ section_id, course_id }) => ({ section_id, course_id, locked: ["roster"] })),
    today_sections: today.decisions.sections,
    today_enrollments: today.decisions.enrollments,
  });
  const { solution, violations } = await solved(dataset);
  expect(solution.status).toBe("feasible");
  expect(violations).toEqual([]);
  for (const { section_id } of held)
    expect(rosterOf(solution.decisions.enrollments, section_id)).toEqual(
      rosterOf(today.decisions.enrollments, section_id),
    );
});

test("a request fixed to a section whose locked roster lacks the student stays unmet", async () => {
  const before = unkindSchool({ seed: 22, rules: false });
  const { solution: today } = await solved(before);
  const [taken] = today.decisions.enrollments;
  const section = today.decisions.sections.find((row) => row.section_id === taken.section_id);
  const dataset = withTables(before, {
    sections: [{ section_id: taken.section_id, course_id: section?.course_id ?? "", locked: ["roster"] }],
    requests: before.tables.requests.map((row) =>
      row.student_id === taken.student_id && row.course_id === section?.course_id
        ? { ...row, locked_section_id: taken.section_id }
        : row,
    ),
    today_sections: today.decisions.sections,
    today_enrollments: today.decisions.enrollments.filter((row) => row !== taken),
  });
  const { solution, violations } = await solved(dataset);
  expect(violations).toEqual([]);
  expect(solution.unmet).toContainEqual(
    expect.objectContaining({ student_id: taken.student_id, course_id: section?.course_id }),
  );
});

test("co-seated sections keep each its own co-teachers, and each course its teacher's preference", async () => {
  const full = unkindSchool({ seed: 23, rules: false });
  const [a, b] = full.tables.courses.filter((course) => course.term === "year").slice(0, 2);
  const [main, other] = full.tables.teachers;
  const like = { seats_max: 8, sections: 1, patterns_allowed: undefined, room_features: undefined };
  const dataset = withTables(full, {
    courses: full.tables.courses.map((course) =>
      course === a || course === b ? { ...course, ...like, periods_per_cycle: a.periods_per_cycle } : course,
    ),
    sections: [{ section_id: "SHARED", course_id: a.course_id, co_teacher_ids: [other.teacher_id] }],
    teacher_courses: [
      ...full.tables.teacher_courses.filter((row) => row.course_id !== a.course_id && row.course_id !== b.course_id),
      { teacher_id: main.teacher_id, course_id: a.course_id, preference: 3 },
      { teacher_id: main.teacher_id, course_id: b.course_id, preference: 0 },
    ],
    course_links: [{ link_id: "L", kind: "co_seated", courses: [a.course_id, b.course_id] }],
  });
  const { solution, violations } = await solved(dataset);
  expect(violations).toEqual([]);
  const coTeachers = (course: string) =>
    solution.decisions.sections.find((row) => row.course_id === course)?.co_teacher_ids;
  expect(coTeachers(a.course_id)).toEqual([other.teacher_id]);
  expect(coTeachers(b.course_id)).toBeUndefined();
});

test("a district without terms has one year, and its plan names no term", async () => {
  const full = unkindSchool({ seed: 24, rules: false });
  const dataset = withTables(full, {
    terms: [],
    courses: full.tables.courses.map(({ terms_allowed: _, ...course }) => ({ ...course, term: "year" as const })),
    sections: [],
    course_links: [],
    requests: full.tables.requests.map(({ term_id: _, ...row }) => row),
  });
  const { solution, violations } = await solved(dataset);
  expect(violations).toEqual([]);
  expect(solution.status).toBe("feasible");
  expect(solution.decisions.sections.every((row) => row.term_id === undefined)).toBe(true);
});

test("where a section that must be taught has no teacher, that is proven and the section is named", async () => {
  const full = unkindSchool({ seed: 25, rules: false });
  const [course] = full.tables.courses;
  const dataset = withTables(full, {
    sections: [{ section_id: "ORPHAN", course_id: course.course_id }],
    teacher_courses: full.tables.teacher_courses.filter((row) => row.course_id !== course.course_id),
  });
  const problem = await engine.build(dataset, {}, {});
  const solution = await engine.solve(problem, {}, createContext(problem, { limits: { iterations: 50 } }));
  expect(solution.status).toBe("infeasible");
  expect(solution.reason).toContain("ORPHAN cannot be taught at all");
});

test("a flagged student's term holds though the section has an inclusion share and moves to another term", async () => {
  const full = unkindSchool({ seed: 26, rules: false });
  const semester = new Set(full.tables.courses.flatMap((row) => (row.term === "semester" ? [row.course_id] : [])));
  const dataset = withTables(full, {
    sections: [...semester].map((course_id) => ({ section_id: `${course_id}-1`, course_id, inclusion_max_share: 1 })),
    student_rules: full.tables.students.map(({ student_id }) => ({
      student_id,
      kind: "section_flag" as const,
      value: "inclusion",
    })),
    requests: full.tables.requests.map((row, index) =>
      semester.has(row.course_id) ? { ...row, term_id: index % 2 === 0 ? "S1" : "S2" } : row,
    ),
  });
  expect((await solved(dataset)).violations).toEqual([]);
});
