import { KINDS, looksAtRooms, looksAtTravel, pairBroken } from "../constraints/index.ts";
import type { Domain } from "./compile.ts";
import type { Links } from "./kernel.ts";
import { overlap, type Times } from "./times.ts";

interface Parts {
  readonly times: Times;
  readonly domains: readonly Domain[];
  readonly links: Links;
  /** Of rooms at times; what classes without a choice take is added. */
  readonly blocked: Uint8Array;
  readonly rooms: number;
  readonly classIds: readonly string[];
}

const SAME_ROOM = KINDS.indexOf("SameRoom");

/**
 * Arc consistency on the hard constraints between pairs (travel counted as none), on rooms that are shut, and on rooms taken by classes that have
 * no choice; repeated until nothing changes. What goes is in no legal timetable.
 *
 * @returns what cannot be placed at all, if anything
 */
export function reduceDomains(parts: Parts): string | undefined {
  const { domains, links, classIds } = parts;
  const classes = domains.length;
  const queue = Array.from({ length: classes }, (_, c) => c);
  const queued = new Uint8Array(classes).fill(1);
  const settled = new Uint8Array(classes);
  for (let at = 0; at < queue.length; at++) {
    const c = queue[at];
    queued[c] = 0;
    const before = domains[c].times.length + domains[c].rooms.length;
    keepOpen(parts, c);
    for (let e = links.from[c]; e < links.hardTo[c]; e++) keepSupported(parts, c, e);
    const { times, rooms } = domains[c];
    if (times.length === 0 || rooms.length === 0)
      return `class ${classIds[c]} has no ${times.length === 0 ? "time" : "room"} left that its hard constraints allow`;
    const woken: number[] = [];
    if (times.length + rooms.length < before)
      for (let e = links.from[c]; e < links.hardTo[c]; e++) woken.push(links.other[e]);
    if (times.length === 1 && rooms.length === 1 && settled[c] === 0) {
      settled[c] = 1;
      for (let other = 0; other < classes; other++)
        if (other !== c && domains[other].rooms.some(({ room }) => room === rooms[0].room && room < parts.rooms))
          woken.push(other);
      takeRoom(parts, rooms[0].room, times[0].time);
    }
    for (const other of woken)
      if (queued[other] === 0 && settled[other] === 0) {
        queued[other] = 1;
        queue.push(other);
      }
  }
  return undefined;
}

function takeRoom({ times, blocked, rooms }: Parts, room: number, time: number): void {
  if (room === rooms) return;
  for (let other = 0; other < times.count; other++)
    if (overlap(times, time, other)) blocked[room * times.count + other] = 1;
}

/** Leaves times with some room that is open, and rooms with some time at which they are. */
function keepOpen({ domains, blocked, times }: Parts, c: number): void {
  const domain = domains[c];
  const open = (room: number, time: number) => blocked[room * times.count + time] === 0;
  domain.times = domain.times.filter(({ time }) => domain.rooms.some(({ room }) => open(room, time)));
  domain.rooms = domain.rooms.filter(({ room }) => domain.times.some(({ time }) => open(room, time)));
}

function keepSupported({ domains, links, times }: Parts, c: number, link: number): void {
  const domain = domains[c];
  const other = domains[links.other[link]];
  const code = links.code[link];
  if (looksAtRooms(code)) {
    domain.rooms = domain.rooms.filter(({ room }) =>
      other.rooms.some((each) => (code === SAME_ROOM ? each.room === room : each.room !== room)),
    );
    return;
  }
  const parameter = looksAtTravel(code) ? 0 : links.parameter[link];
  const second = links.second[link] === 1;
  domain.times = domain.times.filter(({ time }) =>
    other.times.some(
      (each) =>
        !(second
          ? pairBroken(code, times, each.time, time, parameter)
          : pairBroken(code, times, time, each.time, parameter)),
    ),
  );
}
