import { mayStand } from "../../constraints/rules.ts";
import { type Effort, eject } from "../../loading/eject.ts";
import { listAt } from "../../problem/lists.ts";
import type { Outcome } from "../../steps/outcome.ts";
import { reseat } from "../../steps/reseat.ts";
import type { Trial } from "../../steps/trial.ts";
import type { Candidate } from "./candidate.ts";
import type { Spared } from "./spare.ts";

const CHAINS: Effort = { depth: 1, reloads: 16 };
/** Sections of a course that are tried as the one that is closed: the emptiest. */
const CLOSED_TRIED = 3;

/** What came of a candidate at one place. */
export interface Tried {
  readonly outcome: Outcome;
  readonly section: number;
  readonly time: number;
  readonly teacher: number;
  readonly room: number;
  readonly lacks: readonly ("teacher" | "room")[];
}

/** Every place of a candidate, done and re-seated, one by one. */
export function* tryCandidate(
  trial: Trial,
  spared: Spared,
  { kind, of }: Candidate,
  only: number = -1,
): Generator<Tried> {
  switch (kind) {
    case "section_more":
      return yield* openings(trial, spared.spare[of], -1);
    case "section_fewer":
      return yield* closings(trial, of);
    case "teacher_section":
      return yield* withMoreLoad(trial, of, () => teacherOpenings(trial, spared, of, only));
    case "seat":
      return yield* seat(trial, of);
    case "moved_period":
      return yield* otherTimes(trial, of);
  }
}

/** A closed unit opened at every time that it may take, by this teacher or (−1) any. */
function* openings(trial: Trial, unit: number, teacher: number): Generator<Tried> {
  const { schedule, placer, rules } = trial;
  const { units, hasTeachers, hasRooms, sections } = schedule.school;
  const section = units.sections.items[units.sections.start[unit]];
  for (const time of listAt(units.times, unit)) {
    let lacks: ("teacher" | "room")[] = [];
    const outcome = attemptFilling(trial, sections.course[section], () => {
      const staffed = teacher < 0 ? placer.place(unit, time) : placer.placeWith(unit, time, teacher);
      if (!staffed) {
        const free = (list: readonly number[], may: (one: number) => boolean) => list.find(may) ?? -1;
        const who =
          teacher < 0 && hasTeachers
            ? free(listAt(units.teachers, unit), (one) => mayStand(schedule, rules, unit, time, one, -1))
            : teacher;
        const where = hasRooms
          ? free(listAt(units.rooms, unit), (one) => mayStand(schedule, rules, unit, time, -1, one))
          : -1;
        if (teacher >= 0 && !mayStand(schedule, rules, unit, time, teacher, -1)) return false;
        // A teacher and a room are free, yet not for each other: it is the room that another one would do for.
        const room = who >= 0 && where >= 0 && !mayStand(schedule, rules, unit, time, who, where) ? -1 : where;
        if (!mayStand(schedule, rules, unit, time, who, room)) return false;
        lacks = [
          ...(hasTeachers && who < 0 ? (["teacher"] as const) : []),
          ...(hasRooms && room < 0 ? (["room"] as const) : []),
        ];
        schedule.place(unit, time, who, room);
      }
      return true;
    });
    if (outcome) yield { outcome, section, time, ...staff(outcome, section, trial), lacks };
  }
}

/** Teacher and room of the section as it was placed. */
function staff({ steps }: Outcome, section: number, { schedule }: Trial): Pick<Tried, "teacher" | "room"> {
  const { sections, teachers, rooms } = schedule.school;
  const step = steps.find((each) => each.step === "place" && each.section_id === sections.ids[section]);
  if (step?.step !== "place") return { teacher: -1, room: -1 };
  return {
    teacher: step.teacher_id === null ? -1 : teachers.ids.indexOf(step.teacher_id),
    room: step.room_id === null ? -1 : rooms.ids.indexOf(step.room_id),
  };
}

/**
 * An attempt, and whoever it has room for. Chains weigh alternates and complete schedules too: where that costs more requests than it
 * meets, the new places stay empty.
 */
