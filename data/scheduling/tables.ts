import type { Random } from "@trivium/engine";
import type { TableRow } from "@trivium/model";
import { cells, PATTERNS, SLOTS, slotId } from "./day.ts";
import { type HiddenPlan, teachingLoad } from "./hidden.ts";
import { INCLUSIVE_COURSES } from "./inclusion.ts";
import { byCourse, type Section, type Teacher } from "./master.ts";

/** Seats of each course: enough for its fullest section, and over the whole school 9 % more than are taken. */
export function drawSeats(random: Random, plan: HiddenPlan): Map<string, number> {
  const courses = byCourse(plan.sections);
  const seats = new Map(
    [...courses].map(([id, sections]) => [id, Math.max(...sections.map(({ roster }) => roster.size))]),
  );
  const taken = plan.sections.reduce((sum, { roster }) => sum + roster.size, 0);
  let given = [...courses].reduce((sum, [id, sections]) => sum + (seats.get(id) ?? 0) * sections.length, 0);
  const ids = [...courses.keys()];
  while (1 - taken / given < 0.09) {
    const id = ids[random.below(ids.length)];
    seats.set(id, (seats.get(id) ?? 0) + 1);
    given += courses.get(id)?.length ?? 0;
  }
  return seats;
}

/** Courses whose number of sections the district leaves open: never those with listed sections or links. */
export function courseRows(
  random: Random,
  schoolId: string,
  plan: HiddenPlan,
  seats: ReadonlyMap<string, number>,
  fixed: ReadonlySet<string>,
): TableRow<"courses">[] {
  return [...byCourse(plan.sections)].map(([id, sections]) => {
    const { title, department, length, shape, feature, grades, core } = sections[0].course;
    const open = !fixed.has(id) && random.unit() < 0.4;
    return {
      course_id: id,
      school_id: schoolId,
      title,
      department,
      credits: (length === "year" ? 1 : 0.5) * (shape === "single" ? 1 : 2),
      term: length,
      seats_max: seats.get(id) ?? 0,
      ...(open ? { sections_max: sections.length + 1 } : { sections: sections.length }),
      ...(shape === "single"
        ? {}
        : { patterns_allowed: PATTERNS.filter((each) => each.shape === shape).map((each) => each.id) }),
      ...(feature ? { room_features: [feature] } : {}),
      grade_levels: [...grades],
      priority: core ? 20 : title.startsWith("AP") ? 30 : 60,
      periods_per_cycle: shape === "single" ? 1 : 2,
    };
  });
}

export function teacherRows(random: Random, schoolId: string, plan: HiddenPlan): TableRow<"teachers">[] {
  return plan.teachers.map((teacher) => {
    const load = Math.max(teachingLoad(teacher, "S1"), teachingLoad(teacher, "S2"));
    const fullTime = teacher.away.length === 0 && teacher.slotsMax === 6;
    const free = Array.from({ length: SLOTS }, (_, slot) => slot).filter(
      (slot) => (cells([slot], "Y") & teacher.busy) === 0,
    );
    const alsoAway = fullTime && random.unit() < 0.08 ? [free[random.below(free.length)]] : [];
    const home = homeRoom(teacher);
    return {
      teacher_id: teacher.id,
      school_id: schoolId,
      sections_max: fullTime ? Math.max(6, load) : load,
      ...(fullTime && load >= 5 && teacher.units.length > 0 ? { sections_min: 2 } : {}),
      preps_max: Math.max(3, prepsOf(teacher)),
      consecutive_max: 3,
      ...(home ? { home_room: home } : {}),
      ...(teacher.away.length + alsoAway.length > 0 ? { unavailable: [...teacher.away, ...alsoAway].map(slotId) } : {}),
      fte: fullTime ? 1 : 0.5,
      ...(fullTime && alsoAway.length === 0 ? { planning_periods_min: 2 } : {}),
    };
  });
}

const coursesOf = (teacher: Teacher): string[] => [
  ...new Set(teacher.units.flatMap(({ sections }) => sections.map(({ course }) => course.id))),
];

