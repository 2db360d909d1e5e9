import type { TableRow } from "@trivium/model";
import { type Find, schedulingError } from "../check.ts";
import { type DistrictView, each } from "../view.ts";
import { classSlots, leafTerms, patternSlots, slotsPerSection, termsOverlap } from "./calendar.ts";

type Section = TableRow<"sections">;

const fixes = (section: Section, lock: "pattern" | "teacher" | "room"): boolean =>
  section.locked?.includes(lock) ?? false;

/** Who certainly teaches a section: a locked teacher, and co-teachers, who are never chosen. */
const fixedTeachers = (section: Section): readonly string[] => [
  ...(fixes(section, "teacher") && section.teacher_id ? [section.teacher_id] : []),
  ...(section.co_teacher_ids ?? []),
];

/** Courses that share a seat plan: their sections may be with one teacher in one room at one time. */
function coSeated(view: DistrictView): ReadonlyMap<string, string> {
  const links = new Map<string, string>();
  for (const link of view.tables.course_links) {
    if (link.kind === "co_seated") for (const course of link.courses) links.set(course, link.link_id);
  }
  return links;
}

export const teacherDoubleBooked = schedulingError("teacher-double-booked", (view, find) => {
  clashes(view, find, fixedTeachers, "teacher");
});

export const roomDoubleBooked = schedulingError("room-double-booked", (view, find) => {
  clashes(view, find, (section) => (fixes(section, "room") && section.room_id ? [section.room_id] : []), "room");
});

function clashes(view: DistrictView, find: Find, of: (section: Section) => readonly string[], what: string): void {
  const taken = new Map<string, { section: Section; index: number }[]>();
  for (const [section, place] of each(view, "sections")) {
    if (!fixes(section, "pattern")) continue;
    for (const id of of(section)) {
      const others = taken.get(id) ?? [];
      const found = others.find((other) => clash(view, section, other.section));
      taken.set(id, [...others, { section, index: place.index }]);
      if (!found) continue;
      find(place, {
        column: `${what}_id`,
        value: id,
        message: `${what} ${id} is fixed to ${section.section_id} and ${found.section.section_id} at the same time`,
        expected: `one section a ${what} and slot`,
        mend: `unlock or change the ${what} or the pattern of one of them`,
        others: [{ table: "sections", index: found.index }],
      });
    }
  }
}

function clash(view: DistrictView, a: Section, b: Section): boolean {
  const links = view.derived(coSeated);
  const link = links.get(a.course_id);
  if (link !== undefined && link === links.get(b.course_id)) return false;
  if (schoolOf(view, a) !== schoolOf(view, b) || !termsOverlap(view, a.term_id, b.term_id)) return false;
  const slots = new Set(slotsOf(view, a));
  return slotsOf(view, b).some((slot) => slots.has(slot));
}

function slotsOf(view: DistrictView, section: Section): readonly string[] {
  const patterns = view.derived(patternSlots).get(schoolOf(view, section) ?? "");
  return patterns?.get(section.pattern_id ?? "") ?? [];
}

/** Slots of two schools have times of their own: that a shared teacher gets from one to the other is for the solver. */
function schoolOf(view: DistrictView, section: Section): string | undefined {
  return view.row("courses", "course_id", section.course_id)?.school_id;
}

export const lockedUnavailable = schedulingError("locked-unavailable", (view, find) => {
  for (const [section, place] of each(view, "sections")) {
    if (!fixes(section, "pattern")) continue;
    const slots = new Set(slotsOf(view, section));
    const away = [
      ...fixedTeachers(section).map((id) => ["teacher", view.row("teachers", "teacher_id", id)] as const),
      ...(fixes(section, "room") ? [["room", view.row("rooms", "room_id", section.room_id)] as const] : []),
    ];
    for (const [what, row] of away) {
      const slot = row?.unavailable?.find((each) => slots.has(each));
      if (slot === undefined) continue;
      find(place, {
        column: "pattern_id",
        value: section.pattern_id,
        message: `section ${section.section_id} is fixed to ${section.pattern_id} with a ${what} that is unavailable in ${slot}`,
        expected: `a pattern in which the ${what} is available`,
        mend: `unlock the pattern or the ${what}, or correct "unavailable"`,
      });
    }
  }
});

