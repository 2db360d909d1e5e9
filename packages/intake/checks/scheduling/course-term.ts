import { schedulingError } from "../check.ts";
import { each } from "../view.ts";
import { LENGTH_DEPTH, termDepth } from "./calendar.ts";

export const courseTermMissing = schedulingError("course-term-missing", (view, find) => {
  if (!view.present.has("terms")) return;
  const depths = new Set(view.derived(termDepth).values());
  for (const [course, place] of each(view, "courses")) {
    if (depths.has(LENGTH_DEPTH[course.term])) continue;
    find(place, {
      column: "term",
      value: course.term,
      message: `course ${course.course_id} lasts a ${course.term}, and scheduling/terms.csv has no term of that length`,
      expected: "a year = a term without parent; semester and trimester its children; quarter their children",
      mend: "add the terms with their parent_term_id, or correct the course's length",
    });
  }
});

export const termsAllowedLength = schedulingError("terms-allowed-length", (view, find) => {
  const depths = view.derived(termDepth);
  for (const [course, place] of each(view, "courses")) {
    for (const term of course.terms_allowed ?? []) {
      const depth = depths.get(term);
      if (depth === undefined || depth === LENGTH_DEPTH[course.term]) continue;
      find(place, {
        column: "terms_allowed",
        value: term,
        message: `course ${course.course_id} lasts a ${course.term}, but ${term} is of another length`,
        expected: `terms that are a ${course.term} long`,
        mend: "correct the list or the course's length",
      });
    }
  }
});
