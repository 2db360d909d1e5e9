import { Random } from "@trivium/engine";
import { type Dataset, emptyTables, sealDataset } from "@trivium/model";

/** How large and how unkind. */
export interface Unkind {
  readonly seed: number;
  readonly students?: number;
  /** With every rule of the contract, or only times, teachers and rooms. */
  readonly rules?: boolean;
}

const SUBJECTS = ["ENG", "MATH", "SCI", "HIST", "ART", "MUS", "PE", "LANG"];
const SEATS = 16;

/**
 * A small invented school as unkind as real ones: A/B days of four blocks with lunch, two semesters, half of the courses singletons,
 * section counts partly free, teachers to be chosen among two or three, part-timers, labs and a gym, and with `rules`
 * links, teams, inclusion, apart and with, teachers to avoid, free periods, reserved and locked sections.
 */
export function unkindSchool({ seed, students = 90, rules = true }: Unkind): Dataset {
  const random = new Random(seed);
  const t = emptyTables();
  t.schools.push({ school_id: "H", name: "H", level: "high", lat: 0, lon: 0 });
  t.terms.push({ term_id: "Y", title: "Year", start_date: "2027-08-20", end_date: "2028-06-01" });
  t.terms.push({
    term_id: "S1",
    title: "Semester 1",
    start_date: "2027-08-20",
    end_date: "2028-01-15",
    parent_term_id: "Y",
  });
  t.terms.push({
    term_id: "S2",
    title: "Semester 2",
    start_date: "2028-01-16",
    end_date: "2028-06-01",
    parent_term_id: "Y",
  });
  for (const day of ["A", "B"]) {
    for (let p = 1; p <= 4; p++) {
      const start = 8 * 3600 + p * 5400 + (p > 2 ? 3600 : 0);
      t.periods.push({
        school_id: "H",
        period_id: String(p),
        title: `Block ${p}`,
        day,
        start,
        end: start + 5000,
        kind: "class",
      });
      t.patterns.push({ school_id: "H", pattern_id: `${day}${p}`, meetings: [`${day}:${p}`] });
    }
    t.periods.push({
      school_id: "H",
      period_id: "L",
      title: "Lunch",
      day,
      start: 8 * 3600 + 2 * 5400 + 5100,
      end: 8 * 3600 + 3 * 5400 + 3500,
      kind: "lunch",
    });
  }
  t.patterns.push({ school_id: "H", pattern_id: "AB1", meetings: ["A:1", "B:1"] });
  const ids = addCourses(t, random, students);
  addStaff(t, random);
  addStudents(t, random, students, ids);
  if (rules) addRules(t, random, students);
  const present = new Set(Object.entries(t).flatMap(([name, rows]) => (rows.length > 0 ? [name] : [])));
  return sealDataset({
    district: { name: "Unkind", timezone: "America/Chicago", school_year: "2027-28" },
    tables: t,
    present: present as Dataset["present"],
    settings: { scheduling: rules ? { lunch: { waves: [["A:2"], ["A:3"]] } } : {}, routing: {}, facilities: {} },
  });
}

type Tables = ReturnType<typeof emptyTables>;

interface Ids {
  readonly core: string[];
  readonly elective: string[];
}

function addCourses(t: Tables, random: Random, students: number): Ids {
  const core: string[] = [];
  const elective: string[] = [];
  SUBJECTS.forEach((department, index) => {
    const isCore = index < 4;
    const features = department === "SCI" ? ["lab"] : department === "PE" ? ["gym"] : [];
    for (let n = 1; n <= 3; n++) {
      const course_id = `${department}${n}`;
      const big = isCore && n === 1;
      (isCore ? core : elective).push(course_id);
      t.courses.push({
        course_id,
        school_id: "H",
        title: course_id,
        department,
        term: !isCore && n === 3 ? "semester" : "year",
        seats_max: SEATS,
        ...(random.unit() < 0.5 ? {} : { sections: big ? Math.ceil(students / 26) : 1 }),
        sections_max: big ? Math.ceil(students / 24) : 2,
        ...(features.length > 0 ? { room_features: features } : {}),
        priority: 10 + 10 * n,
        ...(department === "ART" && n === 1 ? { periods_per_cycle: 2 } : { periods_per_cycle: 1 }),
      });
    }
  });
  return { core, elective };
}

