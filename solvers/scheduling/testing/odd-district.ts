import { Random } from "@trivium/engine";
import { type Dataset, emptyTables, type SchedulingDecisions, sealDataset } from "@trivium/model";

type Tables = ReturnType<typeof emptyTables>;
type Settings = { -readonly [K in keyof Dataset["settings"]["scheduling"]]: Dataset["settings"]["scheduling"][K] };

/** Terms within terms: term_id, parent, start, end. */
const CALENDARS: readonly (readonly (readonly [id: string, parent: string, start: string, end: string])[])[] = [
  [],
  [["Y", "", "2027-08-20", "2028-06-01"]],
  [
    ["Y", "", "2027-08-20", "2028-06-01"],
    ["H1", "Y", "2027-08-20", "2028-01-15"],
    ["H2", "Y", "2028-01-16", "2028-06-01"],
  ],
  [
    ["Y", "", "2027-08-20", "2028-06-01"],
    ["T1", "Y", "2027-08-20", "2027-11-20"],
    ["T2", "Y", "2027-11-21", "2028-02-28"],
    ["T3", "Y", "2028-03-01", "2028-06-01"],
  ],
  [
    ["Y", "", "2027-08-20", "2028-06-01"],
    ["H1", "Y", "2027-08-20", "2028-01-15"],
    ["H2", "Y", "2028-01-16", "2028-06-01"],
    ["Q1", "H1", "2027-08-20", "2027-10-30"],
    ["Q2", "H1", "2027-11-01", "2028-01-15"],
    ["Q3", "H2", "2028-01-16", "2028-03-20"],
    ["Q4", "H2", "2028-03-21", "2028-06-01"],
  ],
];

const DAYS = [["A"], ["A", "B"], ["1", "2", "3", "4", "5", "6"], ["Mon", "Tue", "Wed", "Thu", "Fri"]];
const LINKS = [
  "same_time",
  "consecutive",
  "same_teacher",
  "same_students",
  "same_room",
  "different_term",
  "term_order",
  "not_same_time",
  "co_seated",
] as const;

/**
 * Small invented districts, each odd in its own way: terms within terms or none, one to six days, patterns of one or several meetings or none,
 * one to three schools that share teachers across a town, every link, lock and rule, and settings of every kind. For tests that ask whether
 * what the contract says is kept whatever comes together.
 */
export function oddDistrict(seed: number): Dataset {
  const random = new Random(seed * 7919 + 13);
  const t = emptyTables();
  const settings: Settings = {};
  for (const [term_id, parent, start_date, end_date] of CALENDARS[seed % CALENDARS.length])
    t.terms.push({
      term_id,
      title: term_id,
      start_date,
      end_date,
      ...(parent === "" ? {} : { parent_term_id: parent }),
    });
  const schools = ["N", "M", "O"].slice(0, 1 + (seed % 3));
  schools.forEach((school, index) => {
    t.schools.push({ school_id: school, name: school, level: "high", lat: 0, lon: index / 100 });
    addSchool(t, random, school, DAYS[(seed + index) % DAYS.length]);
  });
  if (schools.length > 1) shareTeachers(t, random, schools);
  addLinks(t, random, schools, seed);
  addSections(t, random);
  addStudents(t, random, schools);
  addSettings(t, random, settings);
  const present = new Set(Object.entries(t).flatMap(([name, rows]) => (rows.length > 0 ? [name] : [])));
  return sealDataset({
    district: { name: "Odd", timezone: "America/Chicago", school_year: "2027-28" },
    tables: t,
    present: present as Dataset["present"],
    settings: { scheduling: settings, routing: {}, facilities: {} },
  });
}

