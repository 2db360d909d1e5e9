import { maybe } from "../../nearest.ts";
import { schedulingError } from "../check.ts";
import { each } from "../view.ts";
import { patternSlots } from "./calendar.ts";

export const patternsAllowedUnknown = schedulingError("patterns-allowed-unknown", (view, find) => {
  for (const [course, place] of each(view, "courses")) {
    const patterns = view.derived(patternSlots).get(course.school_id) ?? new Map<string, readonly string[]>();
    for (const id of course.patterns_allowed ?? []) {
      if (patterns.has(id)) continue;
      find(place, {
        column: "patterns_allowed",
        value: id,
        message: `course ${course.course_id} may have pattern ${id}, which ${course.school_id} does not have.${maybe(id, patterns.keys())}`,
        expected: "pattern ids of the course's school",
        mend: "correct the id, or add the pattern",
      });
    }
  }
});

export const patternLengthMissing = schedulingError("pattern-length-missing", (view, find) => {
  for (const [course, place] of each(view, "courses")) {
    const length = course.periods_per_cycle;
    if (length === undefined) continue;
    const patterns = view.derived(patternSlots).get(course.school_id) ?? new Map<string, readonly string[]>();
    const allowed = [...patterns].filter(
      ([id]) => !course.patterns_allowed?.length || course.patterns_allowed.includes(id),
    );
    if (allowed.some(([, slots]) => slots.length === length)) continue;
    find(place, {
      column: "periods_per_cycle",
      value: length,
      message: `course ${course.course_id} meets ${length} times a cycle, and none of the patterns that it may have does`,
      expected: "a pattern with as many meetings",
      mend: "add such a pattern, widen patterns_allowed, or correct periods_per_cycle",
    });
  }
});
