import { type Dataset, InputError, type Row, type TABLES } from "@trivium/model";
import type { CalendarDraft } from "./calendar.ts";
import type { Staff } from "./catalog.ts";
import { flatten } from "./lists.ts";
import type { Units } from "./problem.ts";

type CourseRow = Row<(typeof TABLES)["courses"]>;
type SectionRow = Row<(typeof TABLES)["sections"]>;
export type Hint = Row<(typeof TABLES)["today_sections"]>;

/** A section to be: its row where the district lists it. */
export interface Draft {
  readonly id: string;
  readonly course: number;
  readonly row: SectionRow | undefined;
  readonly wanted: boolean;
  readonly optional: boolean;
}

export const intersect = (lists: readonly (readonly number[])[]): number[] =>
  lists.length === 0 ? [] : lists[0].filter((item) => lists.every((list) => list.includes(item)));

/** Hints by section id; a section without one takes the course's next unused row. */
export function hintRowsOf(
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

export interface UnitContext {
  readonly dataset: Dataset;
  readonly rows: readonly CourseRow[];
  readonly flat: readonly Draft[];
  readonly draft: CalendarDraft;
  readonly staff: Staff;
  readonly schoolIds: readonly string[];
  readonly hintRows: readonly (Hint | undefined)[];
}

export function buildUnits(members: readonly (readonly number[])[], context: UnitContext): Units {
  const { flat, staff, hintRows } = context;
  const teacherPairs = members.map((unit) => teachersOf(unit, context));
  const of = (unit: readonly number[]) => unit.map((section) => flat[section]);
  const times = flatten(members.map((unit) => intersect(unit.map((section) => timesOf(section, context)))));
  return {
    count: members.length,
    sections: flatten(members),
    times,
    timesAsked: times,
    teachers: flatten(teacherPairs.map((pairs) => pairs.map(([teacher]) => teacher))),
    dislike: Int32Array.from(teacherPairs.flatMap((pairs) => pairs.map(([, dislike]) => dislike))),
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

export function timeOfRow(
  row: Hint | SectionRow | undefined,
  section: Draft,
  { rows, draft, schoolIds }: Pick<UnitContext, "rows" | "draft" | "schoolIds">,
): number {
  if (row?.pattern_id === undefined) return -1;
  const school = schoolIds.indexOf(rows[section.course].school_id);
  return draft.timeIndex.get(`${school}:${row.pattern_id}:${row.term_id ?? ""}`) ?? -1;
}

export function timesOf(index: number, context: UnitContext): number[] {
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

/** Teachers that may take all the unit's courses, with the steps of preference that they lack over them; a lock goes before qualification, and so does a teacher who is its own co-teacher. */
export function teachersOf(
  unit: readonly number[],
  { flat, rows, staff, dataset }: UnitContext,
): (readonly [number, number])[] {
  const lists = unit.map((index) => {
    const { row, course } = flat[index];
    const qualified = staff.qualified.get(rows[course].course_id) ?? [];
    const given = row?.teacher_id === undefined ? undefined : staff.teacherIndex.get(row.teacher_id);
    const co = row?.co_teacher_ids ?? [];
    if (given !== undefined && row?.locked?.includes("teacher"))
      return [[given, lockedPreference(row.teacher_id, row.course_id, dataset)] as const];
    return qualified.filter(([teacher]) => !co.some((id) => staff.teacherIndex.get(id) === teacher));
  });
  return lists[0]
    .filter(([teacher]) => lists.every((list) => list.some(([other]) => other === teacher)))
    .map(([teacher]) => [
      teacher,
      lists.reduce((sum, list) => sum + 3 - (list.find(([other]) => other === teacher)?.[1] ?? 3), 0),
    ]);
}

/** A lock goes before `sections_max` = 0, which else leaves no qualification. */
function lockedPreference(teacherId: string | undefined, courseId: string, { tables }: Dataset): number {
  const row = tables.teacher_courses.find((each) => each.teacher_id === teacherId && each.course_id === courseId);
  return row === undefined ? 3 : (row.preference ?? 1);
}

export function roomsOf(index: number, { flat, rows, staff }: UnitContext): readonly number[] {
  const { row, course } = flat[index];
  const given = row?.room_id === undefined ? undefined : staff.roomIndex.get(row.room_id);
  return given !== undefined && row?.locked?.includes("room") ? [given] : staff.roomsFor(rows[course]);
}