function prepsOf(teacher: Teacher): number {
  const sections = teacher.units.flatMap((unit) => unit.sections);
  const preps = (term: "S1" | "S2") =>
    new Set(sections.filter((section) => section.term === "Y" || section.term === term).map(({ course }) => course.id))
      .size;
  return Math.max(preps("S1"), preps("S2"));
}

function homeRoom(teacher: Teacher): string | undefined {
  const rooms = teacher.units.map(({ room }) => room.id);
  const count = (id: string) => rooms.filter((other) => other === id).length;
  return rooms.toSorted((a, b) => count(b) - count(a))[0];
}

/** Who teaches a course in the hidden plan is qualified for it, and so is about every third colleague of the department. */
export function qualificationRows(random: Random, plan: HiddenPlan): TableRow<"teacher_courses">[] {
  const courses = [...byCourse(plan.sections)];
  return plan.teachers.flatMap((teacher) => {
    const own = coursesOf(teacher);
    const rows = courses
      .filter(
        ([id, [{ course }]]) => own.includes(id) || (course.department === teacher.department && random.unit() < 0.3),
      )
      .map(([course_id]) => ({
        teacher_id: teacher.id,
        course_id,
        preference: own.includes(course_id) ? 1 + random.below(3) : random.below(4),
      }));
    // Small languages are taught in one room at one time: nobody likes half of that better than the other half.
    const small = rows.find((row) => row.course_id === "GERM3");
    return rows.map((row) => (row.course_id === "GERM4" && small ? { ...row, preference: small.preference } : row));
  });
}

export function roomRows(random: Random, schoolId: string, plan: HiddenPlan): TableRow<"rooms">[] {
  return plan.rooms.map((room) => {
    const free = Array.from({ length: SLOTS }, (_, slot) => slot).filter(
      (slot) => (cells([slot], "Y") & room.busy) === 0,
    );
    const closed = free.length > 0 && random.unit() < 0.1 ? [slotId(free[random.below(free.length)])] : [];
    return {
      room_id: room.id,
      school_id: schoolId,
      building: room.building,
      capacity: room.capacity,
      ...(room.feature ? { features: [room.feature] } : {}),
      department: room.department,
      ...(closed.length > 0 ? { unavailable: closed } : {}),
    };
  });
}

/**
 * Sections that the district has settled beforehand: all of the inclusive courses (shares, co-teachers, the team's),
 * and a few singletons with some columns locked.
 */
export function sectionRows(random: Random, plan: HiddenPlan): TableRow<"sections">[] {
  const courses = byCourse(plan.sections);
  const inclusive = plan.sections.filter(({ course }) => INCLUSIVE_COURSES.includes(course.id));
  const singletons = random.shuffle([...courses.values()].filter(({ length }) => length === 1).map(([only]) => only));
  const locked = singletons.slice(0, Math.max(4, Math.round(singletons.length / 7)));
  return [...inclusive.map(inclusiveRow), ...locked.map((section) => lockedRow(random, section))];
}

function inclusiveRow(section: Section): TableRow<"sections"> {
  const share = section.flagged / Math.max(1, section.roster.size);
  const usual = section.coTeacher ? 0.45 : 0.2;
  return {
    section_id: section.id,
    course_id: section.course.id,
    ...(section.coTeacher ? { co_teacher_ids: [section.coTeacher.id] } : {}),
    ...(section.team ? { reserved_for: section.team } : {}),
    inclusion_max_share: Math.max(usual, Math.ceil(share * 20) / 20),
  };
}

function lockedRow(random: Random, section: Section): TableRow<"sections"> {
  const kind = random.below(3);
  const base = { section_id: section.id, course_id: section.course.id };
  if (kind === 0) return { ...base, teacher_id: section.teacher.id, locked: ["teacher"] };
  const time = { term_id: section.term, pattern_id: section.pattern.id };
  if (kind === 1) return { ...base, ...time, locked: ["pattern"] };
  return {
    ...base,
    ...time,
    teacher_id: section.teacher.id,
    room_id: section.room.id,
    locked: ["pattern", "teacher", "room"],
  };
}
