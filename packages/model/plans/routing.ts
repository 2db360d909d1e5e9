import { clock, decimal, id, list, oneOf, text, whole, yesNo } from "../column.ts";
import { table } from "../table.ts";

const direction = oneOf("AM", "PM").mandatory;

export const planRuns = table("runs.csv", ["run_id"], {
  run_id: id().mandatory,
  direction,
  school_ids: list(id()).mandatory,
  bus_id: id(),
  depart: clock().mandatory,
  arrive: clock().mandatory,
  riders_max: whole(0),
  distance_m: whole(0),
  miles: decimal(0),
  minutes: decimal(0),
});

export const planRunStops = table("run_stops.csv", ["run_id", "seq"], {
  run_id: id().mandatory,
  seq: whole(0).mandatory,
  stop_id: id().mandatory,
  lat: decimal(-90, 90),
  lon: decimal(-180, 180),
  leg_m: whole(0),
  leg_s: whole(0),
  arrive: clock().mandatory,
  depart: clock().mandatory,
  boarding: whole(0),
  alighting: whole(0),
  load: whole(0),
});

export const planAssignments = table("assignments.csv", ["student_id", "direction"], {
  student_id: id().mandatory,
  direction,
  stop_id: id().mandatory,
  run_id: id().mandatory,
  bus_id: id(),
  walk_m: whole(0),
  board: clock(),
  alight: clock(),
  ride_min: decimal(0),
  direct_min: decimal(0),
});

export const planRoutes = table("routes.csv", ["bus_id", "seq"], {
  bus_id: id().mandatory,
  seq: whole(0).mandatory,
  run_id: id(),
  deadhead_m: whole(0),
  deadhead_s: whole(0),
  deadhead_miles: decimal(0),
  deadhead_min: decimal(0),
  /** Who drives the piece, where the district lists its drivers. */
  driver_id: id(),
});

export const planBells = table("bells.csv", ["school_id"], {
  school_id: id().mandatory,
  bell_start: clock().mandatory,
  bell_end: clock().mandatory,
});

/**
 * How the rides are shared out. A slice is `all`, `school`, `grade`, or a `group_*` column; `value` names the school, grade or group.
 * Groups of fewer than ten students have no figures; nor do the other groups of that column have counts from which those could be told.
 */
export const planRideFairness = table("fairness.csv", ["slice", "value"], {
  slice: text().mandatory,
  value: text().mandatory,
  suppressed: yesNo(),
  students: whole(0),
  rides_served: whole(0),
  rides_unserved: whole(0),
  ride_min_mean: decimal(0),
  ride_min_p95: decimal(0),
  ride_min_max: decimal(0),
  /** Mean ride against that of all; 1 = the same. */
  ride_ratio: decimal(0),
  /** Without those fetched at home. */
  walk_m_mean: decimal(0),
  walk_ratio: decimal(0),
  /** Earliest boarding of a morning. */
  first_board: clock(),
  /** Mean time between getting off and the morning bell. */
  before_bell_min_mean: decimal(),
  /** Minutes of school lost a day, all students together: off the bus after the bell, or on it before the bell. */
  school_min_lost: decimal(0),
});

export const planUnserved = table("unserved.csv", ["student_id", "direction"], {
  student_id: id().mandatory,
  direction,
  reason_code: oneOf(
    "no_location",
    "no_stop_in_reach",
    "barred_crossing",
    "ride_too_long",
    "no_lift",
    "no_capacity",
    "no_bus",
  ).mandatory,
  fix: text(),
});
