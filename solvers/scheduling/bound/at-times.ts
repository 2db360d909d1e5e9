import { flatten } from "../problem/lists.ts";
import type { School } from "../problem/problem.ts";
import type { Places } from "../schedule/places.ts";

/** The same school with nothing left to decide but who sits where: each unit has the time, teacher and room that it has there, or is not there at all. */
export function atTimes(school: School, { time, teacher, room }: Places): School {
  const { units } = school;
  const fixed = (at: Int32Array) => flatten(Array.from(at, (one) => (one < 0 ? [] : [one])));
  return {
    ...school,
    units: {
      ...units,
      times: fixed(time),
      teachers: fixed(teacher),
      rooms: fixed(room),
      optional: new Uint8Array(units.count),
    },
  };
}
