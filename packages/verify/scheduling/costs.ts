import type { Report } from "../report.ts";
import type { Placed, Reading, Schedule } from "./reading.ts";

/** Weights where neither the district nor the scenario says otherwise, as the engine's MODEL.md states them. */
const WEIGHTS = {
  required: 1000,
  elective: 300,
  alternate: 100,
  complete: 100,
  section: 20,
  over_cap: 40,
  sections_min: 10,
  preference: 2,
  prep: 1,
  home_room: 0.5,
  balance: 0.2,
  term_balance: 0.5,
  hole: 0.5,
  moved_student: 0,
  moved_teacher: 0,
  moved_room: 0,
  moved_time: 0,
};
export type Weights = Readonly<Record<keyof typeof WEIGHTS, number>>;

export function weightsOf({ dataset, plan }: Reading): Weights {
  const { weights, price_moved_student } = dataset.settings.scheduling;
  const merged = { ...WEIGHTS, ...weights, ...plan.scenario.settings.weights };
  return { ...merged, moved_student: price_moved_student ?? merged.moved_student };
}

/** Each cost of the objective, recomputed from the plan's rows, as a figure. @returns their sum */
export function costs(reading: Reading, report: Report, movedStudents: number): number {
  const weights = weightsOf(reading);
  const parts: Readonly<Record<string, number>> = {
    cost_sections: weights.section * opened(reading),
    cost_over_cap: weights.over_cap * beyondSeats(reading),
    cost_sections_min: weights.sections_min * missingSections(reading),
    cost_preference: weights.preference * preferenceSteps(reading),
    cost_preps: weights.prep * preparations(reading),
    cost_home_rooms: weights.home_room * awayFromHome(reading),
    cost_balance: weights.balance * unevenness(reading, (section) => section.roster.length),
    cost_parity: parityWeight(reading) * unevenGroups(reading),
    cost_parity_met: parityMetWeight(reading) * requestsShort(reading),
    cost_term_balance: weights.term_balance * sum(reading, unevenTerms),
    cost_holes: weights.hole * sum(reading, holes),
    cost_moved:
      weights.moved_student * movedStudents +
      weights.moved_teacher * moved(reading, ["teacher_id"]) +
      weights.moved_room * moved(reading, ["room_id"]) +
      weights.moved_time * moved(reading, ["pattern_id", "term_id"]),
  };
  for (const [name, value] of Object.entries(parts)) report.figure(name, value, { absolute: 0.001 });
  return Object.values(parts).reduce((a, b) => a + b);
}

const sum = (reading: Reading, cost: (reading: Reading, schedule: Schedule) => number): number =>
  [...reading.schedules.values()].reduce((total, schedule) => total + cost(reading, schedule), 0);

/** Sections that the district neither lists nor asks for by number. */
const opened = ({ sections }: Reading): number =>
  sections.filter(({ course, listed }) => listed === undefined && course !== undefined && course.sections === undefined)
    .length;

const beyondSeats = ({ sections }: Reading): number =>
  sections.reduce((total, { row, roster }) => total + Math.max(0, roster.length - (row.seats_max ?? roster.length)), 0);

/** Teachers of the plan's schools, each leaf term: how many sections, co-taught ones too, fewer than `sections_min`. */
function missingSections({ dataset, schools, byTeacher, leaves }: Reading): number {
  let missing = 0;
  for (const { teacher_id, school_id, schools: others = [], sections_min } of dataset.tables.teachers) {
    if (sections_min === undefined || ![school_id, ...others].some((id) => schools.has(id))) continue;
    for (const leaf of leaves) {
      const count = (byTeacher.get(teacher_id) ?? []).filter((section) => section.leaves.includes(leaf)).length;
      if (count < sections_min) missing += sections_min - count;
    }
  }
  return missing;
}

function preferenceSteps({ dataset, sections }: Reading): number {
  const given = new Map(
    dataset.tables.teacher_courses.map((row) => [`${row.teacher_id} ${row.course_id}`, row.preference ?? 1]),
  );
  return sections.reduce((total, { row }) => total + 3 - (given.get(`${row.teacher_id} ${row.course_id}`) ?? 3), 0);
}

/** Different courses of each main teacher in each leaf term. */
const preparations = ({ sections }: Reading): number =>
  new Set(
    sections.flatMap(({ row, leaves }) =>
      row.teacher_id === undefined ? [] : leaves.map((leaf) => `${leaf} ${row.teacher_id} ${row.course_id}`),
    ),
  ).size;

function awayFromHome({ dataset, sections, schools }: Reading): number {
  const here = new Set(dataset.tables.rooms.filter((room) => schools.has(room.school_id)).map((room) => room.room_id));
  const home = new Map(dataset.tables.teachers.map((teacher) => [teacher.teacher_id, teacher.home_room ?? ""]));
  return sections.filter(({ row }) => {
    const own = home.get(row.teacher_id ?? "") ?? "";
    return here.has(own) && own !== row.room_id;
  }).length;
}

