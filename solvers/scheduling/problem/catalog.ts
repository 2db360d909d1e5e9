import type { Dataset, Row, TABLES } from "@trivium/model";
import type { CalendarDraft } from "./calendar.ts";
import { seatTogether } from "./co-seating.ts";
import { flatten } from "./lists.ts";
import type { Courses, Sections, Units } from "./problem.ts";
import { buildUnits, type Draft, type Hint, hintRowsOf, timeOfRow, type UnitContext } from "./units.ts";

type CourseRow = Row<(typeof TABLES)["courses"]>;
type SectionRow = Row<(typeof TABLES)["sections"]>;

/** What the catalogue needs to know of people and rooms. */
export interface Staff {
  readonly teacherIndex: ReadonlyMap<string, number>;
  readonly roomIndex: ReadonlyMap<string, number>;
  /** course_id → [teacher, preference], best first. */
  readonly qualified: ReadonlyMap<string, readonly (readonly [number, number])[]>;
  /** Rooms of a course, the plainest that seat it first. */
  readonly roomsFor: (course: CourseRow) => readonly number[];
}

export interface Catalog {
  readonly courses: Courses;
  readonly sections: Sections;
  readonly units: Units;
  readonly courseIndex: ReadonlyMap<string, number>;
  readonly sectionIndex: ReadonlyMap<string, number>;
  readonly teams: readonly string[];
}

/** Sections a course may have: those listed, those asked for, or, where the engine decides, what demand may need. */
function draftSections(course: CourseRow, index: number, listed: readonly SectionRow[], demand: number): Draft[] {
  const needed = demand === 0 ? 0 : Math.ceil(demand / Math.max(1, course.seats_max));
  const target = demand === 0 ? 0 : Math.ceil(demand / Math.max(1, course.seats_target ?? course.seats_max * 0.95));
  const engineDecides = course.sections === undefined;
  const most = course.sections ?? course.sections_max ?? Math.max(listed.length, needed + 1 + (needed >> 2));
  const count = Math.max(
    listed.length,
    Math.min(most, engineDecides ? Math.max(target, needed + 1 + (needed >> 2)) : most),
  );
  const wanted = engineDecides ? Math.max(listed.length, Math.min(count, Math.max(target, needed))) : count;
  const taken = new Set(listed.map((row) => row.section_id));
  const drafts: Draft[] = listed.map((row) => ({
    id: row.section_id,
    course: index,
    row,
    wanted: true,
    optional: false,
  }));
  for (let number = 1; drafts.length < count && demand + (course.sections ?? 0) > 0; number++) {
    const id = `${course.course_id}-${number}`;
    if (taken.has(id)) continue;
    drafts.push({ id, course: index, row: undefined, wanted: drafts.length < wanted, optional: engineDecides });
  }
  return drafts;
}

/** No such section today, and one whose teacher, room or time can't be had any more. */
const NONE_TODAY = -1;
const GONE = -2;

export function buildCatalog(
  dataset: Dataset,
  schoolIds: readonly string[],
  draft: CalendarDraft,
  staff: Staff,
  hints: { readonly rows: readonly Hint[]; readonly cold: boolean },
): Catalog {
  const rows = dataset.tables.courses.filter((course) => schoolIds.includes(course.school_id));
  const courseIndex = new Map(rows.map((course, index) => [course.course_id, index]));
  const demand = new Int32Array(rows.length);
  for (const request of dataset.tables.requests) {
    const course = courseIndex.get(request.course_id);
    if (course !== undefined && request.kind !== "alternate") demand[course]++;
  }
  const listed = Map.groupBy(dataset.tables.sections, (row) => row.course_id);
  const drafts = rows.map((course, index) =>
    draftSections(course, index, listed.get(course.course_id) ?? [], demand[index]),
  );
  const flat = drafts.flat();
  const sectionIndex = new Map(flat.map((section, index) => [section.id, index]));
  const context: UnitContext = {
    dataset,
    rows,
    flat,
    draft,
    staff,
    schoolIds,
    hintRows: hintRowsOf(flat, rows, hints),
  };
  const members = seatTogether(context, courseIndex);
  const unitOf = new Int32Array(flat.length);
  members.forEach((unit, index) => {
    for (const section of unit) unitOf[section] = index;
  });
  const teams = [...new Set(flat.flatMap((section) => section.row?.reserved_for ?? []))];
  const cap = Int32Array.from(flat, (section) => section.row?.seats_max ?? rows[section.course].seats_max);
  const today = new Map(dataset.tables.today_sections.map((row) => [row.section_id, row]));
  const todays = (of: (row: Hint, section: Draft) => number | undefined) =>
    Int32Array.from(flat, (section) => {
      const row = today.get(section.id);
      return row === undefined ? NONE_TODAY : (of(row, section) ?? NONE_TODAY);
    });
  const qualified = (course: CourseRow) => staff.qualified.get(course.course_id) ?? [];
  const sections: Sections = {
    ids: flat.map((section) => section.id),
    course: Int32Array.from(flat, (section) => section.course),
    unit: unitOf,
    cap,
    seats: cap.map((seats) => (seats === 0 ? 0 : seats + (dataset.settings.scheduling.seats_over_max ?? 0))),
    reserved: Int32Array.from(flat, ({ row }) =>
      row?.reserved_for === undefined ? -1 : teams.indexOf(row.reserved_for),
    ),
    inclusionShare: Float64Array.from(flat, ({ row }) => row?.inclusion_max_share ?? 2),
    closed: Uint8Array.from(flat, ({ row }) => (row?.locked?.includes("roster") ? 1 : 0)),
    listed: Uint8Array.from(flat, ({ row }) => (row ? 1 : 0)),
    coTeacherIds: flat.map(({ row }) => row?.co_teacher_ids ?? []),
    todayTeacher: todays(({ teacher_id: id }) => (id === undefined ? undefined : (staff.teacherIndex.get(id) ?? GONE))),
    todayRoom: todays(({ room_id: id }) => (id === undefined ? undefined : (staff.roomIndex.get(id) ?? GONE))),
    todayTime: todays((row, section) => {
      if (row.pattern_id === undefined || (row.term_id === undefined && dataset.tables.terms.length > 0))
        return undefined;
      const time = timeOfRow(row, section, context);
      return time < 0 ? GONE : time;
    }),
  };
  const courses: Courses = {
    ids: rows.map((course) => course.course_id),
    titles: rows.map((course) => course.title),
    school: Int32Array.from(rows, (course) => schoolIds.indexOf(course.school_id)),
    demand,
    seatsMax: Int32Array.from(rows, (course) => course.seats_max),
    seatsTarget: Float64Array.from(rows, (course) => course.seats_target ?? course.seats_max * 0.95),
    sectionsAsked: Int32Array.from(rows, (course) => course.sections ?? -1),
    sections: flatten(drafts.map((list) => list.map((section) => sectionIndex.get(section.id) ?? 0))),
    times: flatten(rows.map((course) => [...(draft.timesOf.get(course.course_id) ?? [])])),
    teachers: flatten(rows.map((course) => qualified(course).map(([teacher]) => teacher))),
    preference: Int32Array.from(rows.flatMap((course) => qualified(course).map(([, preference]) => preference))),
    rooms: flatten(rows.map((course) => staff.roomsFor(course))),
  };
  return { courses, sections, units: buildUnits(members, context), courseIndex, sectionIndex, teams };
}
