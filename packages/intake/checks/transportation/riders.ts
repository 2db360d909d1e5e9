import { maybe } from "../../nearest.ts";
import { routingError, routingWarning } from "../check.ts";
import { each } from "../view.ts";

export const riderStopUnknown = routingWarning("rider-stop-unknown", (view, find) => {
  if (!view.present.has("stops")) return;
  const stops = view.ids("stops", "stop_id");
  for (const [rider, place] of each(view, "riders")) {
    if (rider.stop_id === undefined || stops.has(rider.stop_id)) continue;
    find(place, {
      column: "stop_id",
      value: rider.stop_id,
      message: `today's stop of student ${rider.student_id} is ${rider.stop_id}, which is not in stops.csv.${maybe(rider.stop_id, stops.keys() as Iterable<string>)}`,
      expected: "a stop of transportation/stops.csv",
      mend: "correct the id, or empty the cell",
    });
  }
});

const DAY = /^(mo|tu|we|th|fr|sa|su)/i;

export const riderDaysUnknown = routingWarning("rider-days-unknown", (view, find) => {
  for (const [rider, place] of each(view, "riders")) {
    const wrong = rider.days?.find((day) => !DAY.test(day) && !/^[1-7A-F]$/.test(day));
    if (wrong === undefined) continue;
    find(place, {
      column: "days",
      value: wrong,
      message: `student ${rider.student_id} rides on ${wrong}, which is no day`,
      expected: "days as Mon|Wed, or cycle days as A|B",
      mend: "correct the list, or empty it for every day",
    });
  }
});

export const rideLimitImprobable = routingWarning("ride-limit-improbable", (view, find) => {
  for (const [rider, place] of each(view, "riders")) {
    const most = rider.max_ride_min;
    if (most === undefined || (most >= 5 && most <= 180)) continue;
    find(place, {
      column: "max_ride_min",
      value: most,
      message: `student ${rider.student_id} may ride ${most} minutes at most`,
      expected: "from 5 to 180 minutes",
      mend: "correct the limit, or acknowledge it",
    });
  }
});

/** A rider whose school has no bell cannot be brought in time. */
export const bellMissing = routingError("bell-missing", (view, find) => {
  if (!view.present.has("bells")) return;
  const bells = view.ids("bells", "school_id");
  const riders = view.group("riders", "student_id");
  const reported = new Set<string>();
  for (const [student, place] of each(view, "students")) {
    if (bells.has(student.school_id) || reported.has(student.school_id)) continue;
    const rider = view.tables.riders[riders.get(student.student_id)?.[0] ?? -1];
    if (rider && rider.rides_am === 0 && rider.rides_pm === 0) continue;
    reported.add(student.school_id);
    find("transportation/bells.csv", {
      column: "school_id",
      value: student.school_id,
      message: `school ${student.school_id} has students who may ride, but no bell`,
      expected: "a row for each school with riders",
      mend: "add the school's bell times, or set rides_am and rides_pm of its students to no",
      others: [place],
    });
  }
});

export const ruleMissing = routingError("rule-missing", (view, find) => {
  if (!view.present.has("rules")) return;
  const rules = view.ids("rules", "grade");
  for (const [grade, indexes] of view.group("students", "grade")) {
    if (rules.has(grade)) continue;
    find("transportation/rules.csv", {
      column: "grade",
      value: grade,
      message: `${indexes.length} students are in grade ${grade}, for which there is no rule`,
      expected: "a row for each grade: walk zone, walk to the stop, longest ride",
      mend: `add a row for grade ${grade}`,
      others: [{ table: "students", index: indexes[0] }],
    });
  }
});
