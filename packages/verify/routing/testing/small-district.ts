import { type Dataset, emptyTables, parseClock, sealDataset, type TableRow } from "@trivium/model";
import { at } from "./grid-city.ts";

const clock = (time: string): number => parseClock(time) ?? 0;

const student = (student_id: string, school_id: string, grade: "K" | "5" | "7", x: number, y: number) => ({
  student_id,
  school_id,
  grade,
  ...at(x, y),
});

const stop = (stop_id: string, x: number, y: number): TableRow<"stops"> => ({ stop_id, ...at(x, y), active: true });

/**
 * Two schools an hour apart, four stops, two buses. S1: two riders at A, one at B, one fetched at home by wheelchair; one who walks;
 * one without a place; one cut off by the arterial. S2: one rider at C, two at D, of whom one has no row and lives beyond the walk zone.
 */
export function smallDistrict(): Dataset {
  return sealDataset({
    district: { name: "Grid City", timezone: "America/Chicago", school_year: "2027-28" },
    tables: {
      ...emptyTables(),
      schools: [
        { school_id: "S1", name: "South", level: "elementary", ...at(0, 0) },
        { school_id: "S2", name: "East", level: "middle", ...at(3000, 0) },
      ],
      students: [
        student("a1", "S1", "5", 0, 2100),
        student("a2", "S1", "5", 100, 2000),
        student("b1", "S1", "5", 500, 2200),
        student("chair", "S1", "5", 540, 3030),
        student("walker", "S1", "5", 300, 0),
        { student_id: "nowhere", school_id: "S1", grade: "5" },
        student("cut-off", "S1", "K", 1100, 2000),
        student("c1", "S2", "7", 3000, 2100),
        student("d1", "S2", "7", 3500, 2100),
        student("silent", "S2", "7", 3500, 2200),
      ],
      riders: ["a1", "a2", "b1", "chair", "nowhere", "cut-off", "c1", "d1"].map((student_id) => ({
        student_id,
        rides_am: 1,
        rides_pm: 1,
        ...(student_id === "chair" ? { needs: ["wheelchair" as const] } : {}),
        ...(student_id === "a2" ? { rides_am: 0.5 } : {}),
      })),
      bells: [
        {
          school_id: "S1",
          bell_start: clock("08:00"),
          bell_end: clock("15:00"),
          unload_min: 2,
          load_min: 5,
          buses_at_once: 1,
        },
        {
          school_id: "S2",
          bell_start: clock("09:00"),
          bell_end: clock("16:00"),
          allowed_starts: [clock("09:00"), clock("09:30")],
          buses_at_once: 2,
        },
      ],
      rules: [
        {
          grade: "K",
          walk_zone_m: 500,
          stop_walk_max_m: 300,
          ride_max_min: 30,
          seats_per_rider: 0.33,
          may_cross: "residential",
        },
        {
          grade: "5",
          walk_zone_m: 1000,
          stop_walk_max_m: 300,
          ride_max_min: 30,
          seats_per_rider: 0.33,
          may_cross: "collector",
        },
        {
          grade: "7",
          walk_zone_m: 1500,
          stop_walk_max_m: 400,
          ride_max_min: 40,
          seats_per_rider: 0.5,
          may_cross: "arterial",
        },
      ],
      stops: [
        stop("A", 0, 2000),
        stop("B", 500, 2000),
        stop("C", 3000, 2000),
        stop("D", 3500, 2000),
        stop("E", 900, 2000),
      ],
      buses: [
        {
          bus_id: "B1",
          bus_type_id: "LIFT",
          depot_id: "YARD",
          available_from: clock("06:00"),
          available_to: clock("18:00"),
        },
        { bus_id: "B2", bus_type_id: "BIG", depot_id: "YARD" },
      ],
      bus_types: [
        {
          bus_type_id: "LIFT",
          benches: 2,
          wheelchair_positions: 1,
          lift: true,
          cost_fixed_usd: 40_000,
          cost_per_mile_usd: 1,
          cost_per_hour_usd: 30,
          mpg: 8,
          fuel: "diesel",
          co2_kg_per_gallon: 10,
          range_miles: 60,
        },
        {
          bus_type_id: "BIG",
          benches: 24,
          cost_fixed_usd: 40_000,
          cost_per_mile_usd: 1,
          cost_per_hour_usd: 30,
          mpg: 7,
          fuel: "diesel",
        },
      ],
      depots: [{ depot_id: "YARD", ...at(0, -2000) }],
      fuel: [{ fuel: "diesel", price_usd: 4 }],
    },
    present: new Set([
      "schools",
      "students",
      "riders",
      "bells",
      "rules",
      "stops",
      "buses",
      "bus_types",
      "depots",
      "fuel",
    ]),
    settings: {
      scheduling: {},
      routing: {
        dwell_s: 20,
        dwell_per_rider_s: 3,
        dwell_wheelchair_s: 180,
        link_buffer_min: 4,
        service_days: 100,
        ride_vs_direct_max: 5,
      },
      facilities: {},
    },
  });
}