function attemptFilling(trial: Trial, course: number, act: () => boolean): Outcome | null {
  const filled = trial.attempt(() => {
    if (!act()) return false;
    fill(trial, course);
    return true;
  });
  return filled && filled.lost.length > filled.met.length ? trial.attempt(act) : filled;
}

/** Whoever lacks anything and asks for the course is seated anew, then helped by chains. */
function fill({ schedule, loader, random }: Trial, course: number): void {
  const { requests, students } = schedule.school;
  const lacking = new Set(Array.from(schedule.unmet.subarray(0, schedule.unmetCount), (q) => requests.student[q]));
  const waiting: number[] = [];
  for (const student of [...lacking].sort((a, b) => a - b))
    for (let q = students.requestStart[student]; q < students.requestStart[student + 1]; q++)
      if (requests.course[q] === course) waiting.push(student);
  const helped = waiting.filter((student) => !loader.improve(student));
  for (const student of helped) eject(schedule, loader, random, student, CHAINS);
}

function* closings(trial: Trial, course: number): Generator<Tried> {
  const { schedule, placer, loader, random } = trial;
  const { sections, courses } = schedule.school;
  const placed = listAt(courses.sections, course)
    .filter((section) => schedule.time[sections.unit[section]] >= 0)
    .sort((a, b) => schedule.enrolled[a] - schedule.enrolled[b] || a - b);
  for (const section of placed.slice(0, CLOSED_TRIED)) {
    const unit = sections.unit[section];
    const [time, teacher, room] = [schedule.time[unit], schedule.teacher[unit], schedule.room[unit]];
    const outcome = trial.attempt(() => {
      placer.remove(unit);
      reseat(schedule, loader, random, [unit], CHAINS);
      return true;
    });
    if (outcome) yield { outcome, section, time, teacher, room, lacks: [] };
  }
}

/** With one section more allowed to the teacher, while the generator runs. */
function* withMoreLoad({ schedule }: Trial, teacher: number, run: () => Generator<Tried>): Generator<Tried> {
  const { sectionsMax } = schedule.school.teachers;
  sectionsMax[teacher]++;
  try {
    yield* run();
  } finally {
    sectionsMax[teacher]--;
  }
}

function* teacherOpenings(trial: Trial, { spare }: Spared, teacher: number, only: number): Generator<Tried> {
  const { courses } = trial.schedule.school;
  for (let course = 0; course < courses.ids.length; course++) {
    if (only >= 0 && course !== only) continue;
    if (courses.demand[course] > 0 && listAt(courses.teachers, course).includes(teacher))
      yield* openings(trial, spare[course], teacher);
  }
}

function* seat(trial: Trial, section: number): Generator<Tried> {
  const { schedule } = trial;
  const { sections, rooms } = schedule.school;
  const unit = sections.unit[section];
  const room = schedule.room[unit];
  const small = room >= 0 && schedule.unitEnrolled[unit] >= rooms.capacity[room];
  if (small) rooms.capacity[room]++;
  const outcome = trial.withSeat([section], () => attemptFilling(trial, sections.course[section], () => true));
  if (small) rooms.capacity[room]--;
  const [time, teacher] = [schedule.time[unit], schedule.teacher[unit]];
  if (outcome) yield { outcome, section, time, teacher, room, lacks: small ? ["room"] : [] };
}

function* otherTimes(trial: Trial, section: number): Generator<Tried> {
  const { schedule, placer, loader, random } = trial;
  const { sections, units } = schedule.school;
  const unit = sections.unit[section];
  const [was, who, where] = [schedule.time[unit], schedule.teacher[unit], schedule.room[unit]];
  for (const time of listAt(units.times, unit)) {
    if (time === was) continue;
    const outcome = trial.attempt(() => {
      placer.remove(unit);
      const stands = placer.placeIn(unit, time, who, where) || placer.place(unit, time, who);
      if (!stands) return false;
      reseat(schedule, loader, random, [...new Set(placer.changed)], CHAINS);
      return true;
    });
    if (outcome) yield { outcome, section, time, ...staff(outcome, section, trial), lacks: [] };
  }
}