/** The same district a year on: this plan is today's schedule, some rosters are fixed, moves have prices. */
export function yearOn(dataset: Dataset, { sections, enrollments }: SchedulingDecisions, seed: number): Dataset {
  const random = new Random(seed);
  const listed = new Map(dataset.tables.sections.map((row) => [row.section_id, row]));
  for (const { section_id, course_id } of sections)
    if (random.unit() < 0.15)
      listed.set(section_id, {
        ...(listed.get(section_id) ?? { section_id, course_id }),
        locked: [...new Set([...(listed.get(section_id)?.locked ?? []), "roster" as const])],
      });
  const scheduling = {
    ...dataset.settings.scheduling,
    price_moved_student: 20,
    weights: { ...dataset.settings.scheduling.weights, moved_teacher: 15, moved_room: 5, moved_time: 10 },
  };
  return sealDataset({
    ...dataset,
    tables: {
      ...dataset.tables,
      sections: [...listed.values()],
      today_sections: [...sections],
      today_enrollments: [...enrollments],
    },
    settings: { ...dataset.settings, scheduling },
  });
}

const slotsOf = (t: Tables, school: string): string[] =>
  t.periods.flatMap((row) => (row.school_id === school && row.kind === "class" ? [`${row.day}:${row.period_id}`] : []));

function addSchool(t: Tables, random: Random, school: string, days: readonly string[]): void {
  const periods = 4 + random.below(3);
  const withLunch = random.unit() < 0.5;
  const begins = 8 * 3600 + random.below(4) * 900;
  for (const day of days)
    for (let p = 1; p <= periods; p++) {
      const start = begins + p * 3000;
      const kind = withLunch && p === 3 ? "lunch" : "class";
      t.periods.push({ school_id: school, period_id: String(p), title: `P${p}`, day, start, end: start + 2700, kind });
    }
  const classes = slotsOf(t, school);
  if (random.unit() < 0.75) addPatterns(t, random, school, days, classes);
  const sizes = t.patterns.filter((row) => row.school_id === school).map((row) => row.meetings.length);
  const departments = ["X", "Y", "Z"];
  const lengths = ["year", ...(t.terms.some((row) => row.term_id === "H1") ? ["semester"] : [])];
  if (t.terms.some((row) => row.term_id === "T1")) lengths.push("trimester");
  if (t.terms.some((row) => row.term_id === "Q1")) lengths.push("quarter");
  for (let c = 0; c < 12; c++) {
    const many = c < 3;
    t.courses.push({
      course_id: `${school}-C${c}`,
      school_id: school,
      title: `Course ${c}`,
      department: departments[c % 3],
      term: lengths[random.below(lengths.length)] as "year",
      seats_max: 6 + random.below(6),
      priority: 1 + random.below(99),
      ...(random.unit() < 0.5 ? { sections: many ? 3 : 1 } : {}),
      ...(random.unit() < 0.5 ? { sections_max: many ? 4 : 2 } : {}),
      ...(random.unit() < 0.2 ? { room_features: ["lab"] } : {}),
      ...(sizes.length > 0 && random.unit() < 0.7 ? { periods_per_cycle: sizes[random.below(sizes.length)] } : {}),
    });
  }
  for (const course of t.courses) {
    if (course.school_id !== school) continue;
    if (course.sections !== undefined && course.sections_max !== undefined)
      course.sections_max = Math.max(course.sections, course.sections_max);
  }
  addStaff(t, random, school, classes);
}

function addPatterns(
  t: Tables,
  random: Random,
  school: string,
  days: readonly string[],
  classes: readonly string[],
): void {
  const add = (pattern_id: string, meetings: string[]) => t.patterns.push({ school_id: school, pattern_id, meetings });
  const daily = days.length > 2;
  for (const slot of classes) {
    const [day, period] = slot.split(":");
    if (!daily) add(`${day}${period}`, [slot]);
    else if (day === days[0])
      add(
        `all${period}`,
        days.map((each) => `${each}:${period}`),
      );
    // Every other day, and a double on one day.
    if (daily && day === days[0] && random.unit() < 0.7)
      add(
        `alt${period}`,
        days.filter((_, index) => index % 2 === 0).map((each) => `${each}:${period}`),
      );
    const next = `${day}:${Number(period) + 1}`;
    if (classes.includes(next) && random.unit() < 0.3) add(`dbl${day}${period}`, [slot, next]);
  }
}