function addStaff(t: Tables, random: Random): void {
  SUBJECTS.forEach((department, index) => {
    const count = index < 4 ? 3 : 2;
    for (let k = 0; k < count; k++) {
      const teacher_id = `${department}-T${k}`;
      const partTime = k === 1;
      t.teachers.push({
        teacher_id,
        school_id: "H",
        sections_max: partTime ? 4 : 6,
        preps_max: 3,
        consecutive_max: 3,
        planning_periods_min: 1,
        ...(partTime ? { unavailable: ["A:4", "B:4"] } : {}),
      });
      for (let n = 1; n <= 3; n++)
        if (k === 0 || random.unit() < 0.75)
          t.teacher_courses.push({ teacher_id, course_id: `${department}${n}`, preference: random.below(4) });
    }
  });
  for (let r = 0; r < 8; r++)
    t.rooms.push({ room_id: `R${r}`, school_id: "H", capacity: r === 0 ? 12 : 30, building: r < 6 ? "Main" : "East" });
  t.rooms.push({ room_id: "LAB1", school_id: "H", capacity: 20, features: ["lab"] });
  t.rooms.push({ room_id: "GYM", school_id: "H", capacity: 40, features: ["gym"], unavailable: ["B:1"] });
}

function addStudents(t: Tables, random: Random, count: number, { core, elective }: Ids): void {
  for (let i = 0; i < count; i++) {
    const student_id = `P${i}`;
    t.students.push({ student_id, school_id: "H", grade: random.unit() < 0.5 ? "9" : "10" });
    const wanted = new Set<string>();
    for (let subject = 0; subject < 4; subject++) {
      const level = random.unit() < 0.6 ? 0 : 1 + random.below(2);
      wanted.add(core[subject * 3 + level]);
    }
    while (wanted.size < 6) wanted.add(elective[random.below(elective.length)]);
    [...wanted].forEach((course_id, rank) => {
      t.requests.push({ student_id, course_id, kind: rank < 4 ? "required" : "elective", rank: rank + 1 });
    });
    const other = elective[random.below(elective.length)];
    if (!wanted.has(other)) t.requests.push({ student_id, course_id: other, kind: "alternate", rank: 1 });
  }
}

function addRules(t: Tables, random: Random, students: number): void {
  t.sections.push({ section_id: "ENG1-team", course_id: "ENG1", reserved_for: "RED" });
  t.sections.push({
    section_id: "MATH1-co",
    course_id: "MATH1",
    co_teacher_ids: ["HIST-T2"],
    inclusion_max_share: 0.4,
  });
  t.sections.push({
    section_id: "HIST1-fix",
    course_id: "HIST1",
    term_id: "Y",
    pattern_id: "A2",
    teacher_id: "HIST-T0",
    locked: ["pattern", "teacher"],
  });
  t.course_links.push({ link_id: "L1", kind: "term_order", courses: ["LANG3", "MUS3"] });
  t.course_links.push({ link_id: "L2", kind: "not_same_time", courses: ["SCI2", "SCI3"] });
  t.course_links.push({ link_id: "L3", kind: "same_students", courses: ["ENG2", "HIST2"] });
  const student = () => `P${random.below(students)}`;
  for (let i = 0; i < students / 8; i++)
    t.student_rules.push({ student_id: student(), kind: "section_flag", value: "inclusion" });
  for (let i = 0; i < students / 10; i++) t.student_rules.push({ student_id: student(), kind: "team", value: "RED" });
  for (let i = 0; i < 3; i++) {
    t.student_rules.push({ student_id: `P${4 * i}`, kind: "apart", value: `P${4 * i + 1 + random.below(2)}` });
    t.student_rules.push({ student_id: `P${20 + 4 * i}`, kind: "with", value: `P${21 + 4 * i + random.below(2)}` });
    t.student_rules.push({ student_id: student(), kind: "not_teacher", value: "ENG-T0" });
    t.student_rules.push({ student_id: student(), kind: "free", value: "2" });
    t.student_rules.push({ student_id: student(), kind: "free", unavailable: ["B:4"] });
  }
}
