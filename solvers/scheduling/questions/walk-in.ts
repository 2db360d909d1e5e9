import type { Answer, Question } from "@trivium/engine";
import { InputError, type Plan } from "@trivium/model";
import { maySit, type Rules } from "../constraints/rules.ts";
import type { SchedulingProblem } from "../problem/problem.ts";
import type { Schedule } from "../schedule/schedule.ts";
import { bestSchedules, type Found, type Option, type Wish } from "./best-schedules.ts";
import { warmSchedules } from "./warm.ts";

const MOST_ANSWERS = 10;

/**
 * `{ kind: "walk_in", student_id?, courses?, school_id?, count? }`: the best schedules for one student without moving anyone.
 * A student of the plan gives up the seats held now; `courses` (ids, the worthiest first) replace the requests on file,
 * and without `student_id` they are a newcomer's.
 */
export function walkIn(problem: SchedulingProblem, plan: Plan<"scheduling">, question: Question): Answer {
  const asked = readQuestion(question);
  const { trials } = warmSchedules(problem, plan.decisions);
  const schedules = trials.map(({ schedule }) => schedule);
  const rules = trials.map((trial) => trial.rules);
  const index = schedules.findIndex(({ school }) =>
    asked.studentId === undefined
      ? asked.courses?.some((id) => school.courses.ids.includes(id))
      : school.students.ids.includes(asked.studentId),
  );
  if (index < 0)
    throw new InputError(
      "unknown-student",
      "no school here has this student or these courses. Maybe the ids are written otherwise?",
      {
        path: "student_id",
        values: { student_id: asked.studentId, courses: asked.courses },
      },
    );
  const schedule = schedules[index];
  const student = asked.studentId === undefined ? -1 : schedule.school.students.ids.indexOf(asked.studentId);
  const wishes = asked.courses
    ? asked.courses.map((id, rank) => wishFor(schedule, rules[index], student, id, rank))
    : ownWishes(schedule, rules[index], student);
  const found = bestSchedules(schedule, student, wishes, asked.count);
  return { student_id: asked.studentId ?? null, schedules: found.map((each) => describe(schedule, wishes, each)) };
}

interface Asked {
  readonly studentId: string | undefined;
  readonly courses: readonly string[] | undefined;
  readonly count: number;
}

function readQuestion(question: Question): Asked {
  const { student_id: studentId, courses, count } = question;
  const isText = (value: unknown): value is string => typeof value === "string" && value !== "";
  if (studentId !== undefined && !isText(studentId)) throw bad("student_id", "an id", studentId);
  if (courses !== undefined && !(Array.isArray(courses) && courses.every(isText)))
    throw bad("courses", "a list of course ids", courses);
  if (studentId === undefined && courses === undefined)
    throw bad("student_id", "a student_id, or courses for a newcomer", studentId);
  if (count !== undefined && !(Number.isInteger(count) && Number(count) >= 1))
    throw bad("count", "a whole number from 1", count);
  return {
    studentId,
    courses: courses as readonly string[] | undefined,
    count: Math.min(MOST_ANSWERS, Number(count ?? 3)),
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

function ownWishes(schedule: Schedule, rules: Rules, student: number): Wish[] {
  const { students, requests } = schedule.school;
  const wishes: Wish[] = [];
  for (let q = students.requestStart[student]; q < students.requestStart[student + 1]; q++) {
    if (requests.kind[q] === 2) continue;
    const course = requests.course[q];
    wishes.push({
      course,
      request: q,
      value: requests.value[q],
      options: optionsFor(schedule, rules, student, course, q),
    });
  }
  return wishes;
}

/** Worth of a newcomer's wishes: the first a little more than the next. */
const worthOfRank = (rank: number): number => 1000 - 10 * rank;

function wishFor(schedule: Schedule, rules: Rules, student: number, id: string, rank: number): Wish {
  const { courses, students, requests } = schedule.school;
  const course = courses.ids.indexOf(id);
  if (course < 0)
    throw new InputError("unknown-course", `the school has no course ${id}. Maybe it belongs to another school?`, {
      path: "courses",
      values: { course_id: id },
    });
  let request = -1;
  for (
    let q = student < 0 ? 0 : students.requestStart[student];
    student >= 0 && q < students.requestStart[student + 1];
    q++
  )
    if (requests.course[q] === course) request = q;
  return { course, request, value: worthOfRank(rank), options: optionsFor(schedule, rules, student, course, request) };
}

function optionsFor(schedule: Schedule, rules: Rules, student: number, course: number, request: number): Option[] {
  const { courses, sections } = schedule.school;
  const options: Option[] = [];
  for (let i = courses.sections.start[course]; i < courses.sections.start[course + 1]; i++) {
    const section = courses.sections.items[i];
    const time = schedule.time[sections.unit[section]];
    if (time < 0) continue;
    const own = request >= 0 && schedule.choice[request] === section;
    if (schedule.seatsLeft(section) + (own ? 1 : 0) <= 0) continue;
    const allowed =
      request >= 0
        ? own || maySit(schedule, rules, request, section)
        : sections.closed[section] === 0 &&
          (sections.reserved[section] < 0 ||
            (student >= 0 && sections.reserved[section] === schedule.school.students.team[student]));
    if (allowed)
      options.push({ section, time, fill: schedule.enrolled[section] / Math.max(1, sections.seats[section]) });
  }
  return options.sort((a, b) => a.fill - b.fill || a.section - b.section);
}

function describe(schedule: Schedule, wishes: readonly Wish[], found: Found): Answer {
  const { courses, sections, calendar, teachers, rooms } = schedule.school;
  const met = found.options.filter((option) => option !== null).length;
  return {
    met,
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
  };
}
