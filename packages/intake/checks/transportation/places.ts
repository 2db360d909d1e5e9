import { routingWarning } from "../check.ts";
import { distanceKm, placeOf, toNearestSchoolKm } from "../distance.ts";
import { each } from "../view.ts";

const RIDE_FAR_KM = 80;
const DEPOT_FAR_KM = 50;
const STOP_FAR_KM = 50;

export const riderPlaceFar = routingWarning("rider-place-far", (view, find) => {
  for (const [rider, place] of each(view, "riders")) {
    const school = view.row("schools", "school_id", view.row("students", "student_id", rider.student_id)?.school_id);
    if (!school) continue;
    for (const half of ["am", "pm"] as const) {
      const point = placeOf(rider[`${half}_lat`], rider[`${half}_lon`]);
      const far = point && distanceKm(point, school);
      if (far === undefined || far <= RIDE_FAR_KM) continue;
      find(place, {
        column: `${half}_lat`,
        value: rider[`${half}_lat`],
        message: `student ${rider.student_id} is to be fetched or brought ${Math.round(far)} km from ${school.school_id}`,
        expected: `a place within ${RIDE_FAR_KM} km of the school`,
        mend: "correct the coordinates (latitude north, longitude west negative), or acknowledge them",
      });
    }
  }
});

export const riderPlaceHalf = routingWarning("rider-place-half", (view, find) => {
  for (const [rider, place] of each(view, "riders")) {
    for (const half of ["am", "pm"] as const) {
      const lat = rider[`${half}_lat`];
      if ((lat === undefined) === (rider[`${half}_lon`] === undefined)) continue;
      const column = lat === undefined ? `${half}_lat` : `${half}_lon`;
      find(place, {
        column,
        message: `student ${rider.student_id} has half of a place: ${column} is empty`,
        expected: "both coordinates or none",
        mend: "fill the other coordinate, or empty both: then the home is meant",
      });
    }
  }
});

export const riderWithoutPlace = routingWarning("rider-without-place", (view, find) => {
  for (const [rider, place] of each(view, "riders")) {
    const home = view.row("students", "student_id", rider.student_id);
    if (!home || placeOf(home.lat, home.lon)) continue;
    const lacks = (half: "am" | "pm") =>
      (rider[`rides_${half}`] ?? 0) > 0 && !placeOf(rider[`${half}_lat`], rider[`${half}_lon`]);
    if (!lacks("am") && !lacks("pm")) continue;
    find(place, {
      column: "student_id",
      value: rider.student_id,
      message: `student ${rider.student_id} rides, but has neither a home nor a place of boarding: unserved, no_location`,
      expected: "lat and lon in students.csv, or am_ and pm_ places in riders.csv",
      mend: "geocode the address, or set rides_am and rides_pm to no",
    });
  }
});

export const depotFar = routingWarning("depot-far", (view, find) => {
  for (const [depot, place] of each(view, "depots")) {
    const far = toNearestSchoolKm(view, depot);
    if (far <= DEPOT_FAR_KM) continue;
    find(place, {
      column: "lat",
      value: depot.lat,
      message: `depot ${depot.depot_id} lies ${Math.round(far)} km from the nearest school`,
      expected: `a depot within ${DEPOT_FAR_KM} km`,
      mend: "correct the coordinates, or acknowledge them",
    });
  }
});

export const stopFar = routingWarning("stop-far", (view, find) => {
  for (const [stop, place] of each(view, "stops")) {
    const far = toNearestSchoolKm(view, stop);
    if (far <= STOP_FAR_KM) continue;
    find(place, {
      column: "lat",
      value: stop.lat,
      message: `stop ${stop.stop_id} lies ${Math.round(far)} km from the nearest school`,
      expected: `a stop within ${STOP_FAR_KM} km of a school`,
      mend: "correct the coordinates, or delete the stop",
    });
  }
});

export const stopsAtOnePlace = routingWarning("stops-at-one-place", (view, find) => {
  const seen = new Map<string, number>();
  for (const [stop, place] of each(view, "stops")) {
    if (stop.active === false) continue;
    const point = `${stop.lat},${stop.lon},${stop.side ?? ""},${stop.schools?.join("|") ?? ""}`;
    const earlier = seen.get(point);
    if (earlier === undefined) {
      seen.set(point, place.index);
      continue;
    }
    find(place, {
      column: "stop_id",
      value: stop.stop_id,
      message: `stop ${stop.stop_id} is at the very place of ${view.tables.stops[earlier].stop_id}`,
      expected: "one id a place",
      mend: "delete one of them, or set it inactive",
      others: [{ table: "stops", index: earlier }],
    });
  }
});
