import { expect, test } from "vitest";
import { type Case, judge } from "../testing/mutations.ts";
import { smallSchool } from "./fixture.ts";

type School = Case<"scheduling">;
const section = (school: School, id: string) => school.plan.decisions.sections.find((row) => row.section_id === id)!;
const settings = (school: School, values: School["settings"]["scheduling"]) =>
  Object.assign(school.settings, { scheduling: { ...school.settings.scheduling, ...values } });

const figuresOf = async (mutate: (school: School) => unknown = () => {}) => {
  const school = smallSchool();
  mutate(school);
  return (await judge(school)).figures;
};

test("the small school's costs are those counted by hand", async () => {
  expect(await figuresOf()).toMatchObject({
    // 25 sections, of which 6 are asked for by number and 3 are listed.
    cost_sections: 16 * 20,
    cost_over_cap: 0,
    cost_sections_min: 0,
    cost_preference: 0,
    cost_home_rooms: 0,
    // English: two and one.
    cost_balance: 0.2 * 0.5,
    cost_parity: 0,
    cost_parity_met: 0,
    cost_term_balance: 0,
    // A free second or third block of s1, s2, s3 and s4, in both semesters.
    cost_holes: 8 * 0.5,
    cost_moved: 0,
  });
});

/** What each cost answers to: the figure, a deed, and by how much it grows. */
const DEEDS: readonly (readonly [figure: string, deed: string, by: number, mutate: (school: School) => unknown])[] = [
  [
    "cost_over_cap",
    "a second student on one seat, where one more is allowed",
    40,
    (s) => {
      settings(s, { seats_over_max: 1 });
      const seat = s.plan.decisions.enrollments.find((row) => row.section_id === "ALT-1")!;
      Object.assign(seat, { section_id: "FUL-1", request_course_id: "FUL", kind: "required" });
    },
  ],
  [
    "cost_sections_min",
    "a co-teacher of one section who should have three, in two semesters",
    4 * 10,
    (s) => Object.assign(s.tables.teachers.find((row) => row.teacher_id === "T6")!, { sections_min: 3 }),
  ],
  [
    "cost_preference",
    "a teacher who would rather not, by two steps",
    2 * 2,
    (s) =>
      Object.assign(s.tables.teacher_courses.find((row) => row.teacher_id === "T1" && row.course_id === "ENG")!, {
        preference: 1,
      }),
  ],
  [
    "cost_preps",
    "English by one teacher instead of two, in two semesters",
    -2,
    (s) => Object.assign(section(s, "ENG-2"), { teacher_id: "T1" }),
  ],
  [
    "cost_home_rooms",
    "three sections outside a home room",
    3 * 0.5,
    (s) => Object.assign(s.tables.teachers[0], { home_room: "R5" }),
  ],
  ["cost_balance", "a weight ten times the default", 0.9, (s) => settings(s, { weights: { balance: 2 } })],
  [
    "cost_parity",
    "two of a group in one section of English, and each alone in the other pairs",
    4.5,
    (s) => {
      settings(s, { parity: { columns: ["group_frl"] } });
      for (const [index, group_frl] of ["yes", "yes", "no", ""].entries())
        Object.assign(s.tables.students[index], { extra: { group_frl } });
    },
  ],
  [
    "cost_term_balance",
    "both semester courses in one semester",
    2 * 0.5,
    (s) => Object.assign(section(s, "SEMB-1"), { term_id: "S1", pattern_id: "A4" }),
  ],
  [
    "cost_holes",
    "absence in the block that was free",
    -2 * 0.5,
    (s) => Object.assign(s.tables.student_rules.find((row) => row.kind === "free")!, { unavailable: ["B:4", "A:2"] }),
  ],
  [
    "cost_moved",
    "another teacher, room and time than today's",
    15,
    (s) => {
      settings(s, { weights: { moved_teacher: 7, moved_room: 3, moved_time: 5 } });
      Object.assign(s.tables.today_sections[0], { teacher_id: "T4", room_id: "R1", pattern_id: "B3", term_id: "Y" });
    },
  ],
  [
    "cost_moved",
    "a student in another section than today's",
    11,
    (s) => {
      settings(s, { price_moved_student: 11 });
      s.tables.today_sections.push({ section_id: "ENG-1", course_id: "ENG" });
      s.tables.today_enrollments.push({ student_id: "s3", section_id: "ENG-1" });
    },
  ],
];

test.each(DEEDS)("%s: %s", async (figure, _deed, by, mutate) => {
  const [before, after] = [await figuresOf(), await figuresOf(mutate)];
  expect(Number(after[figure]) - Number(before[figure])).toBeCloseTo(by, 9);
});

test("the objective is what requests are worth, by grade, less all costs", async () => {
  const plain = await figuresOf();
  const doubled = await figuresOf((s) => settings(s, { grade_factors: { 9: 2 } }));
  const costs = Object.entries(plain).reduce(
    (sum, [name, value]) => sum + (name.startsWith("cost_") ? Number(value) : 0),
    0,
  );
  const requests = Number(plain.objective) + costs - 4 * 100;
  expect(Number(doubled.objective) - Number(plain.objective)).toBeCloseTo(requests, 6);
});

test("a plan that claims a cost, or a parity goal, that is not so fails", async () => {
  for (const claim of [{ cost_holes: 3 }, { cost_moved: 1 }, { parity_goal: "group_frl" }]) {
    const school = smallSchool();
    Object.assign(school.plan.metrics, { ...(await judge(school)).figures, ...claim });
    expect((await judge(school)).ok).toBe(false);
  }
});
