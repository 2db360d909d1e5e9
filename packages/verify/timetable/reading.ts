import type {
  PlacedClass,
  TimetableClass,
  TimetableInstance,
  TimetableMeeting,
  TimetableRoom,
  TimetableSolution,
} from "@trivium/model";
import type { Report } from "../report.ts";

/** A class as the solution places it, with what the instance says of it. */
export interface Placement {
  readonly class: TimetableClass;
  readonly placed: PlacedClass;
  /** Its time and what it costs; the length is the instance's. */
  readonly time: TimetableMeeting & { readonly penalty: number };
  readonly room: TimetableRoom | undefined;
  readonly roomPenalty: number;
}

/** Instance and solution joined by ids. */
export interface Reading {
  readonly instance: TimetableInstance;
  readonly solution: TimetableSolution;
  /** Only the classes that stand at one of their times, in one of their rooms. */
  readonly placements: ReadonlyMap<string, Placement>;
  travel(a: TimetableRoom | undefined, b: TimetableRoom | undefined): number;
}

export const classesOf = (instance: TimetableInstance): TimetableClass[] =>
  instance.courses.flatMap(({ configs }) =>
    configs.flatMap(({ subparts }) => subparts.flatMap(({ classes }) => classes)),
  );

/** Joins them, and reports what is not in the instance, is missing or stands twice. */
export function read(instance: TimetableInstance, solution: TimetableSolution, report: Report): Reading {
  const classes = new Map(classesOf(instance).map((each) => [each.id, each]));
  const rooms = new Map(instance.rooms.map((room) => [room.id, room]));
  const placements = new Map<string, Placement>();
  const seen = new Set<string>();
  report.check(
    "timetable.instance",
    solution.name === instance.name,
    () => `a solution of ${solution.name}, not of ${instance.name}`,
  );
  for (const placed of solution.classes) {
    const where = { class: placed.id };
    const each = classes.get(placed.id);
    if (!report.check("timetable.class-known", each !== undefined, () => `there is no class ${placed.id}`, where))
      continue;
    const first = !seen.has(placed.id);
    seen.add(placed.id);
    if (!report.check("timetable.class-once", first, () => `class ${placed.id} stands twice`, where)) continue;
    const placement = placementOf(each as TimetableClass, placed, rooms, report);
    if (placement) placements.set(placed.id, placement);
  }
  for (const id of classes.keys())
    report.check("timetable.class-placed", seen.has(id), () => `class ${id} has no place`, { class: id });
  const slots = new Map(
    instance.rooms.flatMap(({ id, travel }) =>
      travel.flatMap((to) => [
        [`${id} ${to.room}`, to.slots],
        [`${to.room} ${id}`, to.slots],
      ]),
    ),
  );
  return { instance, solution, placements, travel: (a, b) => (a && b ? (slots.get(`${a.id} ${b.id}`) ?? 0) : 0) };
}

function placementOf(
  each: TimetableClass,
  placed: PlacedClass,
  rooms: ReadonlyMap<string, TimetableRoom>,
  report: Report,
): Placement | undefined {
  const { id, days, weeks, start, room } = placed;
  const where = { class: id };
  const time = each.times.find((one) => one.days === days && one.weeks === weeks && one.start === start);
  const timed = report.check(
    "timetable.time-allowed",
    time !== undefined,
    () => `class ${id} may not meet at ${start} on ${days} in weeks ${weeks}`,
    where,
  );
  const choice = each.rooms.find((one) => one.id === room);
  const housed = report.check(
    "timetable.room-allowed",
    each.needsRoom ? choice !== undefined : room === undefined,
    () => `class ${id} may not meet in ${room === undefined ? "no room" : `room ${room}`}`,
    where,
  );
  if (!timed || !housed || time === undefined) return undefined;
  return {
    class: each,
    placed,
    time,
    room: room === undefined ? undefined : rooms.get(room),
    roomPenalty: choice?.penalty ?? 0,
  };
}
