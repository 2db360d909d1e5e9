import { type Dataset, InputError, type Row, type TABLES } from "@trivium/model";
import type { CalendarDraft } from "./calendar.ts";
import { flatten } from "./lists.ts";
import type { Courses, Sections, Units } from "./problem.ts";

type CourseRow = Row<(typeof TABLES)["courses"]>;
type SectionRow = Row<(typeof TABLES)["sections"]>;
type Hint = Row<(typeof TABLES)["today_sections"]>;

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

/** A section to be: its row where the district lists it. */
interface Draft {
  readonly id: string;
  readonly course: number;
  readonly row: SectionRow | undefined;
  readonly wanted: boolean;
  readonly optional: boolean;
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

/** Sections of co-seated courses taught as one: the k-th of each course together. */
function seatTogether(
  dataset: Dataset,
  drafts: readonly Draft[][],
  courseIndex: ReadonlyMap<string, number>,
): number[][] {
  const unitOf = new Map<Draft, number>();
  const units: Draft[][] = [];
  for (const link of dataset.tables.course_links) {
    if (link.kind !== "co_seated") continue;
    const members = link.courses.map((id) => courseIndex.get(id) ?? -1).filter((index) => index >= 0);
    for (const [first, ...others] of rowsOf(members.map((index) => drafts[index]))) {
      const unit = unitOf.get(first) ?? units.push([first]) - 1;
      unitOf.set(first, unit);
      for (const other of others) {
        if (unitOf.has(other)) continue;
        unitOf.set(other, unit);
        units[unit].push(other);
      }
    }
  }
  for (const draft of drafts.flat()) if (!unitOf.has(draft)) units.push([draft]);
  const order = new Map(drafts.flat().map((draft, index) => [draft, index]));
  return units
    .map((unit) => unit.map((draft) => order.get(draft) ?? 0).sort((a, b) => a - b))
    .sort((a, b) => a[0] - b[0]);
}

function rowsOf(columns: readonly (readonly Draft[])[]): Draft[][] {
  const count = Math.min(...columns.map((column) => column.length));
  return Array.from({ length: Number.isFinite(count) ? count : 0 }, (_, k) => columns.map((column) => column[k]));
}

const intersect = (lists: readonly (readonly number[])[]): number[] =>
  lists.length === 0 ? [] : lists[0].filter((item) => lists.every((list) => list.includes(item)));

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
  const members = seatTogether(dataset, drafts, courseIndex);
  const unitOf = new Int32Array(flat.length);
  members.forEach((unit, index) => {
    for (const section of unit) unitOf[section] = index;
  });
  const teams = [...new Set(flat.flatMap((section) => section.row?.reserved_for ?? []))];
  const sections: Sections = {
    ids: flat.map((section) => section.id),
    course: Int32Array.from(flat, (section) => section.course),
    unit: unitOf,
    seats: Int32Array.from(flat, (section) => section.row?.seats_max ?? rows[section.course].seats_max),
    reserved: Int32Array.from(flat, ({ row }) =>
      row?.reserved_for === undefined ? -1 : teams.indexOf(row.reserved_for),
    ),
    inclusionShare: Float64Array.from(flat, ({ row }) => row?.inclusion_max_share ?? 2),
    closed: Uint8Array.from(flat, ({ row }) => (row?.locked?.includes("roster") ? 1 : 0)),
    listed: Uint8Array.from(flat, ({ row }) => (row ? 1 : 0)),
    coTeacherIds: flat.map(({ row }) => row?.co_teacher_ids ?? []),
  };
  const courses: Courses = {
    ids: rows.map((course) => course.course_id),
    titles: rows.map((course) => course.title),
    school: Int32Array.from(rows, (course) => schoolIds.indexOf(course.school_id)),
    demand,
    seatsMax: Int32Array.from(rows, (course) => course.seats_max),
    sectionsAsked: Int32Array.from(rows, (course) => course.sections ?? -1),
    sections: flatten(drafts.map((list) => list.map((section) => sectionIndex.get(section.id) ?? 0))),
    times: flatten(rows.map((course) => [...(draft.timesOf.get(course.course_id) ?? [])])),
  };
  const context: UnitContext = {
    dataset,
    rows,
    flat,
    draft,
    staff,
    schoolIds,
    hintRows: hintRowsOf(flat, rows, hints),
  };
  return { courses, sections, units: buildUnits(members, context), courseIndex, sectionIndex, teams };
}

/** Hints by section id; a section without one takes the course's next unused row. */
function hintRowsOf(
  flat: readonly Draft[],
  rows: readonly CourseRow[],
  hints: { readonly rows: readonly Hint[]; readonly cold: boolean },
): (Hint | undefined)[] {
  if (hints.cold) return flat.map((section) => section.row);
  const byId = new Map(hints.rows.map((row) => [row.section_id, row]));
  const used = new Set(flat.map((section) => section.id).filter((id) => byId.has(id)));
  const spare = Map.groupBy(
    hints.rows.filter((row) => !used.has(row.section_id)),
    (row) => row.course_id,
  );
  return flat.map(
    (section) => byId.get(section.id) ?? spare.get(rows[section.course].course_id)?.shift() ?? section.row,
  );
}

