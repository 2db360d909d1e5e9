import type { PlacementRule } from "./rule.ts";

/** A room holds one class at a time, and none where unavailable. */
export const roomFree: PlacementRule = {
  applies: ({ hasRooms }) => hasRooms,
  allows({ school: { calendar, rooms }, roomBusy }, _unit, time, _teacher, room) {
    if (room < 0) return true;
    const words = calendar.atomWords;
    for (let w = 0; w < words; w++) {
      const taken = roomBusy[room * words + w] | rooms.off[room * words + w];
      if ((taken & calendar.timeAtoms[time * words + w]) !== 0) return false;
    }
    return true;
  },
};
