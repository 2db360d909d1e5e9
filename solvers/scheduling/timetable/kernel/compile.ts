import { InputError, type TimetableInstance, type TimetableMeeting } from "@trivium/model";
import { compileDistributions } from "./compile-distributions.ts";
import { compileSectioning } from "./compile-sectioning.ts";
import type { Kernel } from "./kernel.ts";
import { reduceDomains } from "./reduce-domains.ts";
import { MOST_DAYS, MOST_WEEKS, overlap, Times } from "./times.ts";

/** Candidates of a class, while they are still being reduced. */
export interface Domain {
  /** Indices of distinct times, and what each costs. */
  times: { time: number; cost: number }[];
  rooms: { room: number; cost: number }[];
}

/** Offsets of lists laid end to end. */
export function offsets(lengths: readonly number[]): Int32Array {
  const from = new Int32Array(lengths.length + 1);
  for (let i = 0; i < lengths.length; i++) from[i + 1] = from[i] + lengths[i];
  return from;
}

const keyOf = ({ days, weeks, start, length }: TimetableMeeting) => `${days} ${weeks} ${start} ${length}`;

/** The flat arrays of an instance, with the candidates left out that no legal timetable can use. @throws InputError calendar-too-long */
export function compile(instance: TimetableInstance): Kernel {
  if (instance.nrWeeks > MOST_WEEKS || instance.nrDays > MOST_DAYS)
    throw new InputError(
      "calendar-too-long",
      `${instance.nrWeeks} weeks of ${instance.nrDays} days; at most ${MOST_WEEKS} weeks of ${MOST_DAYS} days. Maybe the term can be split?`,
      {
        values: { nrWeeks: instance.nrWeeks, nrDays: instance.nrDays },
      },
    );
  const classes = instance.courses.flatMap(({ configs }) =>
    configs.flatMap(({ subparts }) => subparts.flatMap((subpart) => subpart.classes)),
  );
  const roomAt = new Map(instance.rooms.map(({ id }, i) => [id, i]));
  const meetings = new Map<string, { at: number; meeting: TimetableMeeting }>();
  const timeAt = (meeting: TimetableMeeting) => {
    const key = keyOf(meeting);
    const known = meetings.get(key) ?? { at: meetings.size, meeting };
    meetings.set(key, known);
    return known.at;
  };
  const { weights } = instance;
  const domains = classes.map(
    (each): Domain => ({
      times: each.times.map((time) => ({ time: timeAt(time), cost: time.penalty * weights.time })),
      rooms: each.needsRoom
        ? each.rooms.map(({ id, penalty }) => ({ room: roomAt.get(id) as number, cost: penalty * weights.room }))
        : [{ room: instance.rooms.length, cost: 0 }],
    }),
  );
  const unavailable = instance.rooms.map((room) => room.unavailable.map(timeAt));
  const times = new Times([...meetings.values()].map(({ meeting }) => meeting));
  const blocked = blockedRooms(times, unavailable);
  const travel = travelBetween(instance, roomAt);
  const classAt = new Map(classes.map(({ id }, i) => [id, i]));
  const { links, groups } = compileDistributions(instance, classAt);
  const impossible = reduceDomains({
    times,
    domains,
    links,
    blocked,
    rooms: instance.rooms.length,
    classIds: classes.map(({ id }) => id),
  });
  const timeFrom = offsets(domains.map((domain) => domain.times.length));
  const roomFrom = offsets(domains.map((domain) => domain.rooms.length));
  return {
    instance,
    times,
    rooms: instance.rooms.length,
    travel,
    classes: classes.length,
    classIds: classes.map(({ id }) => id),
    timeFrom,
    timeOf: Int32Array.from(domains.flatMap((domain) => domain.times.map(({ time }) => time))),
    timeCost: Int32Array.from(domains.flatMap((domain) => domain.times.map(({ cost }) => cost))),
    roomFrom,
    roomOf: Int32Array.from(domains.flatMap((domain) => domain.rooms.map(({ room }) => room))),
    roomCost: Int32Array.from(domains.flatMap((domain) => domain.rooms.map(({ cost }) => cost))),
    blocked,
    links,
    groups,
    sectioning: compileSectioning(instance, classAt),
    movable: Int32Array.from(
      domains.flatMap((domain, c) => (domain.times.length * domain.rooms.length > 1 ? [c] : [])),
    ),
    impossible,
  };
}

function blockedRooms(times: Times, unavailable: readonly (readonly number[])[]): Uint8Array {
  const blocked = new Uint8Array((unavailable.length + 1) * times.count);
  unavailable.forEach((each, room) => {
    for (let time = 0; time < times.count; time++)
      if (each.some((other) => overlap(times, time, other))) blocked[room * times.count + time] = 1;
  });
  return blocked;
}

function travelBetween(instance: TimetableInstance, roomAt: ReadonlyMap<string, number>): Int32Array {
  const side = instance.rooms.length + 1;
  const travel = new Int32Array(side * side);
  instance.rooms.forEach((room, a) => {
    for (const { room: id, slots } of room.travel) {
      const b = roomAt.get(id) as number;
      travel[a * side + b] = slots;
      travel[b * side + a] = slots;
    }
  });
  return travel;
}
