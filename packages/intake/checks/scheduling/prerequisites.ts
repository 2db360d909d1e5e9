import { maybe } from "../../nearest.ts";
import { schedulingWarning } from "../check.ts";
import { each } from "../view.ts";

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
