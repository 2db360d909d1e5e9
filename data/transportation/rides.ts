import type { LatLon, TableRow } from "@trivium/model";
import type { District } from "../district.ts";
import type { Rule } from "./policy.ts";
import type { Rider } from "./riders.ts";

type Direction = "AM" | "PM";

/** One student's ride one way, as today's dispatcher sees it. */
export interface Ride {
  readonly student: TableRow<"students">;
  readonly direction: Direction;
  readonly rule: Rule;
  readonly home: LatLon;
  readonly atHome: boolean;
  readonly wheelchair: boolean;
  readonly rideMaxS: number;
}

/** Everyone who rides, AM rides first, in the order of the students. */
export function ridesOf(
  district: District,
  riders: readonly Rider[],
  beyond: ReadonlySet<string>,
  rules: ReadonlyMap<string, Rule>,
): Ride[] {
  const rows = new Map(riders.map((rider) => [rider.student_id, rider]));
  return (["AM", "PM"] as const).flatMap((direction) =>
    district.students.flatMap((student): Ride[] => {
      const row = rows.get(student.student_id);
      const rule = rules.get(student.grade);
      const share = (direction === "AM" ? row?.rides_am : row?.rides_pm) ?? (beyond.has(student.student_id) ? 1 : 0);
      if (!rule || share === 0 || student.lat === undefined || student.lon === undefined) return [];
      const own = { lat: student.lat, lon: student.lon };
      const elsewhere = direction === "PM" && row?.pm_lat !== undefined && row.pm_lon !== undefined;
      const home = elsewhere ? { lat: row.pm_lat ?? own.lat, lon: row.pm_lon ?? own.lon } : own;
      const wheelchair = row?.needs?.includes("wheelchair") ?? false;
      const atHome = wheelchair || (row?.needs?.includes("curbside") ?? false);
      const rideMaxS = 60 * Math.min(rule.ride_max_min, row?.max_ride_min ?? Number.POSITIVE_INFINITY);
      return [{ student, direction, rule, home, atHome, wheelchair, rideMaxS }];
    }),
  );
}
