import type { Dataset, TableRow } from "@trivium/model";
import type { Placed, Reading } from "../reading.ts";
import type { Rule } from "../rule.ts";

/** Between two classes of a teacher in different buildings on one day lie at least the minutes of `travel_min`. */
export const teacherTravel: Rule = (reading, report) => {
  const { travel_min } = reading.dataset.settings.scheduling;
  if (travel_min === undefined) return;
  const rooms = new Map(reading.dataset.tables.rooms.map((room) => [room.room_id, room]));
  for (const { teacher_id } of reading.dataset.tables.teachers) {
    const own = reading.byTeacher.get(teacher_id) ?? [];
    for (const a of own)
      for (const b of own) {
        const [from, to] = [rooms.get(a.row.room_id ?? ""), rooms.get(b.row.room_id ?? "")];
        if (a === b || !from || !to || placeOf(from) === placeOf(to)) continue;
        const neededS = 60 * minutes(travel_min, from, to);
        const gapS = shortestGap(reading, a, b);
        if (gapS === undefined) continue;
        report.check(
          "teachers.travel",
          gapS >= neededS,
          () =>
            `teacher ${teacher_id} has ${gapS / 60} min from ${a.row.section_id} to ${b.row.section_id}, ${neededS / 60} are needed`,
          { teacher_id },
        );
      }
  }
};

type RoomRow = TableRow<"rooms">;

const placeOf = (room: RoomRow): string => `${room.school_id}/${room.building ?? room.school_id}`;

function minutes(
  travel: NonNullable<Dataset["settings"]["scheduling"]["travel_min"]>,
  from: RoomRow,
  to: RoomRow,
): number {
  if (typeof travel === "number") return travel;
  const [a, b] = [from.building ?? from.school_id, to.building ?? to.school_id];
  return (
    travel[a]?.[b] ??
    travel[b]?.[a] ??
    travel[from.school_id]?.[to.school_id] ??
    travel[to.school_id]?.[from.school_id] ??
    0
  );
}

/** Shortest time from the end of a meeting of `a` to the start of a later one of `b` on the same day; none where they share no leaf term or day. */
function shortestGap({ dataset }: Reading, a: Placed, b: Placed): number | undefined {
  if (!a.leaves.some((leaf) => b.leaves.includes(leaf))) return undefined;
  const period = (section: Placed) =>
    dataset.tables.periods.filter(
      (row) => row.school_id === section.course?.school_id && section.slots.includes(`${row.day}:${row.period_id}`),
    );
  const gaps = period(a).flatMap((x) =>
    period(b)
      .filter((y) => y.day === x.day && y.start >= x.end)
      .map((y) => y.start - x.end),
  );
  return gaps.length === 0 ? undefined : Math.min(...gaps);
}
