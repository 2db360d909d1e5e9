import type { Enrollments } from "../kernel/enrollments.ts";
import type { State } from "../kernel/state.ts";

/** A timetable that can be handed on: time, room and their costs of each class (−1: not placed), classes of each request. */
export interface Timetable {
  readonly time: Int32Array;
  readonly timeCost: Int32Array;
  readonly room: Int32Array;
  readonly roomCost: Int32Array;
  readonly chosen: Int32Array;
  readonly placed: number;
  /** Seats that students lack. */
  readonly lacking: number;
  readonly penalty: number;
}

export const capture = ({ state, chosen }: Enrollments, lacking: number): Timetable => ({
  time: state.time.slice(),
  timeCost: state.timeCost.slice(),
  room: state.room.slice(),
  roomCost: state.roomCost.slice(),
  chosen: chosen.slice(),
  placed: state.placed,
  lacking,
  penalty: state.penalty,
});

/** Takes over a timetable, whatever stood there before. */
export function restore(enrollments: Enrollments, timetable: Timetable): void {
  const { state, chosen } = enrollments;
  const { sectioning } = state.kernel;
  unplaceAll(state);
  for (let q = 0; q < sectioning.requestCourse.length; q++) {
    const from = q * sectioning.stride;
    for (let k = from; k < from + sectioning.stride; k++)
      if (chosen[k] !== timetable.chosen[k]) {
        enrollments.take(q, timetable.chosen, from);
        break;
      }
  }
  for (let c = 0; c < timetable.time.length; c++)
    if (timetable.time[c] >= 0)
      state.place(c, timetable.time[c], timetable.timeCost[c], timetable.room[c], timetable.roomCost[c]);
}

function unplaceAll(state: State): void {
  for (let c = 0; c < state.time.length; c++) if (state.time[c] >= 0) state.remove(c);
}

/** Whether one timetable is better: more classes placed, fewer seats lacking, then less penalty. */
export const better = (a: Timetable, b: Timetable): boolean =>
  a.placed !== b.placed ? a.placed > b.placed : a.lacking !== b.lacking ? a.lacking < b.lacking : a.penalty < b.penalty;
