import { firstClash, slotOfAtom } from "../reading.ts";
import type { Rule } from "../rule.ts";

/** A room holds one class at a time (or those seated together), none when closed, no more students than it seats, with all features needed, of the school. */
export const rooms: Rule = (reading, report) => {
  for (const room of reading.dataset.tables.rooms) {
    const own = reading.byRoom.get(room.room_id) ?? [];
    if (own.length === 0) continue;
    const pair = firstClash(reading, own);
    report.check(
      "rooms.one-class",
      pair === undefined,
      () => `room ${room.room_id} has ${pair?.map(({ row }) => row.section_id).join(" and ")} at once`,
      { room_id: room.room_id },
    );
    const closed = new Set(room.unavailable ?? []);
    for (const section of own) {
      const { row, course, listed, atoms } = section;
      const where = { room_id: room.room_id, section_id: row.section_id };
      report.check(
        "rooms.available",
        ![...atoms].some((atom) => closed.has(slotOfAtom(atom))),
        () => `room ${room.room_id} is unavailable when ${row.section_id} meets`,
        where,
      );
      const group = reading.seatedWith.get(row.section_id) ?? [section];
      const students = group.reduce((sum, each) => sum + each.roster.length, 0);
      report.check(
        "rooms.capacity",
        students <= room.capacity,
        () => `room ${room.room_id} seats ${room.capacity}, ${students} sit in ${row.section_id}`,
        where,
      );
      const locked: readonly string[] = listed?.locked ?? [];
      if (course === undefined || locked.includes("room")) continue;
      const missing = (course.room_features ?? []).filter((feature) => !room.features?.includes(feature));
      report.check(
        "rooms.features",
        missing.length === 0,
        () => `room ${room.room_id} of ${row.section_id} lacks ${missing.join(", ")}`,
        where,
      );
      report.check(
        "rooms.school",
        room.school_id === course.school_id,
        () => `room ${room.room_id} of ${row.section_id} is not of ${course.school_id}`,
        where,
      );
    }
  }
};
