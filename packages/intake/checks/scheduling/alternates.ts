import { schedulingWarning } from "../check.ts";
import { each } from "../view.ts";

export const alternateWithoutRequest = schedulingWarning("alternate-without-request", (view, find) => {
  for (const [request, place] of each(view, "requests")) {
    if (request.kind !== "alternate" || request.alternate_for === undefined) continue;
    const own = view.group("requests", "student_id").get(request.student_id) ?? [];
    const asked = own.some((index) => {
      const other = view.tables.requests[index];
      return other.kind !== "alternate" && other.course_id === request.alternate_for;
    });
    if (asked) continue;
    find(place, {
      column: "alternate_for",
      value: request.alternate_for,
      message: `${request.course_id} is to replace ${request.alternate_for}, for which student ${request.student_id} has no request`,
      expected: "a course that the same student asks for as required or elective",
      mend: "correct alternate_for, or empty it so that the alternate may replace any request",
    });
  }
});

export const alternateForIgnored = schedulingWarning("alternate-for-ignored", (view, find) => {
  for (const [request, place] of each(view, "requests")) {
    if (request.kind === "alternate" || request.alternate_for === undefined) continue;
    find(place, {
      column: "alternate_for",
      value: request.alternate_for,
      message: `the request is ${request.kind}, so alternate_for has no meaning`,
      expected: "alternate_for only where kind is alternate",
      mend: "set kind to alternate, or empty alternate_for",
    });
  }
});
