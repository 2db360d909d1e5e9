import { schedulingWarning } from "../check.ts";
import { each } from "../view.ts";

export const alternateWithoutRequest = schedulingWarning("alternate-without-request", (view, find) => {
  const key = (student: string, course: string) => `${student}\u0001${course}`;
  const asked = new Set<string>();
  for (const request of view.tables.requests) {
    if (request.kind !== "alternate") asked.add(key(request.student_id, request.course_id));
  }
  for (const [request, place] of each(view, "requests")) {
    if (request.kind !== "alternate" || request.alternate_for === undefined) continue;
    if (asked.has(key(request.student_id, request.alternate_for))) continue;
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
