import { type Question, Random } from "@trivium/engine";
import { InputError, MOVE_LANES, type MoveSectionAnswer, type MoveTarget, type Plan } from "@trivium/model";
import { z } from "zod";
import type { Effort } from "../../loading/eject.ts";
import { listAt } from "../../problem/lists.ts";
import { REQUIRED, type SchedulingProblem } from "../../problem/problem.ts";
import { restorePlaces } from "../../schedule/places.ts";
import { type Outcome, requestRef } from "../../steps/outcome.ts";
import { reseat } from "../../steps/reseat.ts";
import { Trial } from "../../steps/trial.ts";
import { warmSchedules } from "../warm.ts";
import { inTheWay } from "./in-the-way.ts";

/** Reloads that chains may try for one student, over all times together: an answer comes while the section is being dragged. */
const RELOADS_MOST = 16;
const RELOADS_IN_ALL = 80;

const questionSchema = z.strictObject({
  kind: z.literal("move_section"),
  section_id: z.string(),
  lanes: z.enum(MOVE_LANES).default("course"),
  with_steps: z.boolean().default(false),
});

/**
 * `{ kind: "move_section", section_id, lanes?, with_steps? }`: what every other place of a section would cost. A target is a time that its length and patterns allow and, by `lanes`, a teacher
 * who may teach it or a room that fits it. The section is put there and everybody it touches is seated anew, exactly; where something is in the way the
 * target says what, and its figures are those of the students alone, as if staff and room were found.
 * @throws InputError unknown-section, bad-question
 */
export function moveSection(
  problem: SchedulingProblem,
  plan: Plan<"scheduling">,
  question: Question,
): MoveSectionAnswer {
  const { section_id, lanes, with_steps } = readQuestion(question);
  const warm = warmSchedules(problem, plan.decisions).trials.find(({ schedule: { school, time } }) => {
    const section = school.sections.ids.indexOf(section_id);
    return section >= 0 && time[school.sections.unit[section]] >= 0;
  });
  if (!warm)
    throw new InputError(
      "unknown-section",
      `no schedule here has a section ${section_id}. Maybe it is written otherwise?`,
      {
        path: "section_id",
        values: { section_id },
      },
    );
  // Laid out anew, so that no earlier question decides in which order occupants of a seat are tried.
  restorePlaces(warm.schedule, warm.before);
  const mover = new Mover(new Trial(warm.schedule, new Random(1)), section_id, with_steps);
  return { section_id, lanes, from: mover.from(), targets: mover.targets(lanes) };
}

/** One section of a schedule, taken to every other place and back. */
class Mover {
  readonly #trial: Trial;
  readonly #section: number;
  readonly #unit: number;
  readonly #withSteps: boolean;
  #chains: Effort = { depth: 1, reloads: RELOADS_MOST };
  /** What the students make of a time: the same for all rooms that hold everybody, and for all teachers where nobody avoids one. */
  readonly #known = new Map<string, Outcome | null>();

  constructor(trial: Trial, sectionId: string, withSteps: boolean) {
    const { sections } = trial.schedule.school;
    this.#trial = trial;
    this.#section = sections.ids.indexOf(sectionId);
    this.#unit = sections.unit[this.#section];
    this.#withSteps = withSteps;
  }

  from(): MoveSectionAnswer["from"] {
    const { time, teacher, room } = this.#trial.schedule;
    return this.#place(time[this.#unit], teacher[this.#unit], room[this.#unit]);
  }

