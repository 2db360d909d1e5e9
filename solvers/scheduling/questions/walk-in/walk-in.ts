import type { Answer, Question } from "@trivium/engine";
import { InputError, type MovedSeat, type Plan, type WalkInSchedule } from "@trivium/model";
import { maySit } from "../../constraints/rules.ts";
import type { SchedulingProblem } from "../../problem/problem.ts";
import type { Schedule } from "../../schedule/schedule.ts";
import type { Trial } from "../../steps/trial.ts";
import { warmSchedules } from "../warm.ts";
import { bestSchedules, type Found, type Option, type Wish } from "./best-schedules.ts";
import { SeatFinder } from "./free-seat.ts";
import { mayJoin, shareHolds } from "./may-join.ts";

const MOST_ANSWERS = 10;
const MOST_MOVES = 3;

/**
 * `{ kind: "walk_in", student_id?, courses?, school_id?, count?, moves? }`: the best schedules for one student without moving anyone, and what
 * up to `moves` (3) moves of others, who lose nothing, would add. A student of the plan gives up the seats held now; `courses` (ids, the
 * worthiest first) replace the requests on file, and without `student_id` they are a newcomer's.
 */
export function walkIn(problem: SchedulingProblem, plan: Plan<"scheduling">, question: Question): Answer {
  const asked = readQuestion(question);
  const { trials } = warmSchedules(problem, plan.decisions);
  const trial = trials.find(({ schedule: { school } }) =>
    asked.studentId === undefined
      ? asked.courses?.some((id) => school.courses.ids.includes(id))
      : school.students.ids.includes(asked.studentId),
  );
  if (!trial)
    throw new InputError(
      "unknown-student",
      "no school here has this student or these courses. Maybe the ids are written otherwise?",
      { path: "student_id", values: { student_id: asked.studentId, courses: asked.courses } },
    );
  const { schedule } = trial;
  const student = asked.studentId === undefined ? -1 : schedule.school.students.ids.indexOf(asked.studentId);
  const wishes = asked.courses
    ? asked.courses.map((id, rank) => wishFor(trial, student, id, rank))
    : ownWishes(trial, student);
  const { total } = schedule;
  try {
    const held = student < 0 ? [] : takeOut(schedule, student);
    const open = wishes.map((wish) => ({ ...wish, options: optionsFor(trial, student, wish, held).filter(hasSeat) }));
    const found = bestSchedules(schedule, student, open, asked.count);
    return {
      student_id: asked.studentId ?? null,
      schedules: found.map((each) => describe(trial, wishes, each, [])),
      with_moves: asked.moves === 0 ? [] : withMoves(trial, student, wishes, held, found[0], asked),
    };
  } finally {
    schedule.undo(0, total);
  }

  function hasSeat({ section }: Option): boolean {
    return schedule.seatsLeft(section) > 0;
  }
}

/** Takes a student out of every class. @returns those that may not be left: without them too many of the others would be flagged */
function takeOut(schedule: Schedule, student: number): number[] {
  const { requestStart } = schedule.school.students;
  const left: number[] = [];
  for (let q = requestStart[student]; q < requestStart[student + 1]; q++) {
    if (schedule.choice[q] >= 0) left.push(schedule.choice[q]);
    schedule.sit(q, -1);
  }
  return left.filter((section) => !shareHolds(schedule, section, 0, 0));
}

/** Schedules that meet more than the best one without moves, each with the moves that make its seats. */
function withMoves(
  trial: Trial,
  student: number,
  wishes: readonly Wish[],
  held: readonly number[],
  best: Found,
  asked: Asked,
): WalkInSchedule[] {
  if (best.options.every((option) => option !== null)) return [];
  const { schedule } = trial;
  const finder = new SeatFinder(trial, student);
  const wider = wishes.map((wish, i) => ({
    ...wish,
    options: optionsFor(trial, student, wish, held).flatMap((option) => {
      if (schedule.seatsLeft(option.section) > 0) return [option];
      const moves = seatCost(trial, finder, option.section, best.options[i] === null ? asked.moves : 1);
      return moves === null ? [] : [{ ...option, moves }];
    }),
  }));
  const found: WalkInSchedule[] = [];
  for (const each of bestSchedules(schedule, student, wider, 2 * asked.count, asked.moves)) {
    if (each.value <= best.value + 1e-9 || found.length === asked.count) break;
    const moves = allSeats(trial, student, each, asked.moves);
    if (moves) found.push(describe(trial, wishes, each, moves));
  }
  return found;
}

function seatCost({ schedule }: Trial, finder: SeatFinder, section: number, most: number): number | null {
  const mark = schedule.mark();
  const { total } = schedule;
  const moves = finder.free(section, most)?.length ?? null;
  schedule.undo(mark, total);
  return moves;
}

/** Frees every seat of a schedule, one after the other on what the last left; null where they do not go together. */
function allSeats(trial: Trial, student: number, { options }: Found, most: number): MovedSeat[] | null {
  const { schedule } = trial;
  const mark = schedule.mark();
  const { total } = schedule;
  const finder = new SeatFinder(trial, student);
  const moves: MovedSeat[] = [];
  let whole = true;
  for (const option of options) {
    if (option === null || schedule.seatsLeft(option.section) > 0) continue;
    const more = finder.free(option.section, most - moves.length);
    if (more) moves.push(...more);
    else whole = false;
  }
  const seats = options.every((option) => option === null || schedule.seatsLeft(option.section) > 0);
  const movers = new Set(moves.map((move) => `${move.student_id}/${move.course_id}`));
  schedule.undo(mark, total);
  return whole && seats && movers.size === moves.length ? moves : null;
}

