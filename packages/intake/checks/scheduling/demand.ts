import type { DistrictView } from "../view.ts";

/** Course → required and elective requests for it. Alternates count only when something else fails. */
export function demand(view: DistrictView): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const request of view.tables.requests) {
    if (request.kind === "alternate") continue;
    counts.set(request.course_id, (counts.get(request.course_id) ?? 0) + 1);
  }
  return counts;
}

/** Course → sections that it needs: as fixed, else its demand over its cap, and at least those listed. */
export function sectionsNeeded(view: DistrictView): ReadonlyMap<string, number> {
  const listed = view.group("sections", "course_id");
  return new Map(
    view.tables.courses.map((course) => {
      const wanted = view.derived(demand).get(course.course_id) ?? 0;
      const computed = course.seats_max > 0 ? Math.ceil(wanted / course.seats_max) : 0;
      return [course.course_id, course.sections ?? Math.max(computed, listed.get(course.course_id)?.length ?? 0)];
    }),
  );
}
