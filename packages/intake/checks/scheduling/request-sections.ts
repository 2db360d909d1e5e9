import { maybe } from "../../nearest.ts";
import { schedulingError, schedulingWarning } from "../check.ts";
import { each } from "../view.ts";
import { LENGTH_DEPTH, termDepth } from "./calendar.ts";

export const lockedSectionWrong = schedulingError("locked-section-wrong", (view, find) => {
  for (const [request, place] of each(view, "requests")) {
    const id = request.locked_section_id;
    if (id === undefined) continue;
    const section = view.row("sections", "section_id", id);
    if (section?.course_id === request.course_id) continue;
    const own = view.rows("sections", "course_id", request.course_id).map((each) => each.section_id);
    find(place, {
      column: "locked_section_id",
      value: id,
      message: section
        ? `the request for ${request.course_id} is locked to ${id}, a section of ${section.course_id}`
        : `the request for ${request.course_id} is locked to ${id}, which is no section.${maybe(id, own)}`,
      expected: `a section of ${request.course_id} in scheduling/sections.csv`,
      mend: "correct the section, or empty the cell",
    });
  }
});

export const requestTermNotOffered = schedulingWarning("request-term-not-offered", (view, find) => {
  const depths = view.derived(termDepth);
  for (const [request, place] of each(view, "requests")) {
    const course = view.row("courses", "course_id", request.course_id);
    const depth = depths.get(request.term_id ?? "");
    if (request.term_id === undefined || !course || depth === undefined) continue;
    const allowed = course.terms_allowed?.length ? course.terms_allowed.includes(request.term_id) : true;
    if (allowed && depth === LENGTH_DEPTH[course.term]) continue;
    find(place, {
      column: "term_id",
      value: request.term_id,
      message: `${request.course_id} is asked for in ${request.term_id}, where it is not offered`,
      expected: course.terms_allowed?.join(", ") || `a term that is a ${course.term} long`,
      mend: "correct the term, or empty the cell",
    });
  }
});