/** Course by course: n · variance of the counts of its sections, = Σ n² − (Σ n)² / sections. */
function unevenness({ byCourse }: Reading, count: (section: Placed) => number): number {
  let total = 0;
  for (const sections of byCourse.values()) {
    const counts = sections.map(count);
    const all = counts.reduce((a, b) => a + b, 0);
    total += counts.reduce((squares, n) => squares + n * n, 0) - (all * all) / counts.length;
  }
  return total;
}

function parityWeight({ dataset }: Reading): number {
  const { parity } = dataset.settings.scheduling;
  return parity === undefined ? 0 : (parity.weight ?? 1);
}

const parityMetWeight = ({ dataset }: Reading): number =>
  dataset.settings.scheduling.parity?.requests_met_weight ?? (dataset.settings.scheduling.parity ? 100 : 0);

/** Requests that each group lacks to its school's share of requests met, over the columns of the parity goal. */
function requestsShort({ dataset, schedules, byId }: Reading): number {
  const columns = dataset.settings.scheduling.parity?.columns ?? [];
  if (columns.length === 0) return 0;
  const served = [...schedules.values()].map(({ student, requests, enrollments }) => {
    const main = enrollments.filter(({ kind }) => kind !== "alternate");
    const taken = new Set(main.map((row) => byId.get(row.section_id)?.row.course_id));
    const wanted = requests.filter(({ kind }) => kind !== "alternate");
    return { student, asked: wanted.length, met: wanted.filter(({ course_id }) => taken.has(course_id)).length };
  });
  const all = (group: typeof served) => ({
    asked: group.reduce((total, { asked }) => total + asked, 0),
    met: group.reduce((total, { met }) => total + met, 0),
  });
  let short = 0;
  for (const school of Map.groupBy(served, ({ student }) => student.school_id).values()) {
    const whole = all(school);
    for (const column of columns) {
      const groups = Map.groupBy(school, ({ student }) => student.extra?.[column] ?? "");
      groups.delete("");
      for (const group of groups.values()) {
        const { asked, met } = all(group);
        if (whole.asked > 0) short += Math.max(0, (whole.met / whole.asked) * asked - met);
      }
    }
  }
  return short;
}

function unevenGroups(reading: Reading): number {
  const { students } = reading.dataset.tables;
  return (reading.dataset.settings.scheduling.parity?.columns ?? []).reduce((total, column) => {
    const members = Map.groupBy(students, (student) => student.extra?.[column] ?? "");
    members.delete("");
    return [...members.values()].reduce((inner, group) => {
      const ids = new Set(group.map(({ student_id }) => student_id));
      return inner + unevenness(reading, ({ roster }) => roster.filter((row) => ids.has(row.student_id)).length);
    }, total);
  }, 0);
}

/** Class slots of the student's fullest leaf term less those of the emptiest. */
function unevenTerms({ leaves }: Reading, { placed }: Schedule): number {
  const atoms = [...new Set(placed.flatMap((section) => [...section.atoms]))];
  const counts = leaves.map((leaf) => atoms.filter((atom) => atom.startsWith(`${leaf}/`)).length);
  return counts.length === 0 ? 0 : Math.max(...counts) - Math.min(...counts);
}

/** Free class slots between two classes of a day in a leaf term, where the student could be and that are of no lunch wave. */
function holes({ dataset, days, leaves }: Reading, { student, placed, rules }: Schedule): number {
  if (placed.length === 0) return 0;
  const busy = new Set(placed.flatMap(({ atoms }) => [...atoms]));
  const excused = new Set([
    ...(dataset.settings.scheduling.lunch?.waves ?? []).flat(),
    ...rules.flatMap((rule) => rule.unavailable ?? []),
  ]);
  let total = 0;
  for (const day of days.get(student.school_id)?.values() ?? [])
    for (const leaf of leaves) {
      const slots = day.filter((slot) => slot !== null);
      const inClass = slots.flatMap((slot, at) => (busy.has(`${leaf}/${slot}`) ? [at] : []));
      if (inClass.length < 2) continue;
      const between = slots.slice(inClass[0], inClass.at(-1));
      total += between.filter((slot) => !busy.has(`${leaf}/${slot}`) && !excused.has(slot)).length;
    }
  return total;
}

type Column = "teacher_id" | "room_id" | "pattern_id" | "term_id";

/** Sections that today's schedule has too, where it fills the columns and one of them differs. A district without terms has none to fill. */
function moved({ dataset, byId }: Reading, columns: readonly Column[]): number {
  return dataset.tables.today_sections.filter((then) => {
    const now = byId.get(then.section_id)?.row;
    if (now === undefined) return false;
    const filled = columns.every(
      (column) => then[column] !== undefined || (column === "term_id" && now.term_id === undefined),
    );
    return filled && columns.some((column) => then[column] !== now[column]);
  }).length;
}
