import type { Dataset, Row, TABLES } from "@trivium/model";
import type { Staff } from "./catalog.ts";
import type { Calendar, Rooms, Teachers } from "./problem.ts";

type CourseRow = Row<(typeof TABLES)["courses"]>;

/** Marks the atoms of named slots (`day:period`), in every leaf, in one row of a mask table. */
function blockSlots(calendar: Calendar, names: readonly string[], masks: Int32Array, row: number): void {
  if (names.length === 0) return;
  for (let slot = 0; slot < calendar.slots; slot++) {
    if (!names.includes(calendar.slotNames[slot])) continue;
    for (let leaf = 0; leaf < calendar.leafIds.length; leaf++) {
      const atom = leaf * calendar.slots + slot;
      masks[row * calendar.atomWords + (atom >> 5)] |= 1 << (atom & 31);
    }
  }
}

/** Who may teach what, and where: candidates of every course by id. */
export function buildStaff(
  dataset: Dataset,
  schoolIds: readonly string[],
): Staff & { teacherRows: TeacherRow[]; roomRows: RoomRow[] } {
  const teacherRows = dataset.tables.teachers.filter((row) =>
    [row.school_id, ...(row.schools ?? [])].some((id) => schoolIds.includes(id)),
  );
  const roomRows = dataset.tables.rooms.filter((row) => schoolIds.includes(row.school_id));
  const teacherIndex = new Map(teacherRows.map((row, index) => [row.teacher_id, index]));
  const roomIndex = new Map(roomRows.map((row, index) => [row.room_id, index]));
  const qualified = new Map<string, (readonly [number, number])[]>();
  for (const row of dataset.tables.teacher_courses) {
    const teacher = teacherIndex.get(row.teacher_id);
    if (teacher === undefined || row.sections_max === 0) continue;
    const list = qualified.get(row.course_id) ?? [];
    list.push([teacher, row.preference ?? 1]);
    qualified.set(row.course_id, list);
  }
  for (const list of qualified.values()) list.sort((a, b) => b[1] - a[1] || a[0] - b[0]);
  return { teacherRows, roomRows, teacherIndex, roomIndex, qualified, roomsFor: roomChooser(roomRows) };
}

type TeacherRow = Dataset["tables"]["teachers"][number];
type RoomRow = Dataset["tables"]["rooms"][number];

/** Rooms with all the features that a course needs; those that seat it first, then those with the fewest other features, then the smallest. */
function roomChooser(rows: readonly RoomRow[]): (course: CourseRow) => readonly number[] {
  return (course) => {
    const needs = course.room_features ?? [];
    const seats = course.seats_max;
    const small = (room: number) => (rows[room].capacity < seats ? 1 : 0);
    return rows
      .map((_, index) => index)
      .filter(
        (index) =>
          rows[index].school_id === course.school_id &&
          rows[index].capacity > 0 &&
          needs.every((feature) => rows[index].features?.includes(feature)),
      )
      .sort(
        (a, b) =>
          small(a) - small(b) ||
          (rows[a].features?.length ?? 0) - (rows[b].features?.length ?? 0) ||
          (rows[a].department === course.department ? 0 : 1) - (rows[b].department === course.department ? 0 : 1) ||
          (small(a) ? rows[b].capacity - rows[a].capacity : rows[a].capacity - rows[b].capacity) ||
          a - b,
      );
  };
}

const NO_LIMIT = 0x7fffffff;

export function buildTeachers(
  dataset: Dataset,
  schoolIds: readonly string[],
  calendar: Calendar,
  rows: readonly TeacherRow[],
  roomIndex: ReadonlyMap<string, number>,
  courseIndex: ReadonlyMap<string, number>,
): Teachers {
  const off = new Int32Array(rows.length * calendar.atomWords);
  for (const [index, row] of rows.entries()) blockSlots(calendar, row.unavailable ?? [], off, index);
  const index = new Map(rows.map((row, teacher) => [row.teacher_id, teacher]));
  const courseMax = new Map<number, number>();
  for (const row of dataset.tables.teacher_courses) {
    const teacher = index.get(row.teacher_id);
    const course = courseIndex.get(row.course_id);
    if (teacher !== undefined && course !== undefined && row.sections_max !== undefined)
      courseMax.set(teacher * courseIndex.size + course, row.sections_max);
  }
  const limits = (name: "sections_max" | "preps_max" | "consecutive_max") =>
    Int32Array.from(rows, (row) => row[name] ?? NO_LIMIT);
  return {
    ids: rows.map((row) => row.teacher_id),
    off,
    sectionsMax: limits("sections_max"),
    sectionsMin: Int32Array.from(rows, (row) => row.sections_min ?? 0),
    prepsMax: limits("preps_max"),
    consecutiveMax: limits("consecutive_max"),
    planningMin: Int32Array.from(rows, (row) => row.planning_periods_min ?? 0),
    homeRoom: Int32Array.from(rows, (row) => roomIndex.get(row.home_room ?? "") ?? -1),
    schools: rows.map((row) =>
      [...new Set([row.school_id, ...(row.schools ?? [])])].map((id) => schoolIds.indexOf(id)).filter((i) => i >= 0),
    ),
    courseMax,
  };
}

/** Rooms, and the minutes between the buildings that they stand in (a room without building stands in its school's). */
export function buildRooms(
  dataset: Dataset,
  calendar: Calendar,
  rows: readonly RoomRow[],
): { rooms: Rooms; travelMin: Float64Array; buildings: number } {
  const off = new Int32Array(rows.length * calendar.atomWords);
  for (const [index, row] of rows.entries()) blockSlots(calendar, row.unavailable ?? [], off, index);
  const places = rows.map((row) => ({ name: row.building ?? row.school_id, school: row.school_id }));
  const keys = [...new Set(places.map((place) => `${place.school}/${place.name}`))];
  const travel = dataset.settings.scheduling.travel_min;
  const rooms: Rooms = {
    ids: rows.map((row) => row.room_id),
    building: Int32Array.from(places, (place) => keys.indexOf(`${place.school}/${place.name}`)),
    capacity: Int32Array.from(rows, (row) => row.capacity),
    off,
  };
  if (travel === undefined || keys.length < 2) return { rooms, travelMin: new Float64Array(0), buildings: keys.length };
  const minutes = (a: string, b: string): number => {
    if (a === b) return 0;
    if (typeof travel === "number") return travel;
    const [schoolA, nameA] = splitOnce(a);
    const [schoolB, nameB] = splitOnce(b);
    return (
      travel[nameA]?.[nameB] ?? travel[nameB]?.[nameA] ?? travel[schoolA]?.[schoolB] ?? travel[schoolB]?.[schoolA] ?? 0
    );
  };
  return {
    rooms,
    travelMin: Float64Array.from(keys.flatMap((a) => keys.map((b) => minutes(a, b)))),
    buildings: keys.length,
  };
}

function splitOnce(key: string): [string, string] {
  const at = key.indexOf("/");
  return [key.slice(0, at), key.slice(at + 1)];
}
