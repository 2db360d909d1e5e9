import type { Schedule } from "./schedule.ts";

/** A schedule's decisions alone: small, and the same in any thread. */
export interface Places {
  readonly time: Int32Array;
  readonly teacher: Int32Array;
  readonly room: Int32Array;
  readonly choice: Int32Array;
  readonly value: Float64Array;
  readonly total: number;
  readonly unmet: number;
  readonly unplaced: number;
}

export function copyPlaces(schedule: Schedule): Places {
  return {
    time: schedule.time.slice(),
    teacher: schedule.teacher.slice(),
    room: schedule.room.slice(),
    choice: schedule.choice.slice(),
    value: schedule.value.slice(),
    total: schedule.total,
    unmet: schedule.unmetCount,
    unplaced: schedule.unplacedNeeded,
  };
}

/** Brings a schedule to these decisions, and forgets how to take back and in which order all was done: equal places make equal schedules. */
export function restorePlaces(schedule: Schedule, places: Places): void {
  for (let q = 0; q < places.choice.length; q++) schedule.sit(q, -1);
  for (let u = 0; u < places.time.length; u++) schedule.place(u, -1, -1, -1);
  for (let u = 0; u < places.time.length; u++)
    if (places.time[u] >= 0) schedule.place(u, places.time[u], places.teacher[u], places.room[u]);
  for (let q = 0; q < places.choice.length; q++) schedule.sit(q, places.choice[q]);
  for (let student = 0; student < places.value.length; student++) schedule.setValue(student, places.value[student]);
  schedule.sortUnmet();
  schedule.commit();
}
