import { schedulingError, schedulingWarning } from "../check.ts";
import { each } from "../view.ts";
import { demand } from "./demand.ts";

export const sectionsBelowListed = schedulingError("sections-below-listed", (view, find) => {
  for (const [course, place] of each(view, "courses")) {
    const listed = view.group("sections", "course_id").get(course.course_id) ?? [];
    const column = course.sections !== undefined ? "sections" : "sections_max";
    const most = course.sections ?? course.sections_max;
    if (most === undefined || listed.length <= most) continue;
    find(place, {
      column,
      value: most,
      message: `course ${course.course_id} may have ${most} sections, but scheduling/sections.csv lists ${listed.length}`,
      expected: `at least ${listed.length}: the listed sections count`,
      mend: "raise the number, or remove sections from the list",
      others: [{ table: "sections", index: listed[most] }],
    });
  }
});

export const sectionsOverMax = schedulingError("sections-over-max", (view, find) => {
  for (const [course, place] of each(view, "courses")) {
    if (course.sections === undefined || course.sections <= (course.sections_max ?? course.sections)) continue;
    find(place, {
      column: "sections",
      value: course.sections,
      message: `course ${course.course_id} has ${course.sections} sections and at most ${course.sections_max}`,
      expected: "sections ≤ sections_max",
      mend: "correct the one that is wrong",
    });
  }
});

/** Some overbooking is every spring's work; from here on it looks like a mistake in the cap or the number of sections. */
const OVERBOOKED = 1.5;

export const seatsShort = schedulingWarning("seats-short", (view, find) => {
  for (const [course, place] of each(view, "courses")) {
    const sections = course.sections ?? course.sections_max;
    if (sections === undefined || course.seats_max === 0) continue;
    const listed = view.rows("sections", "course_id", course.course_id);
    let seats = Math.max(0, sections - listed.length) * course.seats_max;
    for (const section of listed) seats += section.seats_max ?? course.seats_max;
    const wanted = view.derived(demand).get(course.course_id) ?? 0;
    if (wanted <= seats * OVERBOOKED) continue;
    find(place, {
      column: course.sections !== undefined ? "sections" : "sections_max",
      value: sections,
      message: `course ${course.course_id} has ${wanted} requests for ${seats} seats: ${wanted - seats} cannot be met`,
      expected: `sections for ${wanted} students`,
      mend: "allow one more section, raise the cap, or acknowledge that some requests fail",
    });
  }
});

export const courseWithoutRequests = schedulingWarning("course-without-requests", (view, find) => {
  const wanted = view.ids("requests", "course_id");
  for (const [course, place] of each(view, "courses")) {
    if (wanted.has(course.course_id)) continue;
    if (!course.sections && !view.ids("sections", "course_id").has(course.course_id)) continue;
    find(place, {
      column: "course_id",
      value: course.course_id,
      message: `course ${course.course_id} has sections, but nobody asks for it`,
      expected: "requests for a course that is offered",
      mend: "remove its sections, or acknowledge that it runs without requests",
    });
  }
});
