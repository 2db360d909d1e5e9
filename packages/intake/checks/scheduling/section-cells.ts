import { maybe } from "../../nearest.ts";
import { schedulingError, schedulingWarning } from "../check.ts";
import { each } from "../view.ts";
import { LENGTH_DEPTH, patternSlots, termDepth } from "./calendar.ts";

const CELL_OF = { term: "term_id", pattern: "pattern_id", teacher: "teacher_id", room: "room_id" } as const;

export const lockedCellEmpty = schedulingError("locked-cell-empty", (view, find) => {
  for (const [section, place] of each(view, "sections")) {
    for (const lock of section.locked ?? []) {
      if (lock === "roster" || section[CELL_OF[lock]] !== undefined) continue;
      find(place, {
        column: CELL_OF[lock],
        message: `section ${section.section_id} locks its ${lock}, but ${CELL_OF[lock]} is empty`,
        expected: `the ${lock} that is fixed`,
        mend: `fill ${CELL_OF[lock]}, or take ${lock} out of locked`,
      });
    }
  }
});

/** A fixed roster is today's, or that of the requests locked to the section. */
export const lockedRosterEmpty = schedulingWarning("locked-roster-empty", (view, find) => {
  const today = view.ids("today_enrollments", "section_id");
  const locked = view.ids("requests", "locked_section_id");
  for (const [section, place] of each(view, "sections")) {
    const id = section.section_id;
    if (!section.locked?.includes("roster") || today.has(id) || locked.has(id)) continue;
    find(place, {
      column: "locked",
      value: section.locked,
      message: `section ${id} locks its roster, and nobody is on it`,
      expected: "students in scheduling/today_enrollments.csv, or requests locked to the section",
      mend: "add its students, or take roster out of locked",
    });
  }
});

export const sectionPatternUnknown = schedulingError("section-pattern-unknown", (view, find) => {
  for (const [section, place] of each(view, "sections")) {
    const school = view.row("courses", "course_id", section.course_id)?.school_id;
    if (section.pattern_id === undefined || school === undefined) continue;
    const patterns = view.derived(patternSlots).get(school) ?? new Map<string, readonly string[]>();
    if (patterns.has(section.pattern_id)) continue;
    find(place, {
      column: "pattern_id",
      value: section.pattern_id,
      message: `section ${section.section_id} meets in pattern ${section.pattern_id}, which ${school} does not have.${maybe(section.pattern_id, patterns.keys())}`,
      expected: `a pattern of ${school}`,
      mend: "correct the pattern, or add it to scheduling/patterns.csv",
    });
  }
});

export const sectionTermLength = schedulingError("section-term-length", (view, find) => {
  const depths = view.derived(termDepth);
  for (const [section, place] of each(view, "sections")) {
    const course = view.row("courses", "course_id", section.course_id);
    const depth = depths.get(section.term_id ?? "");
    if (!course || depth === undefined || depth === LENGTH_DEPTH[course.term]) continue;
    find(place, {
      column: "term_id",
      value: section.term_id,
      message: `section ${section.section_id} is in ${section.term_id}, which is not a ${course.term} long as its course is`,
      expected: `a term that is a ${course.term} long`,
      mend: "correct the term, or the length of the course",
    });
  }
});