interface Asked {
  readonly studentId: string | undefined;
  readonly courses: readonly string[] | undefined;
  readonly count: number;
  readonly moves: number;
}

function readQuestion(question: Question): Asked {
  const { student_id: studentId, courses, count, moves } = question;
  const isText = (value: unknown): value is string => typeof value === "string" && value !== "";
  if (studentId !== undefined && !isText(studentId)) throw bad("student_id", "an id", studentId);
  if (courses !== undefined && !(Array.isArray(courses) && courses.every(isText)))
    throw bad("courses", "a list of course ids", courses);
  if (studentId === undefined && courses === undefined)
    throw bad("student_id", "a student_id, or courses for a newcomer", studentId);
  if (count !== undefined && !(Number.isInteger(count) && Number(count) >= 1))
    throw bad("count", "a whole number from 1", count);
  if (moves !== undefined && !(Number.isInteger(moves) && Number(moves) >= 0 && Number(moves) <= MOST_MOVES))
    throw bad("moves", `a whole number from 0 to ${MOST_MOVES}`, moves);
  return {
    studentId,
    courses: courses as readonly string[] | undefined,
    count: Math.min(MOST_ANSWERS, Number(count ?? 3)),
    moves: Number(moves ?? MOST_MOVES),
  };
}

function bad(path: string, expected: string, value: unknown): InputError {
  return new InputError(
    "bad-question",
    `walk_in expects ${path} to be ${expected}. Maybe it was left out or misspelt?`,
    {
      path,
      values: { value },
    },
  );
}

function ownWishes({ schedule }: Trial, student: number): Wish[] {
  const { students, requests } = schedule.school;
  const wishes: Wish[] = [];
  for (let q = students.requestStart[student]; q < students.requestStart[student + 1]; q++) {
    if (requests.kind[q] === 2) continue;
    wishes.push({ course: requests.course[q], request: q, value: requests.value[q], options: [] });
  }
  return wishes;
}

/** Worth of a newcomer's wishes: the first a little more than the next. */
const worthOfRank = (rank: number): number => 1000 - 10 * rank;

function wishFor({ schedule }: Trial, student: number, id: string, rank: number): Wish {
  const { courses, students, requests } = schedule.school;
  const course = courses.ids.indexOf(id);
  if (course < 0)
    throw new InputError("unknown-course", `the school has no course ${id}. Maybe it belongs to another school?`, {
      path: "courses",
      values: { course_id: id },
    });
  const [first, last] = student < 0 ? [0, 0] : [students.requestStart[student], students.requestStart[student + 1]];
  let request = -1;
  for (let q = first; q < last; q++) if (requests.course[q] === course) request = q;
  return { course, request, value: worthOfRank(rank), options: [] };
}

/** Sections that the student may sit in by every rule but seats, emptiest first; of a course with a section that may not be left, that one. */
function optionsFor(trial: Trial, student: number, { course, request }: Wish, held: readonly number[]): Option[] {
  const { schedule, rules } = trial;
  const { courses, sections, students } = schedule.school;
  const flag = student < 0 ? 0 : students.inclusion[student];
  const kept = held.find((section) => sections.course[section] === course);
  const options: Option[] = [];
  for (let i = courses.sections.start[course]; i < courses.sections.start[course + 1]; i++) {
    const section = courses.sections.items[i];
    const time = schedule.time[sections.unit[section]];
    if (time < 0) continue;
    const allowed =
      request >= 0
        ? maySit(schedule, rules, request, section) && shareHolds(schedule, section, flag, 1)
        : mayJoin(schedule, student, section);
    if (allowed && (kept === undefined || kept === section))
      options.push({ section, time, fill: schedule.enrolled[section] / Math.max(1, sections.seats[section]) });
  }
  return options.sort((a, b) => a.fill - b.fill || a.section - b.section);
}

function describe(
  { schedule }: Trial,
  wishes: readonly Wish[],
  found: Found,
  moves: readonly MovedSeat[],
): WalkInSchedule {
  const { courses, sections, calendar, teachers, rooms } = schedule.school;
  return {
    met: found.options.filter((option) => option !== null).length,
    unmet: wishes.flatMap((wish, i) => (found.options[i] === null ? [courses.ids[wish.course]] : [])),
    sections: found.options.flatMap((option) => {
      if (option === null) return [];
      const unit = sections.unit[option.section];
      return {
        section_id: sections.ids[option.section],
        course_id: courses.ids[sections.course[option.section]],
        term_id: calendar.termIds[calendar.timeTerm[option.time]],
        pattern_id: calendar.timePattern[option.time],
        teacher_id: schedule.teacher[unit] < 0 ? null : teachers.ids[schedule.teacher[unit]],
        room_id: schedule.room[unit] < 0 ? null : rooms.ids[schedule.room[unit]],
        seats_left: schedule.seatsLeft(option.section),
      };
    }),
    moves: [...moves],
  };
}
