import type { Report } from "../../report.ts";
import { meetAtOnce } from "../meetings.ts";
import type { Placement, Reading } from "../reading.ts";

/** A room holds one class at a time, and none while it is not to be had. */
export function checkRooms({ placements }: Reading, report: Report): void {
  const inRoom = new Map<string, Placement[]>();
  for (const placement of placements.values()) {
    const { room, time, class: each } = placement;
    if (!room) continue;
    report.check(
      "timetable.room-available",
      !room.unavailable.some((shut) => meetAtOnce(shut, time)),
      () => `room ${room.id} is not to be had when class ${each.id} meets`,
      { class: each.id, room: room.id },
    );
    const others = inRoom.get(room.id) ?? [];
    for (const other of others)
      report.check(
        "timetable.room-free",
        !meetAtOnce(other.time, time),
        () => `classes ${other.class.id} and ${each.id} meet in room ${room.id} at once`,
        { class: each.id, room: room.id },
      );
    inRoom.set(room.id, [...others, placement]);
  }
}
