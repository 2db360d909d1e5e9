import type { Schedule } from "../schedule/schedule.ts";
import type { TeacherRule } from "./rule.ts";

/** Between a teacher's classes in two buildings on one day lie at least the minutes of travel between them. */
export const teacherTravel: TeacherRule = {
  applies: ({ travelMin }) => travelMin.length > 0,
  allows(schedule, teacher, _unit, time, room) {
    if (room < 0) return true;
    for (const other of schedule.teacherUnits[teacher]) if (tooFar(schedule, time, room, other)) return false;
    return true;
  },
};

function tooFar({ school, time: times, room: rooms }: Schedule, time: number, room: number, other: number): boolean {
  const { rooms: all, travelMin, buildings } = school;
  if (rooms[other] < 0) return false;
  const there = travelMin[all.building[room] * buildings + all.building[rooms[other]]];
  const back = travelMin[all.building[rooms[other]] * buildings + all.building[room]];
  return (there > 0 || back > 0) && gapTooShort(school.calendar, time, times[other], there * 60, back * 60);
}

function gapTooShort(
  calendar: Schedule["school"]["calendar"],
  a: number,
  b: number,
  thereS: number,
  backS: number,
): boolean {
  const leaves = calendar.timeLeaves[a] & calendar.timeLeaves[b];
  if (leaves === 0) return false;
  const leaf = 31 - Math.clz32(leaves);
  for (let x = 0; x < calendar.slots; x++) {
    if (!meets(calendar, a, leaf, x)) continue;
    for (let y = 0; y < calendar.slots; y++) {
      if (calendar.slotDay[x] !== calendar.slotDay[y] || !meets(calendar, b, leaf, y)) continue;
      if (calendar.slotEndS[x] <= calendar.slotStartS[y] && calendar.slotStartS[y] - calendar.slotEndS[x] < thereS)
        return true;
      if (calendar.slotEndS[y] <= calendar.slotStartS[x] && calendar.slotStartS[x] - calendar.slotEndS[y] < backS)
        return true;
    }
  }
  return false;
}

function meets(calendar: Schedule["school"]["calendar"], time: number, leaf: number, slot: number): boolean {
  const atom = leaf * calendar.slots + slot;
  return ((calendar.timeAtoms[time * calendar.atomWords + (atom >> 5)] >> (atom & 31)) & 1) === 1;
}
