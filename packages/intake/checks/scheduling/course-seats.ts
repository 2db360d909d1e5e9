import { schedulingError, schedulingWarning } from "../check.ts";
import { each } from "../view.ts";
import { demand } from "./demand.ts";

/** Larger classes than this are ensembles or lectures: possible, but worth a look. */
const CLASS_LARGE = 150;
const CLASS_SMALL = 4;

export const seatsZeroWithRequests = schedulingError("seats-zero-with-requests", (view, find) => {
  for (const [course, place] of each(view, "courses")) {
    const wanted = view.derived(demand).get(course.course_id) ?? 0;
    if (course.seats_max > 0 || wanted === 0) continue;
    find(place, {
      column: "seats_max",
      value: 0,
      message: `course ${course.course_id} has no seats, but ${wanted} requests`,
      expected: "seats for those who ask for it",
      mend: "set seats_max, or remove the requests",
    });
  }
});

export const seatsOutOfOrder = schedulingError("seats-out-of-order", (view, find) => {
  for (const [course, place] of each(view, "courses")) {
    const least = course.seats_min ?? 0;
    if (least <= course.seats_max) continue;
    find(place, {
      column: "seats_min",
      value: least,
      message: `course ${course.course_id} has seats_min ${least} and seats_max ${course.seats_max}`,
      expected: "seats_min ≤ seats_max",
      mend: "correct the one that is wrong",
    });
  }
});

export const seatsTargetOutside = schedulingWarning("seats-target-outside", (view, find) => {
  for (const [course, place] of each(view, "courses")) {
    const { seats_target: target, seats_min: least = 0, seats_max: most } = course;
    if (target === undefined || (target >= least && target <= most)) continue;
    find(place, {
      column: "seats_target",
      value: target,
      message: `course ${course.course_id} aims at ${target} students a section, with ${least} to ${most} allowed`,
      expected: `from ${least} to ${most}`,
      mend: "correct the target or the cap",
    });
  }
});

export const seatsImprobable = schedulingWarning("seats-improbable", (view, find) => {
  for (const [course, place] of each(view, "courses")) {
    if (course.seats_max === 0 || (course.seats_max >= CLASS_SMALL && course.seats_max <= CLASS_LARGE)) continue;
    find(place, {
      column: "seats_max",
      value: course.seats_max,
      message: `course ${course.course_id} has a cap of ${course.seats_max} students a section`,
      expected: `a cap from ${CLASS_SMALL} to ${CLASS_LARGE}`,
      mend: "correct the cap, or acknowledge it",
    });
  }
});
