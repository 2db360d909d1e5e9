import { type Actor, type Dataset, maySee } from "@trivium/model";
import type { Places } from "../schemas/places.ts";

/** Degrees of a square within which homes are told together, and how many students it takes for that. */
const SQUARE = 0.01;
const STUDENTS_MIN = 10;

/** Places of a district as somebody may see them: homes of their schools' students only, and to the door only where their work needs that. */
export function visiblePlaces({ tables }: Pick<Dataset, "tables">, actor: Actor): Places {
  const { schools, students, depots = [], stops = [] } = tables;
  const seen = (schoolId: string) => actor.schools === null || actor.schools.includes(schoolId);
  const routing = actor.areas === null || actor.areas.includes("routing");
  const homes = students.flatMap(({ student_id, school_id, lat, lon }) =>
    routing && seen(school_id) && lat !== undefined && lon !== undefined ? [{ student_id, students: 1, lat, lon }] : [],
  );
  const toTheDoor = maySee(actor, "homes");
  return {
    schools: schools.map(({ school_id, name, level, lat, lon }) => ({ school_id, name, level, lat, lon })),
    depots: routing ? depots.map(({ depot_id, lat, lon }) => ({ depot_id, lat, lon })) : [],
    stops: routing ? stops.map(({ stop_id, title }) => ({ stop_id, title: title ?? null })) : [],
    homes_to: toTheDoor ? "door" : "kilometre",
    homes: toTheDoor ? homes : inSquares(homes),
  };
}

function inSquares(homes: Places["homes"]): Places["homes"] {
  const squares = Map.groupBy(homes, ({ lat, lon }) => `${Math.floor(lat / SQUARE)} ${Math.floor(lon / SQUARE)}`);
  return [...squares].flatMap(([square, { length }]) => {
    if (length < STUDENTS_MIN) return [];
    const [lat, lon] = square.split(" ").map((corner) => Math.round((Number(corner) + 0.5) * SQUARE * 1000) / 1000);
    return [{ student_id: null, students: length, lat, lon }];
  });
}