/** Locks of two courses with one section each that their link forbids: one pattern against another, one teacher, one room. */
export const lockedAgainstLink = schedulingError("locked-against-link", (view, find) => {
  for (const link of view.tables.course_links) {
    const lists = [...new Set(link.courses)].map((id) => view.group("sections", "course_id").get(id) ?? []);
    // With several sections a course, others may make the pair.
    if (lists.some((list) => list.length !== 1)) continue;
    const rows = lists.map(([index]) => ({ index, section: view.tables.sections[index] }));
    for (const [at, a] of rows.entries())
      for (const b of rows.slice(at + 1)) {
        const column = torn(view, link.kind, a.section, b.section);
        if (column === undefined) continue;
        find(
          { table: "sections", index: b.index },
          {
            column,
            value: b.section[column],
            message: `sections ${a.section.section_id} and ${b.section.section_id} are linked as ${link.kind} (${link.link_id}) and fixed otherwise`,
            expected: "locks that the link allows",
            mend: "unlock or change one of the two, or delete the link",
            others: [{ table: "sections", index: a.index }],
          },
        );
      }
  }
});

/** The locked column in which two sections break their link. */
function torn(
  view: DistrictView,
  kind: string,
  a: Section,
  b: Section,
): "pattern_id" | "teacher_id" | "room_id" | undefined {
  const differ = (lock: "pattern" | "teacher" | "room") => {
    const column = `${lock}_id` as const;
    return fixes(a, lock) && fixes(b, lock) && a[column] !== b[column] ? column : undefined;
  };
  const together = kind === "co_seated";
  if (kind === "not_same_time") {
    const fixed = fixes(a, "pattern") && fixes(b, "pattern") && a.term_id !== undefined && b.term_id !== undefined;
    return fixed && clash(view, a, b) ? "pattern_id" : undefined;
  }
  return (
    (together || kind === "same_time" ? differ("pattern") : undefined) ??
    (together || kind === "same_teacher" ? differ("teacher") : undefined) ??
    (together || kind === "same_room" ? differ("room") : undefined)
  );
}

/** Even before times are chosen: a teacher fixed to more than the cycle has slots for, in some leaf term. */
export const teacherOverbooked = schedulingError("teacher-overbooked", (view, find) => {
  const links = view.derived(coSeated);
  for (const [teacher, place] of each(view, "teachers")) {
    const slots = view.derived(classSlots).get(teacher.school_id)?.size;
    if (slots === undefined || teacher.schools?.some((school) => school !== teacher.school_id)) continue;
    const free = slots - (teacher.unavailable?.length ?? 0);
    const byTerm = new Map<string, number>();
    for (const section of view.derived(sectionsOfTeacher).get(teacher.teacher_id) ?? []) {
      const course = view.row("courses", "course_id", section.course_id);
      if (!course || links.has(course.course_id)) continue;
      const length = slotsOf(view, section).length || slotsPerSection(view, course);
      const leaves = section.term_id === undefined ? undefined : view.derived(leafTerms).get(section.term_id);
      for (const term of leaves ?? (course.term === "year" ? [...allLeaves(view)] : []))
        byTerm.set(term, (byTerm.get(term) ?? 0) + length);
    }
    const most = Math.max(0, ...byTerm.values());
    if (most <= free) continue;
    find(place, {
      column: "teacher_id",
      value: teacher.teacher_id,
      message: `teacher ${teacher.teacher_id} is fixed to sections of ${most} slots in one term and has ${free}`,
      expected: `sections of at most ${free} slots`,
      mend: "unlock the teacher of some sections in scheduling/sections.csv",
    });
  }
});

function allLeaves(view: DistrictView): Set<string> {
  const leaves = new Set([...view.derived(leafTerms).values()].flatMap((each) => [...each]));
  return leaves.size > 0 ? leaves : new Set(["year"]);
}

function sectionsOfTeacher(view: DistrictView): ReadonlyMap<string, Section[]> {
  const sections = new Map<string, Section[]>();
  for (const section of view.tables.sections) {
    for (const teacher of fixedTeachers(section)) sections.set(teacher, [...(sections.get(teacher) ?? []), section]);
  }
  return sections;
}
