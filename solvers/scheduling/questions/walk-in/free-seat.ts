import type { MovedSeat } from "@trivium/model";
import { listAt } from "../../problem/lists.ts";
import type { Schedule } from "../../schedule/schedule.ts";
import type { Trial } from "../../steps/trial.ts";

/** Seats looked at for one question, so that it stays one. */
const LOOKS = 10_000;

/** Frees seats in full sections by moving other students to other sections of the same courses; nobody loses a request. */
export class SeatFinder {
  readonly #trial: Trial;
  readonly #still: ReadonlySet<number>;
  #looks = 0;

  /** @param student who is to sit there, −1 a newcomer: never moved, nor is who is to be with them */
  constructor(trial: Trial, student: number) {
    this.#trial = trial;
    const { together } = trial.schedule.school.students;
    this.#still = new Set([student, ...(student < 0 ? [] : listAt(together, student))]);
  }

  /**
   * Makes a seat in a full section by at most `moves` moves, the fewest there are; what was done stays in the schedule's log.
   * @returns the moves, in the order in which a clerk can make them; null where there are none (all is as before)
   */
  free(section: number, moves: number): MovedSeat[] | null {
    const { schedule } = this.#trial;
    const mark = schedule.mark();
    const { total } = schedule;
    for (let most = 1; most <= moves; most++) {
      const found = this.#free(section, most, this.#still);
      if (found && this.#sharesHold(found)) return found;
      schedule.undo(mark, total);
    }
    return null;
  }

  #free(section: number, moves: number, still: ReadonlySet<number>): MovedSeat[] | null {
    const { schedule } = this.#trial;
    const { requests } = schedule.school;
    const held = Array.from({ length: schedule.enrolled[section] }, (_, seat) => schedule.seat(section, seat));
    const open = this.#openTo(section, moves);
    if (open.length === 0) return null;
    const mark = schedule.mark();
    const { total } = schedule;
    for (const request of held.sort((a, b) => a - b)) {
      const student = requests.student[request];
      if (still.has(student)) continue;
      for (const other of open) {
        if (++this.#looks > LOOKS) return null;
        const found = this.#moveTo(request, other, moves, still);
        if (found) return found;
        schedule.undo(mark, total);
      }
    }
    return null;
  }

  /** Other sections of the course that meet and, with one move left, have a seat. */
  #openTo(section: number, moves: number): number[] {
    const { schedule } = this.#trial;
    const { courses, sections } = schedule.school;
    return listAt(courses.sections, sections.course[section]).filter(
      (other) =>
        other !== section && schedule.time[sections.unit[other]] >= 0 && (moves > 1 || schedule.seatsLeft(other) > 0),
    );
  }

  /** Moves one student, with one class of theirs that is in the way, or with somebody who sits where they are to go. */
  #moveTo(request: number, to: number, moves: number, still: ReadonlySet<number>): MovedSeat[] | null {
    const { schedule, loader } = this.#trial;
    const { requests } = schedule.school;
    const from = schedule.choice[request];
    const student = requests.student[request];
    const blockers = blockersOf(schedule, request, to);
    if (blockers.length > 1 || (blockers.length === 1 && moves < 2)) return null;
    const full = schedule.seatsLeft(to) <= 0;
    if (full && moves - blockers.length < 2) return null;
    schedule.sit(request, -1);
    if (!loader.maySit(request, to)) return null;
    schedule.sit(request, to);
    const own = moved(schedule, request, from);
    if (blockers.length === 1) {
      const aside = this.#aside(blockers[0]);
      return aside && loader.stands(student) && !full ? [aside, own] : null;
    }
    if (!loader.stands(student)) return null;
    if (!full) return [own];
    const before = this.#free(to, moves - 1, new Set([...still, student]));
    return before && [...before, own];
  }

  /** Moves a class of a student to another section of its course that has a seat and clashes with nothing. */
  #aside(request: number): MovedSeat | null {
    const { schedule, loader } = this.#trial;
    const { requests, courses, sections } = schedule.school;
    const from = schedule.choice[request];
    for (const to of listAt(courses.sections, requests.course[request])) {
      if (to === from || schedule.time[sections.unit[to]] < 0 || schedule.seatsLeft(to) <= 0) continue;
      if (blockersOf(schedule, request, to).length > 0) continue;
      schedule.sit(request, -1);
      if (loader.maySit(request, to)) {
        schedule.sit(request, to);
        return moved(schedule, request, from);
      }
      schedule.sit(request, from);
    }
    return null;
  }

  #sharesHold(moves: readonly MovedSeat[]): boolean {
    const { schedule } = this.#trial;
    const { sections } = schedule.school;
    return moves
      .flatMap(({ from, to }) => [sections.ids.indexOf(from), sections.ids.indexOf(to)])
      .every((section) => {
        const share = sections.inclusionShare[section];
        return share > 1 || schedule.flagged[section] <= Math.floor(share * schedule.enrolled[section] + 1e-9);
      });
  }
}

function moved({ school, choice }: Schedule, request: number, from: number): MovedSeat {
  const { students, requests, courses, sections } = school;
  return {
    student_id: students.ids[requests.student[request]],
    course_id: courses.ids[requests.course[request]],
    from: sections.ids[from],
    to: sections.ids[choice[request]],
  };
}

/** Other classes of the student that meet when that section does. */
function blockersOf({ school, time, choice }: Schedule, request: number, section: number): number[] {
  const { calendar, students, requests, sections } = school;
  const student = requests.student[request];
  const words = calendar.bitWords;
  const at = time[sections.unit[section]] * words;
  const blockers: number[] = [];
  for (let q = students.requestStart[student]; q < students.requestStart[student + 1]; q++) {
    if (q === request || choice[q] < 0) continue;
    const there = time[sections.unit[choice[q]]] * words;
    for (let w = 0; w < words; w++)
      if ((calendar.timeBits[there + w] & calendar.timeBits[at + w]) !== 0) {
        blockers.push(q);
        break;
      }
  }
  return blockers;
}