  targets(lanes: MoveSectionAnswer["lanes"]): MoveTarget[] {
    const { schedule, placer } = this.#trial;
    const { calendar, units, courses, sections } = schedule.school;
    const school = courses.school[sections.course[this.#section]];
    const [was, who, where] = [schedule.time[this.#unit], schedule.teacher[this.#unit], schedule.room[this.#unit]];
    const lane = { course: [-1], teacher: listAt(units.teachers, this.#unit), room: listAt(units.rooms, this.#unit) }[
      lanes
    ];
    const times = Array.from({ length: calendar.times }, (_, time) => time).filter(
      (time) => calendar.timeSchool[time] === school && placer.mayMeet(this.#unit, time),
    );
    this.#chains = {
      depth: 1,
      reloads: Math.max(1, Math.min(RELOADS_MOST, Math.floor(RELOADS_IN_ALL / times.length))),
    };
    return times.flatMap((time) =>
      Array.from(lane)
        .filter((one) => time !== was || (lanes === "teacher" ? one !== who : lanes === "room" && one !== where))
        .map((one) => this.#target(time, lanes === "teacher" ? one : who, lanes === "room" ? one : where, lanes)),
    );
  }

  #target(time: number, teacher: number, room: number, lanes: MoveSectionAnswer["lanes"]): MoveTarget {
    const { placer, schedule } = this.#trial;
    const mark = schedule.mark();
    const { total } = schedule;
    placer.remove(this.#unit);
    const stands = this.#stand(time, teacher, room, lanes);
    const at = { teacher: schedule.teacher[this.#unit], room: schedule.room[this.#unit] };
    schedule.undo(mark, total);
    const outcome = stands ? this.#seated(time, at.teacher, at.room) : null;
    if (outcome)
      return {
        ...this.#place(time, at.teacher, at.room),
        possible: true,
        why: null,
        in_way: [],
        ...this.#figures(outcome),
      };
    placer.remove(this.#unit);
    const way = inTheWay(this.#trial, this.#unit, time, teacher, room);
    schedule.undo(mark, total);
    const alone = this.#figures(this.#seated(time, -1, -1));
    return { ...this.#place(time, teacher, room), possible: false, ...way, ...alone };
  }

  /** As near to how it stands as can be: the same teacher and room, then another room, then another teacher; never another of the lane. */
  #stand(time: number, teacher: number, room: number, lanes: MoveSectionAnswer["lanes"]): boolean {
    const { placer, schedule } = this.#trial;
    const { units, rooms, hasRooms, hasTeachers } = schedule.school;
    if (placer.placeIn(this.#unit, time, teacher, room)) return true;
    if (lanes === "teacher") return placer.placeWith(this.#unit, time, teacher);
    if (lanes === "course") return placer.place(this.#unit, time, teacher);
    if (hasRooms && rooms.capacity[room] < schedule.unitEnrolled[this.#unit]) return false;
    return (
      hasTeachers && listAt(units.teachers, this.#unit).some((other) => placer.placeIn(this.#unit, time, other, room))
    );
  }

  #seated(time: number, teacher: number, room: number): Outcome | null {
    const { placer, schedule, loader } = this.#trial;
    const { students, sections, rooms } = schedule.school;
    const holds = room < 0 || rooms.capacity[room] >= sections.seats[this.#section] ? "all" : rooms.capacity[room];
    const avoided = students.notTeachers.items.length > 0 ? teacher : "any";
    // Steps name the room and the teacher, so they are no other place's.
    const key = this.#withSteps ? `${time} ${teacher} ${room}` : `${time} ${holds} ${avoided}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const outcome = this.#trial.attempt(() => {
      placer.remove(this.#unit);
      const alone = teacher < 0 && room < 0;
      if (alone) schedule.place(this.#unit, time, -1, -1);
      else if (!placer.placeIn(this.#unit, time, teacher, room) && !placer.placeWith(this.#unit, time, teacher))
        return false;
      reseat(schedule, loader, new Random(1), [...new Set([this.#unit, ...placer.changed])], this.#chains);
      return true;
    });
    this.#known.set(key, outcome);
    return outcome;
  }

  #figures(outcome: Outcome | null): Omit<MoveTarget, keyof MoveSectionAnswer["from"] | "possible" | "why" | "in_way"> {
    if (!outcome) return { gain: null, gain_required: null, students: null };
    const { school } = this.#trial.schedule;
    const { requests } = school;
    const required = (list: readonly number[]) => list.filter((q) => requests.kind[q] === REQUIRED).length;
    return {
      gain: outcome.met.length - outcome.lost.length,
      gain_required: required(outcome.met) - required(outcome.lost),
      students: outcome.students.length,
      ...(this.#withSteps
        ? {
            steps: [...outcome.steps],
            meets: outcome.met.map((q) => requestRef(school, q)),
            loses: outcome.lost.map((q) => requestRef(school, q)),
          }
        : {}),
    };
  }

  #place(time: number, teacher: number, room: number): MoveSectionAnswer["from"] {
    const { calendar, teachers, rooms } = this.#trial.schedule.school;
    return {
      term_id: calendar.termIds[calendar.timeTerm[time]] || null,
      pattern_id: calendar.timePattern[time],
      teacher_id: teacher < 0 ? null : teachers.ids[teacher],
      room_id: room < 0 ? null : rooms.ids[room],
    };
  }
}

function readQuestion(question: Question): z.output<typeof questionSchema> {
  const parsed = questionSchema.safeParse(question);
  if (parsed.success) return parsed.data;
  throw new InputError("bad-question", `move_section: ${z.prettifyError(parsed.error)}`, { path: "question" });
}