function addStaff(t: Tables, random: Random, school: string, classes: readonly string[]): void {
  const some = (count: number) => Array.from({ length: count }, () => classes[random.below(classes.length)]);
  for (let r = 0; r < 8; r++)
    t.rooms.push({
      room_id: `${school}-R${r}`,
      school_id: school,
      capacity: r === 0 ? 7 : 14,
      ...(r < 3 ? { features: ["lab"] } : {}),
      ...(random.unit() < 0.6 ? { building: r % 2 === 0 ? `${school}-main` : `${school}-east` } : {}),
      ...(random.unit() < 0.2 ? { unavailable: some(1) } : {}),
    });
  for (let k = 0; k < 7; k++) {
    const teacher_id = `${school}-T${k}`;
    t.teachers.push({
      teacher_id,
      school_id: school,
      ...(random.unit() < 0.5 ? { sections_max: 5 + random.below(3) } : {}),
      ...(random.unit() < 0.4 ? { sections_min: 2 + random.below(3) } : {}),
      ...(random.unit() < 0.3 ? { preps_max: 3 + random.below(2) } : {}),
      ...(random.unit() < 0.2 ? { consecutive_max: 2 + random.below(2) } : {}),
      ...(random.unit() < 0.3 ? { planning_periods_min: 1 } : {}),
      ...(random.unit() < 0.4 ? { home_room: `${school}-R${random.below(8)}` } : {}),
      ...(random.unit() < 0.3 ? { unavailable: some(1) } : {}),
    });
    for (let c = 0; c < 12; c++)
      if (c % 7 === k || random.unit() < 0.35)
        t.teacher_courses.push({
          teacher_id,
          course_id: `${school}-C${c}`,
          ...(random.unit() < 0.8 ? { preference: random.below(4) } : {}),
          ...(random.unit() < 0.1 ? { sections_max: 2 } : {}),
        });
  }
}

function shareTeachers(t: Tables, random: Random, schools: readonly string[]): void {
  for (const teacher of t.teachers) {
    if (random.unit() > 0.25) continue;
    const other = schools[(schools.indexOf(teacher.school_id) + 1) % schools.length];
    teacher.schools = [teacher.school_id, other];
    delete teacher.preps_max;
    t.teacher_courses.push({
      teacher_id: teacher.teacher_id,
      course_id: `${other}-C${random.below(12)}`,
      preference: 3,
    });
  }
}

/** Links of four kinds in each district, all nine over any nine of them; each between courses that could keep it. */
function addLinks(t: Tables, random: Random, schools: readonly string[], seed: number): void {
  for (let i = 0; i < 4; i++) {
    const kind = LINKS[(seed * 4 + i) % LINKS.length];
    const school = schools[random.below(schools.length)];
    const own = t.courses.filter(({ course_id }) => course_id.startsWith(`${school}-C`));
    const many = random.unit() < 0.5 && kind !== "same_teacher" && kind !== "consecutive";
    const [a, b] = many ? own.slice(0, 2) : [own[4 + 2 * i], own[5 + 2 * i]];
    if (a === undefined || b === undefined || linked(t, a.course_id) || linked(t, b.course_id)) continue;
    if (kind !== "term_order" && kind !== "different_term") b.term = a.term;
    for (const key of ["periods_per_cycle", "room_features"] as const) {
      if (kind === "not_same_time" || kind === "term_order" || kind === "different_term") continue;
      if (a[key] === undefined) delete b[key];
      else Object.assign(b, { [key]: a[key] });
    }
    if (kind === "co_seated") Object.assign(b, { seats_max: 3 });
    if (kind === "co_seated") Object.assign(a, { seats_max: 4 });
    t.course_links.push({ link_id: `L${i}`, kind, courses: [a.course_id, b.course_id] });
    if (kind !== "same_teacher" && kind !== "co_seated") continue;
    for (const row of t.teacher_courses.filter(({ course_id }) => course_id === a.course_id))
      if (!t.teacher_courses.some((x) => x.teacher_id === row.teacher_id && x.course_id === b.course_id))
        t.teacher_courses.push({ teacher_id: row.teacher_id, course_id: b.course_id });
  }
}

const linked = (t: Tables, id: string): boolean => t.course_links.some(({ courses }) => courses.includes(id));

