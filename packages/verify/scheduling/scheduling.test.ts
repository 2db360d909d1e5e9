import { expect, test } from "vitest";
import { type Case, judge, withFigures } from "../testing/mutations.ts";
import { smallSchool } from "./fixture.ts";

type School = Case<"scheduling">;
const section = (school: School, id: string) => school.plan.decisions.sections.find((row) => row.section_id === id)!;
const enrollment = (school: School, student: string, id: string) =>
  school.plan.decisions.enrollments.find((row) => row.student_id === student && row.section_id === id)!;
const teacher = (school: School, id: string) => school.tables.teachers.find((row) => row.teacher_id === id)!;
const course = (school: School, id: string) => school.tables.courses.find((row) => row.course_id === id)!;
const request = (school: School, student: string, id: string) =>
  school.tables.requests.find((row) => row.student_id === student && row.course_id === id)!;
const rule = (school: School, kind: string) => school.tables.student_rules.find((row) => row.kind === kind)!;

/** What breaks each rule: the rule, what is done in words, and the deed. */
const MUTATIONS: readonly (readonly [rule: string, deed: string, mutate: (school: School) => void])[] = [
  ["sections.once", "a section twice", ({ plan }) => plan.decisions.sections.push({ ...plan.decisions.sections[0] })],
  ["sections.placed", "a section without room", (s) => delete section(s, "ENG-1").room_id],
  ["sections.class-slots", "a class in a blocked slot", (s) => Object.assign(s.tables.periods[0], { kind: "blocked" })],
  [
    "sections.pattern-allowed",
    "English in the afternoon",
    (s) => Object.assign(section(s, "ENG-1"), { pattern_id: "A4" }),
  ],
  [
    "sections.term-allowed",
    "a year course in one semester",
    (s) => Object.assign(section(s, "ENG-1"), { term_id: "S1" }),
  ],
  ["sections.count", "a third section asked for", (s) => Object.assign(course(s, "ENG"), { sections: 3 })],
  [
    "sections.listed-survive",
    "a listed section left out",
    (s) => s.tables.sections.push({ section_id: "ENG-9", course_id: "ENG" }),
  ],
  ["locks.pattern", "a locked time moved", (s) => Object.assign(section(s, "LCK-1"), { pattern_id: "B4" })],
  ["locks.term", "a locked term moved", (s) => Object.assign(section(s, "LCK-1"), { term_id: "S1" })],
  ["locks.teacher", "a locked teacher exchanged", (s) => Object.assign(section(s, "LCK-1"), { teacher_id: "T3" })],
  ["locks.room", "a locked room exchanged", (s) => Object.assign(section(s, "LCK-1"), { room_id: "R3" })],
  [
    "locks.roster",
    "a student moved into a closed roster",
    (s) => Object.assign(enrollment(s, "s4", "CO1-1"), { section_id: "ROS-1" }),
  ],
  [
    "locks.roster-kept",
    "a student of a closed roster moved out of it",
    (s) => {
      s.plan.decisions.sections.push({ ...section(s, "ROS-1"), section_id: "ROS-2" });
      Object.assign(enrollment(s, "s1", "ROS-1"), { section_id: "ROS-2" });
    },
  ],
  ["locks.co-teachers", "the co-teacher sent away", (s) => delete section(s, "ENG-1").co_teacher_ids],
  ["locks.seats", "a seat invented", (s) => Object.assign(section(s, "FUL-1"), { seats_max: 2 })],
  ["seats.enrolled", "a wrong count", (s) => Object.assign(section(s, "ENG-1"), { enrolled: 1 })],
  [
    "seats.cap",
    "a second student on one seat",
    (s) => Object.assign(enrollment(s, "s4", "ALT-1"), { section_id: "FUL-1" }),
  ],
  [
    "sections.inclusion-share",
    "another flagged student",
    (s) => s.tables.student_rules.push({ student_id: "s2", kind: "section_flag", value: "inclusion" }),
  ],
  [
    "teachers.one-place",
    "a co-teacher with a class of her own then",
    (s) => Object.assign(section(s, "SR1-1"), { teacher_id: "T6" }),
  ],
  [
    "teachers.one-place",
    "a class in another school before the first one ends, in a period of another name",
    (s) => {
      const [first] = s.tables.periods;
      s.tables.periods.push({
        ...first,
        school_id: "H2",
        period_id: "9",
        start: first.start + 600,
        end: first.end + 600,
      });
      s.tables.courses.push({ ...course(s, "ENG"), course_id: "EXT", school_id: "H2", sections: 1 });
      s.plan.decisions.sections.push({
        ...section(s, "ENG-1"),
        section_id: "EXT-1",
        course_id: "EXT",
        pattern_id: "9",
      });
    },
  ],
  [
    "teachers.available",
    "a class when the teacher is away",
    (s) => Object.assign(section(s, "CO1-1"), { pattern_id: "B4" }),
  ],
  [
    "teachers.qualified",
    "a teacher without qualification",
    (s) => Object.assign(section(s, "ENG-2"), { teacher_id: "T3" }),
  ],
  ["teachers.school", "a teacher of another school", (s) => Object.assign(teacher(s, "T3"), { school_id: "M" })],
  ["teachers.sections-max", "one section too many", (s) => Object.assign(section(s, "ST1-1"), { teacher_id: "T1" })],
  ["teachers.preps-max", "one preparation too many", (s) => Object.assign(section(s, "ST1-1"), { teacher_id: "T1" })],
  [
    "teachers.course-sections-max",
    "a second English section",
    (s) => Object.assign(section(s, "ENG-2"), { teacher_id: "T1" }),
  ],
  ["teachers.consecutive-max", "two blocks in a row", (s) => Object.assign(section(s, "ENG-1"), { pattern_id: "A2" })],
  ["teachers.planning", "a planning period taken", (s) => Object.assign(section(s, "ENG-2"), { teacher_id: "T1" })],
  [
    "teachers.travel",
    "a longer way between buildings",
    (s) => Object.assign(s.settings.scheduling, { travel_min: { Main: { East: 6 } } }),
  ],
  ["rooms.one-class", "two classes in one room", (s) => Object.assign(section(s, "SR1-1"), { room_id: "R1" })],
  ["rooms.available", "a class in a closed room", (s) => Object.assign(section(s, "SA2-1"), { room_id: "R1" })],
  ["rooms.capacity", "a room too small", (s) => Object.assign(s.tables.rooms[0], { capacity: 1 })],
  [
    "rooms.features",
    "a lab course in a plain room",
    (s) => {
      delete s.tables.sections[1].locked;
      section(s, "LCK-1").room_id = "R3";
    },
  ],
  ["rooms.school", "a room of another school", (s) => Object.assign(s.tables.rooms[2], { school_id: "M" })],
  [
    "students.one-place",
    "a student in two classes at once",
    (s) => Object.assign(section(s, "ROS-1"), { pattern_id: "B1" }),
  ],
  [
    "students.available",
    "a class when the student is away",
    (s) => Object.assign(section(s, "ALT-1"), { pattern_id: "B4" }),
  ],
  ["students.free", "a free period taken", (s) => Object.assign(rule(s, "free"), { value: "6" })],
  ["students.lunch", "no time to eat", (s) => Object.assign(section(s, "PA-1"), { pattern_id: "A4" })],
  ["students.team", "a stranger in the team's class", (s) => Object.assign(rule(s, "team"), { value: "Y" })],
  ["students.with", "friends parted", (s) => Object.assign(enrollment(s, "s2", "ENG-1"), { section_id: "ENG-2" })],
  ["students.apart", "rivals together", (s) => Object.assign(enrollment(s, "s3", "ENG-2"), { section_id: "ENG-1" })],
  [
    "students.not-teacher",
    "the teacher to be avoided",
    (s) => Object.assign(section(s, "ALT-1"), { teacher_id: "T5" }),
  ],
  [
    "requests.answered",
    "an enrollment left out",
    ({ plan }) => {
      plan.decisions.enrollments.shift();
    },
  ],
  [
    "requests.answered",
    "a met request listed as unmet",
    ({ plan }) => plan.unmet.push({ student_id: "s1", course_id: "ENG", kind: "required", reason_code: "not_proven" }),
  ],
  [
    "requests.unmet-was-asked",
    "an unmet request that nobody made",
    (s) => Object.assign(s.plan.unmet[0], { kind: "elective" }),
  ],
  [
    "requests.once",
    "a course twice",
    ({ plan }) =>
      plan.decisions.enrollments.push({
        student_id: "s1",
        section_id: "ENG-2",
        request_course_id: "ENG",
        kind: "required",
      }),
  ],
  [
    "requests.asked",
    "a class that was not asked for",
    ({ plan }) =>
      plan.decisions.enrollments.push({
        student_id: "s1",
        section_id: "NT1-1",
        request_course_id: "NT1",
        kind: "elective",
      }),
  ],
  [
    "requests.known-student",
    "an unknown student",
    ({ plan }) => plan.decisions.enrollments.push({ student_id: "s9", section_id: "ENG-2", kind: "required" }),
  ],
  [
    "requests.known-course",
    "an unmet row of an unknown course",
    ({ plan }) => plan.unmet.push({ student_id: "s1", course_id: "XYZ", kind: "elective", reason_code: "full" }),
  ],
  [
    "requests.term",
    "a request in the other semester",
    (s) => Object.assign(request(s, "s1", "SEMA"), { term_id: "S2" }),
  ],
  [
    "requests.locked-section",
    "another section than the fixed one",
    (s) => Object.assign(request(s, "s2", "ENG"), { locked_section_id: "ENG-2" }),
  ],
  [
    "alternates.replace-unmet",
    "an alternate for something else",
    (s) => Object.assign(request(s, "s4", "ALT"), { alternate_for: "CO1" }),
  ],
  [
    "alternates.once",
    "one request replaced twice",
    (s) => {
      s.tables.requests.push({ student_id: "s4", course_id: "NT2", kind: "alternate" });
      s.plan.decisions.enrollments.push({
        student_id: "s4",
        section_id: "NT2-1",
        request_course_id: "FUL",
        kind: "alternate",
      });
    },
  ],
  ["links.same_time", "linked classes at two times", (s) => Object.assign(section(s, "ST2-1"), { pattern_id: "A1" })],
  [
    "links.consecutive",
    "lunch between two classes in a row",
    (s) => Object.assign(section(s, "CN1-1"), { pattern_id: "B4" }),
  ],
  ["links.same_teacher", "two teachers", (s) => Object.assign(section(s, "SA1-1"), { teacher_id: "T5" })],
  ["links.same_room", "two rooms", (s) => Object.assign(section(s, "SR1-1"), { room_id: "R3" })],
  ["links.not_same_time", "both at once", (s) => Object.assign(section(s, "NT2-1"), { pattern_id: "B1" })],
  ["links.co_seated", "one of two moved away", (s) => Object.assign(section(s, "CO2-1"), { pattern_id: "B1" })],
  ["links.same_students", "a pair torn", (s) => Object.assign(enrollment(s, "s3", "PB-2"), { section_id: "PB-1" })],
  [
    "links.term_order",
    "the second before the first",
    (s) => {
      section(s, "SEMA-1").term_id = "S2";
      section(s, "SEMB-1").term_id = "S1";
    },
  ],
  ["links.different_term", "both in one semester", (s) => Object.assign(section(s, "SEMB-1"), { term_id: "S1" })],
  [
    "unmet.reason",
    "full, with a seat left",
    (s) => Object.assign(course(s, "FUL"), { seats_max: 5 }) && Object.assign(section(s, "FUL-1"), { seats_max: 5 }),
  ],
  [
    "unmet.reason",
    "a clash that is none",
    (s) => Object.assign(s.plan.unmet[0], { reason_code: "all_sections_clash" }),
  ],
  [
    "unmet.reason",
    "not offered, with a section",
    (s) => Object.assign(s.plan.unmet[0], { reason_code: "not_offered" }),
  ],
  ["unmet.reason", "no rule bars it", (s) => Object.assign(s.plan.unmet[0], { reason_code: "blocked_by_rule" })],
  [
    "figures.recomputed",
    "a request too many reported as met",
    ({ plan }) => Object.assign(plan.metrics, { requests_met: 15 }),
  ],
  ["figures.present", "a figure left out", ({ plan }) => delete plan.metrics.requests_met],
  [
    "plan.bound-side",
    "a bound below what the plan reaches",
    ({ plan }) =>
      Object.assign(plan, {
        bound: { objective: "requests_met", value: 14, best_possible: 13, gap: 1 / 14, proof: "" },
      }),
  ],
];

