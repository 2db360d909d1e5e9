import { maybe } from "../../nearest.ts";
import { schedulingWarning } from "../check.ts";
import { type DistrictView, each } from "../view.ts";

export const prerequisiteUnknown = schedulingWarning("prerequisite-unknown", (view, find) => {
  const courses = view.ids("courses", "course_id");
  for (const [course, place] of each(view, "courses")) {
    for (const id of course.prerequisites ?? []) {
      if (courses.has(id) && id !== course.course_id) continue;
      find(place, {
        column: "prerequisites",
        value: id,
        message:
          id === course.course_id
            ? `course ${id} is its own prerequisite`
            : `course ${course.course_id} has the prerequisite ${id}, which is no course.${maybe(id, courses.keys() as Iterable<string>)}`,
        expected: "ids of other courses",
        mend: "correct the id, or remove it if the course is no longer offered",
      });
    }
  }
});

export const prerequisiteNotBefore = schedulingWarning("prerequisite-not-before", (view, find) => {
  const asked = view.derived(requestedCourses);
  for (const [request, place] of each(view, "requests")) {
    const course = view.row("courses", "course_id", request.course_id);
    if (request.kind === "alternate" || !course?.prerequisites) continue;
    const missing = course.prerequisites.find((id) => {
      const before = view.row("courses", "course_id", id);
      const both = id !== course.course_id && asked.has(`${request.student_id}/${id}`);
      // Of parts of the year the first can come first; a course of the whole year comes neither before nor after anything of that year.
      return both && before !== undefined && (before.term === "year" || course.term === "year");
    });
    if (missing === undefined) continue;
    find(place, {
      column: "course_id",
      value: request.course_id,
      message: `student ${request.student_id} asks for ${request.course_id} in the same year as its prerequisite ${missing}`,
      expected: `${missing} taken before ${request.course_id}`,
      mend: "leave one of the two requests for another year, or acknowledge the exception",
    });
  }
});

/** `student/course` of every request that is no alternate. */
const requestedCourses = (view: DistrictView): ReadonlySet<string> =>
  new Set(
    view.tables.requests.flatMap((row) => (row.kind === "alternate" ? [] : [`${row.student_id}/${row.course_id}`])),
  );
