import { schedulingError } from "../check.ts";
import { each } from "../view.ts";

export const lockedRoomUnfit = schedulingError("locked-room-unfit", (view, find) => {
  for (const [section, place] of each(view, "sections")) {
    if (!section.locked?.includes("room")) continue;
    const room = view.row("rooms", "room_id", section.room_id ?? "");
    const needed = view.row("courses", "course_id", section.course_id)?.room_features ?? [];
    const lacking = needed.filter((feature) => !room?.features?.includes(feature));
    if (!room || lacking.length === 0) continue;
    find(place, {
      column: "room_id",
      value: room.room_id,
      message: `section ${section.section_id} is fixed to ${room.room_id}, which lacks ${lacking.join(", ")}`,
      expected: `a room with ${needed.join(", ")}`,
      mend: "fix another room, add the feature to it, or take it from the course",
    });
  }
});