test("the small school's plan, made by hand, is legal, and its figures are those counted by hand", async () => {
  const verification = await judge(await withFigures(smallSchool()));
  expect(verification.violations).toEqual([]);
  expect(verification.figures).toMatchObject({
    requests: 15,
    requests_met: 14,
    required: 5,
    required_met: 4,
    met_or_replaced: 15,
    students_complete: 4,
    sections: 25,
    seats_used: 15,
    class_size_max: 2,
    teacher_preference_mean: 3,
    students_moved: 0,
  });
  expect(verification.figures.requests_met_share).toBeCloseTo(14 / 15, 9);
});

test.each(MUTATIONS)("%s fails on %s", async (name, _deed, mutate) => {
  const school = await withFigures(smallSchool());
  mutate(school);
  const { ok, violations } = await judge(school);
  expect(ok).toBe(false);
  expect(violations.map((violation) => violation.rule)).toContain(name);
});

test("a district without terms has one year: sections without a term are placed, and only year courses fit", async () => {
  const school = smallSchool();
  school.tables.terms.length = 0;
  for (const row of school.plan.decisions.sections) delete row.term_id;
  for (const row of school.tables.sections) delete row.term_id;
  for (const row of school.tables.requests) delete row.term_id;
  const { violations } = await judge(await withFigures(school));
  expect(violations.map(({ rule }) => rule)).not.toContain("sections.placed");
  expect(violations.filter(({ rule }) => rule === "sections.term-allowed").map(({ where }) => where)).toEqual([
    { section_id: "SEMA-1" },
    { section_id: "SEMB-1" },
  ]);
});

test("every rule that was applied to the small school has a mutation that breaks it", async () => {
  const { checked } = await judge(await withFigures(smallSchool()));
  const proven = new Set(MUTATIONS.map(([name]) => name));
  expect(Object.keys(checked).filter((name) => !proven.has(name) && !name.startsWith("plan."))).toEqual([]);
});
