import { GRADES, type Grade, type LatLon, parseClock, type TableRow } from "@trivium/model";
import { SCHOOL_PLANS } from "../people/schools.ts";

const at = (time: string): number => parseClock(time) ?? 0;

/** Three tiers: the high school first, the middle schools next, the elementary schools last. */
const TIERS = {
  high: { start: "07:10", end: "14:00", unload_min: 2, load_min: 5, buses_at_once: 12 },
  middle: { start: "08:15", end: "15:05", unload_min: 2, load_min: 5, buses_at_once: 8 },
  elementary: { start: "09:20", end: "16:10", unload_min: 3, load_min: 6, buses_at_once: 6 },
} as const;

/** Starts that the board would allow at some schools. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  H1: ["07:10", "08:15"],
  M2: ["07:10", "08:15"],
  E3: ["08:15", "09:20"],
  E5: ["08:15", "09:20"],
};

export const BELLS: readonly TableRow<"bells">[] = SCHOOL_PLANS.map(({ school_id, level }) => {
  const { start, end, ...loop } = TIERS[level];
  return {
    school_id,
    bell_start: at(start),
    bell_end: at(end),
    ...(ALLOWED[school_id] ? { allowed_starts: ALLOWED[school_id].map(at) } : {}),
    arrive_earliest_min: 25,
    arrive_latest_min: 5,
    depart_latest_min: 20,
    ...loop,
  };
});

export type Rule = TableRow<"rules">;

/** Young children walk less far, cross only quiet roads, ride less long, and not with high-school students. */
export const RULES: readonly Rule[] = GRADES.slice(1).map((grade, index): Rule => {
  const common = { grade, ride_max_min: index <= 5 ? 60 : 75 };
  const young: Grade[] = ["K", "1", "2", "3", "4", "5", "6", "7", "8"];
  if (index <= 2)
    return {
      ...common,
      walk_zone_m: 1000,
      stop_walk_max_m: 350,
      seats_per_rider: 0.33,
      may_cross: "residential",
      share_with: young,
    };
  if (index <= 5)
    return {
      ...common,
      walk_zone_m: 1200,
      stop_walk_max_m: 450,
      seats_per_rider: 0.33,
      may_cross: "collector",
      share_with: young,
    };
  if (index <= 8)
    return { ...common, walk_zone_m: 1800, stop_walk_max_m: 650, seats_per_rider: 0.5, may_cross: "collector" };
  return {
    ...common,
    walk_zone_m: 2600,
    stop_walk_max_m: 800,
    seats_per_rider: 0.5,
    may_cross: "arterial",
    share_with: ["6", "7", "8", "9", "10", "11", "12"],
  };
});

export const SETTINGS = {
  dwell_s: 20,
  dwell_per_rider_s: 3,
  dwell_wheelchair_s: 180,
  service_days: 176,
  mixed_loads: "never",
  stop_riders_min: 2,
  link_buffer_min: 4,
  expected_load: false,
  count_pull: true,
} as const;

/** Peaks by road class, slower still in the middle of town. */
export const SPEED_FACTORS: readonly TableRow<"speed_factors">[] = (
  [
    ["07:00", "09:00", "primary", undefined, 0.8],
    ["07:00", "09:00", "secondary", undefined, 0.86],
    ["07:00", "09:00", "tertiary", undefined, 0.92],
    ["07:00", "09:00", "motorway", undefined, 0.88],
    ["07:00", "09:00", undefined, "downtown", 0.92],
    ["15:30", "17:30", "primary", undefined, 0.78],
    ["15:30", "17:30", "secondary", undefined, 0.85],
    ["15:30", "17:30", "motorway", undefined, 0.85],
    ["15:30", "17:30", undefined, "downtown", 0.9],
  ] as const
).map(([from, to, road_class, area, factor]) => ({
  from: at(from),
  to: at(to),
  ...(road_class ? { road_class } : {}),
  ...(area ? { area } : {}),
  factor,
}));

/** The middle of town, 1.4 km square, as the area that speed factors name. */
export function areasGeojson(downtown: LatLon): unknown {
  const [south, north] = [downtown.lat - 0.0063, downtown.lat + 0.0063];
  const [west, east] = [downtown.lon - 0.0086, downtown.lon + 0.0086];
  const ring = [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ].map((point) => point.map((degrees) => Math.round(degrees * 1e6) / 1e6));
  return {
    type: "FeatureCollection",
    features: [
      {
        type: "Feature",
        id: "downtown",
        properties: { name: "Downtown" },
        geometry: { type: "Polygon", coordinates: [ring] },
      },
    ],
  };
}
