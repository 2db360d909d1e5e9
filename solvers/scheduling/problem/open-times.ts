import { flatten, listAt } from "./lists.ts";
import type { Calendar, Lists, Rooms, Teachers, Units } from "./problem.ts";

/** Times of each unit at which its co-teachers, one of its teachers at least and one of its rooms at least are available. */
export function openTimes(
  units: Units,
  calendar: Calendar,
  {
    teachers,
    hasTeachers,
    rooms,
    hasRooms,
  }: { teachers: Teachers; hasTeachers: boolean; rooms: Rooms; hasRooms: boolean },
): Lists {
  const words = calendar.atomWords;
  const available = (off: Int32Array, one: number, atoms: Int32Array, time: number): boolean => {
    for (let w = 0; w < words; w++) if ((off[one * words + w] & atoms[time * words + w]) !== 0) return false;
    return true;
  };
  const teaches = (teacher: number, time: number) => available(teachers.off, teacher, calendar.timeAtoms, time);
  return flatten(
    Array.from({ length: units.count }, (_, unit) => {
      const candidates = listAt(units.teachers, unit);
      const co = listAt(units.coTeachers, unit);
      const places = listAt(units.rooms, unit);
      return listAt(units.times, unit).filter(
        (time) =>
          co.every((teacher) => teaches(teacher, time)) &&
          (!hasTeachers || candidates.length === 0 || candidates.some((teacher) => teaches(teacher, time))) &&
          (!hasRooms ||
            places.length === 0 ||
            places.some((room) => available(rooms.off, room, calendar.timeAtoms, time))),
      );
    }),
  );
}
