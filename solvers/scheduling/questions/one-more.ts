import type { Answer, Question } from "@trivium/engine";
import { InputError, type Plan } from "@trivium/model";
import { mayStand, type Rules } from "../constraints/rules.ts";
import type { SchedulingProblem } from "../problem/problem.ts";
import type { Schedule } from "../schedule/schedule.ts";
import { bestSchedules, type Option, type Wish } from "./walk-in/best-schedules.ts";
import { warmSchedules } from "./warm.ts";

/**
 * `{ kind: "one_more", course_id? }`: what one more section of a course (of every course with an unmet request, without `course_id`) would win,
 * best first. Every time that the course may take is tried; each student with an unmet request is re-seated at best, nobody else is moved,
 * so the gain is one that can be had, not the most. `teachers` and `rooms` are free then by every hard rule.
 */
export function oneMore(problem: SchedulingProblem, plan: Plan<"scheduling">, question: Question): Answer {
  const { course_id: courseId } = question;
  if (courseId !== undefined && typeof courseId !== "string")
    throw new InputError(
      "bad-question",
      "one_more expects course_id to be an id. Maybe leave it out for all courses?",
      {
        path: "course_id",
        values: { course_id: courseId },
      },
    );
  const { trials } = warmSchedules(problem, plan.decisions);
  const schedules = trials.map(({ schedule }) => schedule);
  const rules = trials.map((trial) => trial.rules);
  if (courseId !== undefined && !schedules.some(({ school }) => school.courses.ids.includes(courseId)))
    throw new InputError("unknown-course", `no school here has a course ${courseId}. Maybe it is written otherwise?`, {
      path: "course_id",
      values: { course_id: courseId },
    });
  const rows = schedules.flatMap((schedule, index) => {
    const lacking = Map.groupBy(
      Array.from(schedule.unmet.subarray(0, schedule.unmetCount)).sort((a, b) => a - b),
      (q) => schedule.school.requests.course[q],
    );
    return [...lacking]
      .filter(([course]) => courseId === undefined || schedule.school.courses.ids[course] === courseId)
      .map(([course, requests]) => gainOf(schedule, rules[index], course, requests));
  });
  rows.sort((a, b) => b.gain - a.gain || (a.course_id < b.course_id ? -1 : 1));
  return { courses: rows };
}

interface Gain {
  readonly course_id: string;
  readonly unmet: number;
  /** Requests met more, net of those given up for it. */
  readonly gain: number;
  readonly term_id: string | null;
  readonly pattern_id: string | null;
  readonly teachers: readonly string[];
  readonly rooms: readonly string[];
}

function gainOf(schedule: Schedule, rules: Rules, course: number, lacking: readonly number[]): Gain {
  const { courses, calendar, teachers, rooms } = schedule.school;
  const base = { course_id: courses.ids[course], unmet: lacking.length };
  let best: Gain = { ...base, gain: 0, term_id: null, pattern_id: null, teachers: [], rooms: [] };
  for (let i = courses.times.start[course]; i < courses.times.start[course + 1]; i++) {
    const time = courses.times.items[i];
    const gains = lacking.map((request) => gainAt(schedule, request, time)).filter((gain) => gain > 0);
    const gain = gains
      .sort((a, b) => b - a)
      .slice(0, courses.seatsMax[course])
      .reduce((sum, each) => sum + each, 0);
    if (gain < best.gain || gain === 0) continue;
    const staff = staffAt(schedule, rules, course, time);
    if (gain === best.gain && staff.teachers.length <= best.teachers.length) continue;
    best = {
      ...base,
      gain,
      term_id: calendar.termIds[calendar.timeTerm[time]],
      pattern_id: calendar.timePattern[time],
      teachers: staff.teachers.map((teacher) => teachers.ids[teacher]),
      rooms: staff.rooms.map((room) => rooms.ids[room]),
    };
  }
  return best;
}

/** Requests that the student would have more, the thought-of section at `time` meeting this one. */
function gainAt(schedule: Schedule, request: number, time: number): number {
  const { students, requests } = schedule.school;
  const student = requests.student[request];
  const wishes: Wish[] = [];
  let met = 0;
  for (let q = students.requestStart[student]; q < students.requestStart[student + 1]; q++) {
    if (schedule.choice[q] >= 0) met++;
    if (requests.kind[q] === 2 && schedule.choice[q] < 0) continue;
    const options: Option[] = q === request ? [{ section: -1, time, fill: 0 }] : openSections(schedule, q);
    wishes.push({ course: requests.course[q], request: q, value: requests.value[q], options });
  }
  const [found] = bestSchedules(schedule, student, wishes, 1);
  const now = found.options.filter((option) => option !== null).length;
  return found.options.some((option) => option?.section === -1) ? now - met : 0;
}

function openSections(schedule: Schedule, request: number): Option[] {
  const { requests, courses, sections } = schedule.school;
  const course = requests.course[request];
  const held = schedule.choice[request];
  const options: Option[] = [];
  for (let i = courses.sections.start[course]; i < courses.sections.start[course + 1]; i++) {
    const section = courses.sections.items[i];
    const time = schedule.time[sections.unit[section]];
    const plain =
      sections.reserved[section] < 0 && sections.closed[section] === 0 && sections.inclusionShare[section] > 1;
    if (section === held || (time >= 0 && plain && schedule.seatsLeft(section) > 0))
      options.push({ section, time, fill: section === held ? 0 : 1 });
  }
  return options;
}

/** Who could teach it then, and where: another section of the course stands for the new one. */
function staffAt(
  schedule: Schedule,
  rules: Rules,
  course: number,
  time: number,
): { teachers: number[]; rooms: number[] } {
  const { courses, sections, units, hasTeachers, hasRooms } = schedule.school;
  if (courses.sections.start[course] === courses.sections.start[course + 1]) return { teachers: [], rooms: [] };
  const unit = sections.unit[courses.sections.items[courses.sections.start[course]]];
  const list = (lists: { start: Int32Array; items: Int32Array }) =>
    Array.from(lists.items.subarray(lists.start[unit], lists.start[unit + 1]));
  const may = (teacher: number, room: number) => mayStand(schedule, rules, unit, time, teacher, room);
  return {
    teachers: hasTeachers ? list(units.teachers).filter((teacher) => may(teacher, -1)) : [],
    rooms: hasRooms ? list(units.rooms).filter((room) => may(-1, room)) : [],
  };
}
