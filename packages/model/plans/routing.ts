import { clock, decimal, id, list, oneOf, text, whole } from "../column.ts";
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
});

export const planBells = table("bells.csv", ["school_id"], {
  school_id: id().mandatory,
  bell_start: clock().mandatory,
  bell_end: clock().mandatory,
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