interface UnitContext {
  readonly dataset: Dataset;
  readonly rows: readonly CourseRow[];
  readonly flat: readonly Draft[];
  readonly draft: CalendarDraft;
  readonly staff: Staff;
  readonly schoolIds: readonly string[];
  readonly hintRows: readonly (Hint | undefined)[];
}

function buildUnits(members: readonly (readonly number[])[], context: UnitContext): Units {
  const { flat, staff, hintRows } = context;
  const teacherPairs = members.map((unit) => teachersOf(unit, context));
  const of = (unit: readonly number[]) => unit.map((section) => flat[section]);
  return {
    count: members.length,
    sections: flatten(members),
    times: flatten(members.map((unit) => intersect(unit.map((section) => timesOf(section, context))))),
    teachers: flatten(teacherPairs.map((pairs) => pairs.map(([teacher]) => teacher))),
    preference: Int32Array.from(teacherPairs.flatMap((pairs) => pairs.map(([, preference]) => preference))),
    rooms: flatten(members.map((unit) => intersect(unit.map((section) => roomsOf(section, context))))),
    coTeachers: flatten(
      members.map((unit) =>
        [
          ...new Set(
            of(unit).flatMap(({ row }) => (row?.co_teacher_ids ?? []).map((id) => staff.teacherIndex.get(id) ?? -1)),
          ),
        ].filter((teacher) => teacher >= 0),
      ),
    ),
    optional: Uint8Array.from(members, (unit) => (of(unit).every((section) => section.optional) ? 1 : 0)),
    wanted: Uint8Array.from(members, (unit) => (of(unit).some((section) => section.wanted) ? 1 : 0)),
    hintTime: Int32Array.from(members, (unit) => timeOfRow(hintRows[unit[0]], flat[unit[0]], context)),
    hintTeacher: Int32Array.from(members, (unit) => staff.teacherIndex.get(hintRows[unit[0]]?.teacher_id ?? "") ?? -1),
    hintRoom: Int32Array.from(members, (unit) => staff.roomIndex.get(hintRows[unit[0]]?.room_id ?? "") ?? -1),
  };
}

function timeOfRow(
  row: Hint | SectionRow | undefined,
  section: Draft,
  { rows, draft, schoolIds }: UnitContext,
): number {
  if (row?.pattern_id === undefined) return -1;
  const school = schoolIds.indexOf(rows[section.course].school_id);
  return draft.timeIndex.get(`${school}:${row.pattern_id}:${row.term_id ?? ""}`) ?? -1;
}

function timesOf(index: number, context: UnitContext): number[] {
  const section = context.flat[index];
  const { row } = section;
  const { calendar } = context.draft;
  const open = [...(context.draft.timesOf.get(context.rows[section.course].course_id) ?? [])];
  const locked: readonly string[] = row?.locked ?? [];
  const termFixed = row?.term_id !== undefined && (locked.includes("pattern") || locked.includes("term"));
  if (row?.pattern_id !== undefined && locked.includes("pattern")) {
    if (termFixed) {
      const time = timeOfRow(row, section, context);
      if (time < 0)
        throw new InputError(
          "locked-time-unknown",
          `section ${row.section_id} is locked to pattern ${row.pattern_id} in term ${row.term_id}, which its school does not have. Maybe the pattern meets outside its class periods?`,
          { path: "scheduling/sections.csv", values: { section_id: row.section_id, pattern_id: row.pattern_id } },
        );
      return [time];
    }
    const school = context.schoolIds.indexOf(context.rows[section.course].school_id);
    const terms = new Set(open.map((time) => calendar.timeTerm[time]));
    return [...terms].flatMap(
      (term) => context.draft.timeIndex.get(`${school}:${row.pattern_id}:${calendar.termIds[term]}`) ?? [],
    );
  }
  return termFixed ? open.filter((time) => calendar.termIds[calendar.timeTerm[time]] === row?.term_id) : open;
}

/** Teachers that may take all the unit's courses; a lock goes before qualification, and so does a teacher who is its own co-teacher. */
function teachersOf(unit: readonly number[], { flat, rows, staff }: UnitContext): (readonly [number, number])[] {
  const lists = unit.map((index) => {
    const { row, course } = flat[index];
    const qualified = staff.qualified.get(rows[course].course_id) ?? [];
    const given = row?.teacher_id === undefined ? undefined : staff.teacherIndex.get(row.teacher_id);
    const co = row?.co_teacher_ids ?? [];
    if (given !== undefined && row?.locked?.includes("teacher"))
      return [[given, qualified.find(([teacher]) => teacher === given)?.[1] ?? 3] as const];
    return qualified.filter(([teacher]) => !co.some((id) => staff.teacherIndex.get(id) === teacher));
  });
  return lists[0].filter(([teacher]) => lists.every((list) => list.some(([other]) => other === teacher)));
}

function roomsOf(index: number, { flat, rows, staff }: UnitContext): readonly number[] {
  const { row, course } = flat[index];
  const given = row?.room_id === undefined ? undefined : staff.roomIndex.get(row.room_id);
  return given !== undefined && row?.locked?.includes("room") ? [given] : staff.roomsFor(rows[course]);
}
