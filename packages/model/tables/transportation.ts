import { clock, date, decimal, grade, id, list, oneOf, probability, reference, text, whole, yesNo } from "../column.ts";
import { table } from "../table.ts";

export const riders = table("transportation/riders.csv", ["student_id"], {
  student_id: reference("students", "student_id").mandatory,
  rides_am: probability(),
  rides_pm: probability(),
  am_lat: decimal(-90, 90),
  am_lon: decimal(-180, 180),
  pm_lat: decimal(-90, 90),
  pm_lon: decimal(-180, 180),
  needs: list(oneOf("wheelchair", "harness", "monitor", "curbside")),
  max_ride_min: decimal(0),
  stop_id: id(),
  days: list(id()),
});

export const bells = table("transportation/bells.csv", ["school_id"], {
  school_id: reference("schools", "school_id").mandatory,
  bell_start: clock().mandatory,
  bell_end: clock().mandatory,
  allowed_starts: list(clock()),
  arrive_earliest_min: decimal(0),
  arrive_latest_min: decimal(0),
  depart_latest_min: decimal(0),
  unload_min: decimal(0),
  load_min: decimal(0),
  buses_at_once: whole(1),
});

export const rules = table("transportation/rules.csv", ["grade"], {
  grade: grade().mandatory,
  walk_zone_m: decimal(0).mandatory,
  stop_walk_max_m: decimal(0).mandatory,
  ride_max_min: decimal(0).mandatory,
  seats_per_rider: decimal(0, 2),
  may_cross: oneOf("none", "residential", "collector", "arterial"),
  share_with: list(grade()),
});

export const stops = table("transportation/stops.csv", ["stop_id"], {
  stop_id: id().mandatory,
  lat: decimal(-90, 90).mandatory,
  lon: decimal(-180, 180).mandatory,
  title: text(),
  schools: list(reference("schools", "school_id")),
  riders_max: whole(0),
  side: text(),
  active: yesNo(),
});

export const buses = table("transportation/buses.csv", ["bus_id"], {
  bus_id: id().mandatory,
  bus_type_id: reference("bus_types", "bus_type_id").mandatory,
  depot_id: reference("depots", "depot_id").mandatory,
  available_from: clock(),
  available_to: clock(),
});

export const busTypes = table("transportation/bus_types.csv", ["bus_type_id"], {
  bus_type_id: id().mandatory,
  benches: decimal(0).mandatory,
  wheelchair_positions: whole(0),
  lift: yesNo(),
  cost_fixed_usd: decimal(0).mandatory,
  cost_per_mile_usd: decimal(0).mandatory,
  cost_per_hour_usd: decimal(0).mandatory,
  mpg: decimal(0).mandatory,
  fuel: oneOf("diesel", "gasoline", "propane", "electric"),
  kwh_per_mile: decimal(0),
  co2_kg_per_gallon: decimal(0),
  height_m: decimal(0),
  weight_t: decimal(0),
  range_miles: decimal(0),
});

export const depots = table("transportation/depots.csv", ["depot_id"], {
  depot_id: id().mandatory,
  lat: decimal(-90, 90).mandatory,
  lon: decimal(-180, 180).mandatory,
});

export const fuel = table("transportation/fuel.csv", ["fuel"], {
  fuel: oneOf("diesel", "gasoline", "propane", "electric").mandatory,
  price_usd: decimal(0).mandatory,
});

/** `factor` multiplies speed; `from` inclusive, `to` exclusive; the columns `from` and `to` are times of day. */
export const speedFactors = table("transportation/speed_factors.csv", [], {
  from: clock().mandatory,
  to: clock().mandatory,
  road_class: text(),
  area: text(),
  factor: decimal(0.01, 10).mandatory,
});

/** A way, or everything within `radius_m` of a point; `from`, `to` are dates, both inclusive. */
export const closures = table("transportation/closures.csv", [], {
  osm_way_id: id(),
  lat: decimal(-90, 90),
  lon: decimal(-180, 180),
  radius_m: decimal(0),
  from: date(),
  to: date(),
});

export const drivers = table("transportation/drivers.csv", ["driver_id"], {
  driver_id: id().mandatory,
  depot_id: reference("depots", "depot_id"),
  hours_guaranteed: decimal(0, 24),
  hours_max: decimal(0, 24),
  available: list(oneOf("AM", "PM")),
});

export const gps = table("transportation/gps.csv", [], {
  run_id: id().mandatory,
  stop_id: id().mandatory,
  date: date().mandatory,
  arrived: clock().mandatory,
});