function addSections(t: Tables, random: Random): void {
  const free = t.courses.filter(({ course_id }) => !linked(t, course_id));
  for (const { course_id, school_id, seats_max } of free) {
    if (random.unit() < 0.6) continue;
    const teacher = t.teacher_courses.find((row) => row.course_id === course_id)?.teacher_id;
    const co = t.teachers.find((row) => row.school_id === school_id && row.teacher_id !== teacher)?.teacher_id;
    t.sections.push({
      section_id: `${course_id}-x`,
      course_id,
      ...(random.unit() < 0.3 && co !== undefined ? { co_teacher_ids: [co] } : {}),
      ...(random.unit() < 0.3 && teacher !== undefined ? { teacher_id: teacher, locked: ["teacher"] } : {}),
      ...(random.unit() < 0.3 ? { seats_max: seats_max - 1 } : {}),
      ...(random.unit() < 0.3 ? { reserved_for: "RED" } : {}),
      ...(random.unit() < 0.4 ? { inclusion_max_share: 0.3 + random.unit() / 2 } : {}),
    });
  }
}

function addStudents(t: Tables, random: Random, schools: readonly string[]): void {
  for (const school of schools) {
    const own = t.courses.filter((row) => row.school_id === school);
    const ids = Array.from({ length: 26 }, (_, i) => `${school}-p${i}`);
    const other = () => ids[random.below(ids.length)];
    for (const student_id of ids) {
      t.students.push({
        student_id,
        school_id: school,
        grade: random.unit() < 0.5 ? "11" : "12",
        extra: { group_frl: random.unit() < 0.4 ? "yes" : "no", group_ell: random.unit() < 0.1 ? "yes" : "" },
      });
      const wanted = [...random.shuffle(Int32Array.from(own, (_, i) => i))].slice(0, 4 + random.below(3));
      wanted.forEach((index, rank) => {
        const { course_id } = own[index];
        const kind = rank < 2 ? "required" : rank < wanted.length - 1 ? "elective" : "alternate";
        const listed = t.sections.find((row) => row.course_id === course_id)?.section_id;
        t.requests.push({
          student_id,
          course_id,
          kind,
          ...(random.unit() < 0.8 ? { rank: rank + 1 } : {}),
          ...(kind === "alternate" && random.unit() < 0.5 ? { alternate_for: own[wanted[0]].course_id } : {}),
          ...(listed !== undefined && random.unit() < 0.05 ? { locked_section_id: listed } : {}),
        });
      });
    }
    const slots = slotsOf(t, school);
    for (let i = 0; i < 4; i++) {
      t.student_rules.push({ student_id: other(), kind: "section_flag", value: "inclusion" });
      t.student_rules.push({ student_id: other(), kind: "team", value: "RED" });
    }
    const teacher = t.teachers.find((row) => row.school_id === school)?.teacher_id;
    t.student_rules.push({ student_id: other(), kind: "not_teacher", value: teacher });
    t.student_rules.push({ student_id: other(), kind: "free", value: "1" });
    t.student_rules.push({ student_id: other(), kind: "free", unavailable: [slots[0]] });
    t.student_rules.push({ student_id: ids[0], kind: "with", value: ids[1] });
    t.student_rules.push({ student_id: ids[2], kind: "apart", value: ids[3] });
  }
}

function addSettings(t: Tables, random: Random, settings: Settings): void {
  if (random.unit() < 0.5) settings.travel_min = random.unit() < 0.5 ? 6 : { N: { M: 25, O: 40 }, M: { O: 15 } };
  if (random.unit() < 0.4) settings.seats_over_max = 1;
  if (random.unit() < 0.4) settings.grade_factors = { 12: 1.5 };
  if (random.unit() < 0.4) settings.parity = { columns: ["group_frl", "group_ell"], weight: 0.5 };
  if (random.unit() < 0.4) settings.weights = { hole: 2, term_balance: 3, balance: 1, elective: 400 };
  const days = new Set(t.periods.map((row) => row.day));
  if (random.unit() < 0.4)
    settings.lunch = {
      waves: ["2", "3"].map((period) => [...days].map((day) => `${day}:${period}`)),
      ...(random.unit() < 0.5 ? { grades: { 11: 0 } } : {}),
    };
}
