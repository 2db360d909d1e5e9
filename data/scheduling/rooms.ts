import type { Random } from "@trivium/engine";
import { type Room, type Teacher, type Unit, unitMask } from "./master.ts";

const BUILDING: Readonly<Record<string, string>> = { gym: "Field House", shop: "East", kitchen: "East", stage: "East" };

/**
 * Rooms for all units, no more than are needed at the busiest time: labs, gyms and shops end up in use nearly all day.
 * A teacher keeps one room where that is possible.
 */
export function placeInRooms(teachers: readonly Teacher[]): Room[] {
  const rooms: Room[] = [];
  const units = teachers.flatMap((teacher) => teacher.units);
  units.sort((a, b) => b.pattern.slots.length - a.pattern.slots.length);
  for (const unit of units) {
    const feature = unit.sections[0].course.feature ?? "";
    const mask = unitMask(unit);
    const own = unit.teacher.units.map(({ room }) => room);
    const open = rooms.filter((room) => room.feature === feature && (room.busy & mask) === 0);
    const room =
      open.find((each) => own.includes(each)) ??
      open.find((each) => each.department === unit.department) ??
      open[0] ??
      newRoom(rooms, feature, unit.department);
    room.busy |= mask;
    unit.room = room;
    for (const section of unit.sections) section.room = room;
  }
  return rooms;
}

function newRoom(rooms: Room[], feature: string, department: string): Room {
  const number = rooms.filter((room) => room.feature === feature).length + 1;
  const id = feature === "" ? `R${100 + number}` : `${feature.toUpperCase()}${number}`;
  const room = { id, building: BUILDING[feature] ?? "Main", feature, busy: 0, capacity: 0, department };
  rooms.push(room);
  return room;
}

/** Capacities: what such rooms hold, at least what the hidden plan seats in them; a third of the plain rooms hold no one more. */
export function sizeRooms(random: Random, rooms: readonly Room[], units: readonly Unit[]): void {
  for (const room of rooms) {
    const seated = units
      .filter((unit) => unit.room === room)
      .map((unit) =>
        unit.coSeated
          ? unit.sections.reduce((sum, { roster }) => sum + roster.size, 0)
          : Math.max(...unit.sections.map(({ roster }) => roster.size)),
      );
    const needed = Math.max(1, ...seated);
    const usual =
      { gym: 70, music: 90, lab: 28, shop: 26, kitchen: 28, stage: 60, computer: 30, art: 28 }[room.feature] ?? 32;
    room.capacity = room.feature === "" && random.unit() < 0.33 ? needed : Math.max(usual, needed);
  }
}
