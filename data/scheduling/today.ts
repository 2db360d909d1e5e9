import type { Random } from "@trivium/engine";
import type { TableRow } from "@trivium/model";
import { cells, LUNCH_WAVES } from "./day.ts";
import type { HiddenPlan } from "./hidden.ts";
import { loadStudents } from "./loading.ts";
import type { Unit } from "./master.ts";

type Rows = { readonly sections: TableRow<"today_sections">[]; readonly enrollments: TableRow<"today_enrollments">[] };
type Rule = TableRow<"student_rules">;

/** What today's schedule is made from. */
export interface TodayInput {
  readonly plan: HiddenPlan;
  readonly requests: readonly TableRow<"requests">[];
  readonly rules: readonly Rule[];
  readonly seats: ReadonlyMap<string, number>;
  readonly teachers: readonly TableRow<"teachers">[];
  readonly rooms: readonly TableRow<"rooms">[];
  readonly listed: readonly TableRow<"sections">[];
  /** Courses whose times may not be moved apart: linked ones. */
  readonly linked: ReadonlySet<string>;
}

/** Share of the units whose time differs from the hidden plan's: the work of another hand. */
const MOVED_SHARE = 0.12;

/**
 * Today's schedule: the master as another hand left it, students loaded one after the other in order of grade and name,
 * each as well as the seats left allow, then conflicts chased one by one. Legal, and a few requests in a hundred short.
 */
export function drawToday(random: Random, input: TodayInput): Rows {
  moveUnits(random, input);
  const { rosters, enrollments } = loadStudents(random, input);
  return {
    sections: input.plan.sections.map((section) => ({
      section_id: section.id,
      course_id: section.course.id,
      term_id: section.term,
      pattern_id: section.pattern.id,
      teacher_id: section.teacher.id,
      ...(section.coTeacher ? { co_teacher_ids: [section.coTeacher.id] } : {}),
      room_id: section.room.id,
      seats_max: input.seats.get(section.course.id),
      enrolled: rosters.get(section)?.size ?? 0,
    })),
    enrollments,
  };
}

/** Swaps the times of two units that need the same kind of room, while both teachers can and the same rooms serve. */
function moveUnits(random: Random, { plan, listed, linked, teachers }: TodayInput): void {
  const locked = new Set(listed.filter((row) => row.locked).map((row) => row.course_id));
  const away = new Map(teachers.map((row) => [row.teacher_id, row.unavailable ?? []]));
  const movable = plan.units.filter((unit) =>
    unit.sections.every(({ course, coTeacher }) => !locked.has(course.id) && !linked.has(course.id) && !coTeacher),
  );
  let left = Math.round((movable.length * MOVED_SHARE) / 2);
  for (let tries = 0; left > 0 && tries < 40_000; tries++) {
    const a = movable[random.below(movable.length)];
    const b = movable[random.below(movable.length)];
    if (a.teacher === b.teacher || a.pattern === b.pattern || a.pattern.shape !== b.pattern.shape) continue;
    if (a.sections[0].course.feature !== b.sections[0].course.feature) continue;
    if (!canTake(a, b, away) || !canTake(b, a, away) || !roomsServe(a, b)) continue;
    swap(a, b);
    left--;
  }
}

/** Whether `unit`'s teacher could teach at the time of `other` instead: free then, within three blocks a day, fed. */
function canTake(unit: Unit, other: Unit, away: ReadonlyMap<string, readonly string[]>): boolean {
  const { teacher } = unit;
  const busy = teacher.busy & ~cells(unit.pattern.slots, "Y");
  const mask = cells(other.pattern.slots, "Y");
  if ((busy & mask) !== 0 || (away.get(teacher.id) ?? []).length > 0) return false;
  if (other.pattern.slots.some((slot) => LUNCH_WAVES[teacher.lunchWave].includes(slot))) return false;
  const taught = (day: number) =>
    Array.from({ length: 5 }, (_, block) => day * 5 + block).filter((slot) => (busy | mask) & (1 << slot)).length;
  return taught(0) <= 3 && taught(1) <= 3;
}

/** The two swap rooms with their times, so capacity is all that can fail. */
function roomsServe(a: Unit, b: Unit): boolean {
  const size = (unit: Unit) => Math.max(...unit.sections.map((section) => section.planned));
  return a.room.capacity >= size(b) && b.room.capacity >= size(a);
}

function swap(a: Unit, b: Unit): void {
  for (const unit of [a, b]) unit.teacher.busy &= ~cells(unit.pattern.slots, "Y");
  [a.pattern, b.pattern] = [b.pattern, a.pattern];
  [a.room, b.room] = [b.room, a.room];
  for (const unit of [a, b]) {
    unit.teacher.busy |= cells(unit.pattern.slots, "Y");
    for (const section of unit.sections) {
      section.pattern = unit.pattern;
      section.mask = cells(unit.pattern.slots, section.term);
      section.room = unit.room;
    }
  }
}
