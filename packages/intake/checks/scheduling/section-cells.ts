import { maybe } from "../../nearest.ts";
import { schedulingError } from "../check.ts";
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
