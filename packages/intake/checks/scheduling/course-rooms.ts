import type { TableRow } from "@trivium/model";
import { schedulingError, schedulingWarning } from "../check.ts";
import { type DistrictView, each } from "../view.ts";
import { classSlots, LENGTH_SHARE, slotsPerSection } from "./calendar.ts";
import { sectionsNeeded } from "./demand.ts";

const ROOM_LARGE = 600;

type Rooms = readonly TableRow<"rooms">[];

const roomsWith = (view: DistrictView, school: string, features: readonly string[]): Rooms =>
  view.rows("rooms", "school_id", school).filter((room) => features.every((each) => room.features?.includes(each)));

export const roomFeatureMissing = schedulingError("room-feature-missing", (view, find) => {
  if (!view.present.has("rooms")) return;
  for (const [course, place] of each(view, "courses")) {
    const features = course.room_features ?? [];
    if (features.length === 0 || roomsWith(view, course.school_id, features).length > 0) continue;
    if ((view.derived(sectionsNeeded).get(course.course_id) ?? 0) === 0) continue;
    find(place, {
      column: "room_features",
      value: features,
      message: `course ${course.course_id} needs ${features.join(" and ")}, and no room of ${course.school_id} has it`,
      expected: "features that at least one room of the school has",
      mend: "add the feature to a room, or take it from the course",
    });
  }
});

/** Courses with the same needs, together, want more room time than such rooms have. */
export const featureRoomsShort = schedulingWarning("feature-rooms-short", (view, find) => {
  const groups = Map.groupBy(
    view.tables.courses.map((course, index) => ({ course, index })),
    ({ course }) => `${course.school_id} ${[...(course.room_features ?? [])].sort().join("|")}`,
  );
  for (const group of groups.values()) {
    const { course, index } = group[0];
    const rooms = roomsWith(view, course.school_id, course.room_features ?? []);
    if (rooms.length === 0 || !course.room_features?.length) continue;
    const slots = view.derived(classSlots).get(course.school_id)?.size ?? 0;
    const free = rooms.reduce((sum, room) => sum + slots - (room.unavailable?.length ?? 0), 0);
    let wanted = 0;
    for (const each of group) wanted += roomSlots(view, each.course);
    if (wanted <= free) continue;
    find(
      { table: "courses", index },
      {
        column: "room_features",
        value: course.room_features,
        message: `courses that need ${course.room_features.join(" and ")} want ${Math.ceil(wanted)} room slots, and ${rooms.length} such rooms of ${course.school_id} have ${free}`,
        expected: "room time for all sections",
        mend: "give the feature to more rooms, offer fewer sections, or acknowledge that some requests fail",
      },
    );
  }
});

function roomSlots(view: DistrictView, course: TableRow<"courses">): number {
  const sections = view.derived(sectionsNeeded).get(course.course_id) ?? 0;
  return sections * slotsPerSection(view, course) * LENGTH_SHARE[course.term];
}

export const roomImprobable = schedulingWarning("room-capacity-improbable", (view, find) => {
  for (const [room, place] of each(view, "rooms")) {
    if (room.capacity > 0 && room.capacity <= ROOM_LARGE) continue;
    find(place, {
      column: "capacity",
      value: room.capacity,
      message: `room ${room.room_id} holds ${room.capacity} students`,
      expected: `a capacity from 1 to ${ROOM_LARGE}`,
      mend: "correct the capacity, or delete a room that holds no class",
    });
  }
});
