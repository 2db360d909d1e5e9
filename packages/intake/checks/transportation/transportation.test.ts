import { type Planted, testPlanted } from "../../fixture/planted.ts";
import { transportationChecks } from "./index.ts";

const F = (name: string) => `transportation/${name}.csv`;
const [riders, bells, rules, stops, buses, types] = ["riders", "bells", "rules", "stops", "buses", "bus_types"].map(F);
const [depots, fuel, speeds, closures, drivers, gps] = [
  "depots",
  "fuel",
  "speed_factors",
  "closures",
  "drivers",
  "gps",
].map(F);
const [runs, runStops, assigned, routes] = ["today_runs", "today_run_stops", "today_assignments", "today_routes"].map(
  F,
);
const settings = "transportation/settings.json";
const MAP = "roads/map.osm.pbf";

const planted: readonly Planted[] = [
  [
    "a place of boarding on another continent",
    "rider-place-far",
    (d) => d.set(riders, { student_id: "S201" }, { am_lon: "75.015" }),
    { file: riders, row: 3, column: "am_lat" },
  ],
  [
    "half of a place",
    "rider-place-half",
    (d) => d.set(riders, { student_id: "S201" }, { am_lon: "" }),
    { file: riders, row: 3, column: "am_lon" },
  ],
  [
    "a rider without a home",
    "rider-without-place",
    (d) => d.set("students.csv", { student_id: "S202" }, { lat: "", lon: "" }),
    { file: riders, row: 4 },
  ],
  ["a depot far away", "depot-far", (d) => d.set(depots, {}, { lat: "41.5" }), { file: depots, row: 2, column: "lat" }],
  [
    "a stop far from every school",
    "stop-far",
    (d) => d.set(stops, { stop_id: "ST2" }, { lat: "41.5" }),
    { file: stops, row: 3, column: "lat" },
  ],
  [
    "two stops at one place",
    "stops-at-one-place",
    (d) => d.add(stops, { stop_id: "ST3" }),
    { file: stops, row: 4, column: "stop_id" },
  ],
  [
    "today's stop that is not in the list",
    "rider-stop-unknown",
    (d) => d.set(riders, { student_id: "S101" }, { stop_id: "ST11" }),
    { file: riders, row: 2, column: "stop_id" },
  ],
  [
    "a day that no week has",
    "rider-days-unknown",
    (d) => d.set(riders, { student_id: "S201" }, { days: "Mon|Xday" }),
    { file: riders, row: 3, column: "days" },
  ],
  [
    "a longest ride of one minute",
    "ride-limit-improbable",
    (d) => d.set(riders, { student_id: "S201" }, { max_ride_min: "1" }),
    { file: riders, row: 3, column: "max_ride_min" },
  ],
  [
    "a school with riders and no bell",
    "bell-missing",
    (d) => d.remove(bells, { school_id: "ES" }),
    { file: bells, column: "school_id" },
  ],
  [
    "a grade without a rule",
    "rule-missing",
    (d) => d.set("students.csv", { student_id: "S104" }, { grade: "11" }),
    { file: rules, column: "grade" },
  ],
  [
    "a day that ends before it starts",
    "bell-reversed",
    (d) => d.set(bells, { school_id: "HS" }, { bell_end: "02:30" }),
    { file: bells, row: 2, column: "bell_end" },
  ],
  [
    "a school that starts at noon",
    "bell-improbable",
    (d) => d.set(bells, { school_id: "ES" }, { bell_start: "12:00" }),
    { file: bells, row: 3, column: "bell_start" },
  ],
  [
    "a bell outside its allowed starts",
    "bell-outside-allowed",
    (d) => d.set(bells, { school_id: "HS" }, { allowed_starts: "07:30|08:15" }),
    { file: bells, row: 2, column: "allowed_starts" },
  ],
  [
    "an arrival window that closes before it opens",
    "arrival-window-reversed",
    (d) => d.set(bells, { school_id: "HS" }, { arrive_latest_min: "30" }),
    { file: bells, row: 2, column: "arrive_latest_min" },
  ],
  [
    "loading that takes longer than buses may stay",
    "dismissal-too-short",
    (d) => d.set(bells, { school_id: "HS" }, { depart_latest_min: "3" }),
    { file: bells, row: 2, column: "depart_latest_min" },
  ],
  [
    "buses allowed three hours early",
    "arrival-window-improbable",
    (d) => d.set(bells, { school_id: "HS" }, { arrive_earliest_min: "180" }),
    { file: bells, row: 2, column: "arrive_earliest_min" },
  ],
  [
    "a walk to the stop in kilometres",
    "rule-improbable",
    (d) => d.set(rules, { grade: "9" }, { stop_walk_max_m: "0.8" }),
    { file: rules, row: 4, column: "stop_walk_max_m" },
  ],
  [
    "a longest ride of nothing",
    "ride-max-zero",
    (d) => d.set(rules, { grade: "9" }, { ride_max_min: "0" }),
    { file: rules, row: 4, column: "ride_max_min" },
  ],
  [
    "grades of which one will not ride with the other",
    "share-one-sided",
    (d) => d.set(rules, { grade: "K" }, { share_with: "K" }),
    { file: rules, row: 3, column: "share_with" },
  ],
  [
    "a bus without any seat",
    "no-seat-at-all",
    (d) => d.set(types, { bus_type_id: "LARGE" }, { benches: "0" }),
    { file: types, row: 2, column: "benches" },
  ],
  [
    "seats counted in children",
    "benches-improbable",
    (d) => d.set(types, { bus_type_id: "LARGE" }, { benches: "72" }),
    { file: types, row: 2, column: "benches" },
  ],
  [
    "a wheelchair and no lift",
    "no-lift-for-wheelchairs",
    (d) => d.set(types, { bus_type_id: "LIFT" }, { wheelchair_positions: "0", lift: "no" }),
    { file: riders, row: 4, column: "needs" },
  ],
  [
    "a lift without a position",
    "lift-without-position",
    (d) => d.set(types, { bus_type_id: "LARGE" }, { lift: "yes" }),
    { file: types, row: 2, column: "wheelchair_positions" },
  ],
  [
    "a type that no bus has",
    "bus-type-without-bus",
    (d) => d.add(types, { bus_type_id: "VAN" }),
    { file: types, row: 4 },
  ],
  [
    "a bus that is available backwards",
    "bus-hours-reversed",
    (d) => d.set(buses, { bus_id: "B2" }, { available_to: "05:00" }),
    { file: buses, row: 3, column: "available_to" },
  ],
  [
    "more hours guaranteed than allowed",
    "driver-hours-reversed",
    (d) => d.set(drivers, {}, { hours_guaranteed: "9" }),
    { file: drivers, row: 2, column: "hours_guaranteed" },
  ],
  [
    "a diesel bus of no mileage",
    "mpg-zero",
    (d) => d.set(types, { bus_type_id: "LARGE" }, { mpg: "0" }),
    { file: types, row: 2, column: "mpg" },
  ],
  [
    "70 miles a gallon",
    "mpg-improbable",
    (d) => d.set(types, { bus_type_id: "LARGE" }, { mpg: "70" }),
    { file: types, row: 2, column: "mpg" },
  ],
  [
    "an electric bus of unknown use",
    "electric-without-kwh",
    (d) => d.set(types, { bus_type_id: "LIFT" }, { kwh_per_mile: "" }),
    { file: types, row: 3, column: "kwh_per_mile" },
  ],
  [
    "150 kWh a mile",
    "kwh-improbable",
    (d) => d.set(types, { bus_type_id: "LIFT" }, { kwh_per_mile: "150" }),
    { file: types, row: 3, column: "kwh_per_mile" },
  ],
  [
    "a fuel without a price",
    "fuel-without-price",
    (d) => d.remove(fuel, { fuel: "diesel" }),
    { file: types, row: 2, column: "fuel" },
  ],
  [
    "diesel at 410 dollars",
    "fuel-price-improbable",
    (d) => d.set(fuel, { fuel: "diesel" }, { price_usd: "410" }),
    { file: fuel, row: 2, column: "price_usd" },
  ],
  [
    "a driver for nothing",
    "bus-cost-improbable",
    (d) => d.set(types, { bus_type_id: "LARGE" }, { cost_per_hour_usd: "0" }),
    { file: types, row: 2, column: "cost_per_hour_usd" },
  ],
  [
    "a factor for no time",
    "speed-factor-reversed",
    (d) => d.set(speeds, { area: "downtown" }, { to: "06:00" }),
    { file: speeds, row: 4, column: "to" },
  ],
  [
    "two factors at one time",
    "speed-factors-overlap",
    (d) => d.set(speeds, { from: "09:00" }, { from: "08:30" }),
    { file: speeds, row: 3, column: "from" },
  ],
  [
    "a factor for an area that is not drawn",
    "speed-area-unknown",
    (d) => d.set(speeds, { area: "downtown" }, { area: "uptown" }),
    { file: speeds, row: 4, column: "area" },
  ],
  [
    "a factor for a class of roads that is none",
    "road-class-unknown",
    (d) => d.set(speeds, { from: "09:00" }, { road_class: "primry" }),
    { file: speeds, row: 3, column: "road_class" },
  ],
  [
    "a factor of time instead of speed",
    "speed-factor-improbable",
    (d) => d.set(speeds, { area: "downtown" }, { factor: "3" }),
    { file: speeds, row: 4, column: "factor" },
  ],
  [
    "a closure of nowhere",
    "closure-without-place",
    (d) => d.set(closures, { radius_m: "100" }, { lat: "" }),
    { file: closures, row: 3 },
  ],
  [
    "a closure that ends before it begins",
    "closure-reversed",
    (d) => d.set(closures, { osm_way_id: "4002" }, { to: "2027-08-01" }),
    { file: closures, row: 2, column: "to" },
  ],
  [
    "mixed loads of an unknown school",
    "mixed-load-school-unknown",
    (d) => d.setting(settings, { mixed_loads: [["HS", "MS"]] }),
    { file: settings, column: "mixed_loads" },
  ],
  [
    "buses on 18 days a year",
    "service-days-improbable",
    (d) => d.setting(settings, { service_days: 18 }),
    { file: settings, column: "service_days" },
  ],
  [
    "today's run by an unknown bus",
    "today-service-unknown-id",
    (d) => d.set(runs, {}, { bus_id: "B9" }),
    { file: runs, row: 2, column: "bus_id" },
  ],
  [
    "a student who boards where the run does not call",
    "today-stop-not-on-run",
    (d) => d.set(assigned, {}, { stop_id: "ST2" }),
    { file: assigned, row: 2, column: "stop_id" },
  ],
  [
    "an afternoon ride on a morning run",
    "today-direction-differs",
    (d) => d.set(assigned, {}, { direction: "PM" }),
    { file: assigned, row: 2, column: "direction" },
  ],
  [
    "a run that arrives before it departs",
    "today-run-reversed",
    (d) => d.set(runs, {}, { arrive: "07:10" }),
    { file: runs, row: 2, column: "arrive" },
  ],
  [
    "stops that are reached backwards in time",
    "today-stops-out-of-order",
    (d) => d.set(runStops, { seq: "2" }, { arrive: "07:20" }),
    { file: runStops, row: 3, column: "arrive" },
  ],
  [
    "a run that no bus drives",
    "today-run-not-driven-once",
    (d) => d.remove(routes, { seq: "1" }),
    { file: runs, row: 2, column: "run_id" },
  ],
  [
    "a run that two tables give to two buses",
    "today-bus-differs",
    (d) => d.set(routes, { seq: "1" }, { bus_id: "B2" }),
    { file: routes, row: 2, column: "bus_id" },
  ],
  [
    "more riders than the bus has seats",
    "today-run-overfull",
    (d) => d.set(runs, {}, { riders_max: "90" }),
    { file: runs, row: 2, column: "riders_max" },
  ],
  [
    "recorded times of a run that is none",
    "gps-unknown-run",
    (d) => d.set(gps, {}, { run_id: "RUN7" }),
    { file: gps, row: 2, column: "run_id" },
  ],
  ["a district without a map", "map-not-given", (d) => d.omitMap(), { file: MAP }],
];

testPlanted(transportationChecks, planted);
