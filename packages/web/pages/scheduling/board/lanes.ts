import type { MoveTarget } from "@trivium/model";
import { scheduling } from "../../../text/scheduling.ts";
import type { School, Section } from "../schedule.ts";

export type Lanes = "teacher" | "room" | "course";

export interface Lane {
  readonly id: string;
  readonly name: string;
  readonly note: string;
  /** Slot → the sections that meet then. */
  readonly cells: ReadonlyMap<string, readonly Section[]>;
}

const text = scheduling.board;

/** Rows of the board, those only that hold what is searched for. */
export function lanesOf(school: School, lanes: Lanes, searched: string): Lane[] {
  const keysOf = (section: Section): readonly string[] =>
    lanes === "course"
      ? [section.course_id]
      : lanes === "room"
        ? [section.room_id ?? ""]
        : [section.teacher_id ?? "", ...(section.co_teacher_ids ?? [])];
  const byLane = new Map<string, Section[]>();
  for (const section of school.sections)
    for (const key of keysOf(section)) byLane.set(key, [...(byLane.get(key) ?? []), section]);
  return [...byLane]
    .map(([id, sections]) => ({ id, ...namesOf(school, lanes, id, sections), sections }))
    .filter(
      ({ id, name, sections }) =>
        searched === "" ||
        `${id} ${name}`.toLowerCase().includes(searched) ||
        sections.some((each) => `${each.section_id} ${each.title}`.toLowerCase().includes(searched)),
    )
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ id, name, note, sections }) => ({ id, name, note, cells: cellsOf(sections) }));
}

function namesOf(school: School, lanes: Lanes, id: string, sections: readonly Section[]): Pick<Lane, "name" | "note"> {
  if (lanes === "course") return { name: id, note: sections[0].title };
  if (id === "") return { name: lanes === "room" ? text.noRoom : text.noTeacher, note: "" };
  if (lanes === "teacher") return { name: id, note: mostOften(sections.map(({ department }) => department)) };
  return { name: id, note: `${school.rooms.find(({ room_id }) => room_id === id)?.capacity ?? ""}` };
}

function mostOften(values: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? "";
}

function cellsOf(sections: readonly Section[]): Map<string, Section[]> {
  const cells = new Map<string, Section[]>();
  for (const section of sections)
    for (const slot of section.slots) cells.set(slot, [...(cells.get(slot) ?? []), section]);
  return cells;
}

/** The row that a target is shown in. */
const laneOf = (target: MoveTarget, lanes: Lanes, course: string): string =>
  lanes === "course" ? course : ((lanes === "teacher" ? target.teacher_id : target.room_id) ?? "");

/**
 * `row slot` → the best of the targets that meet then. A slot may be met by several patterns: what is possible goes before what is not, then the
 * term where the section is now, then the larger gain, then what meets no oftener.
 */
export function targetsByCell(
  school: School,
  targets: readonly MoveTarget[],
  lanes: Lanes,
  course: string,
  term: string | null,
): Map<string, MoveTarget> {
  const best = new Map<string, MoveTarget>();
  const slotsOf = (target: MoveTarget) => school.meetings.get(target.pattern_id) ?? [];
  const worse = (a: MoveTarget, b: MoveTarget) =>
    Number(b.possible) - Number(a.possible) ||
    Number(b.term_id === term) - Number(a.term_id === term) ||
    (b.gain ?? -1e9) - (a.gain ?? -1e9) ||
    slotsOf(a).length - slotsOf(b).length;
  for (const target of targets)
    for (const slot of slotsOf(target)) {
      const key = `${laneOf(target, lanes, course)} ${slot}`;
      const known = best.get(key);
      if (!known || worse(known, target) > 0) best.set(key, target);
    }
  return best;
}
