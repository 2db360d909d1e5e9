import type { Dataset, LatLon, RoadNetwork, TableRow } from "@trivium/model";
import { type GradeRule, gradeRuleOf } from "./policy.ts";

export type Direction = "AM" | "PM";

/** A student who is to be carried one way, as the district's tables say. */
export interface Ride {
  readonly student: TableRow<"students">;
  readonly direction: Direction;
  /** Where the ride begins in the morning or ends in the afternoon; null: no place is known. */
  readonly home: LatLon | null;
  readonly rule: GradeRule | null;
  readonly wheelchair: boolean;
  /** Boards at home: wheelchair and curbside riders. */
  readonly atHome: boolean;
  /** Least of the grade's and the rider's own limit, seconds. */
  readonly rideMaxS: number;
  readonly probability: number;
}

export const rideKey = (studentId: string, direction: string): string => `${studentId} ${direction}`;

/**
 * Everyone who rides, by student and direction: `riders.csv` where it says so (any probability above 0), else students of a school with bells
 * whose walk to it exceeds their grade's walk zone or crosses what the grade may not. A student without any place rides, and can only be unserved.
 */
export async function demandOf(dataset: Dataset, roads: RoadNetwork): Promise<Map<string, Ride>> {
  const { tables } = dataset;
  const riders = new Map(tables.riders.map((row) => [row.student_id, row]));
  const rules = new Map(tables.rules.map((row) => [row.grade as string, gradeRuleOf(row)]));
  const schools = new Map(tables.schools.map((row) => [row.school_id, row]));
  const withBells = new Set(tables.bells.map((row) => row.school_id));
  const demand = new Map<string, Ride>();
  for (const student of tables.students) {
    const rider = riders.get(student.student_id);
    const school = schools.get(student.school_id);
    if (!school || (!rider && !withBells.has(student.school_id))) continue;
    const walks = new Map<string, boolean>();
    for (const direction of ["AM", "PM"] as const) {
      const ride = rideOf(student, rider, direction, rules.get(student.grade) ?? null);
      const told = direction === "AM" ? rider?.rides_am : rider?.rides_pm;
      const rides = told === undefined ? !(await walksToSchool(ride, school, roads, walks)) : told > 0;
      if (rides) demand.set(rideKey(student.student_id, direction), { ...ride, probability: told ?? 1 });
    }
  }
  return demand;
}

function rideOf(
  student: TableRow<"students">,
  rider: TableRow<"riders"> | undefined,
  direction: Direction,
  rule: GradeRule | null,
): Ride {
  const needs = rider?.needs ?? [];
  const wheelchair = needs.includes("wheelchair");
  const limitMin = Math.min(rule?.rideMaxMin ?? Infinity, rider?.max_ride_min ?? Infinity);
  return {
    student,
    direction,
    home: homeOf(student, rider, direction),
    rule,
    wheelchair,
    atHome: wheelchair || needs.includes("curbside"),
    rideMaxS: limitMin * 60,
    probability: 1,
  };
}

function homeOf(
  { lat, lon }: TableRow<"students">,
  rider: TableRow<"riders"> | undefined,
  direction: Direction,
): LatLon | null {
  const [ownLat, ownLon] = direction === "AM" ? [rider?.am_lat, rider?.am_lon] : [rider?.pm_lat, rider?.pm_lon];
  if (ownLat !== undefined && ownLon !== undefined) return { lat: ownLat, lon: ownLon };
  return lat !== undefined && lon !== undefined ? { lat, lon } : null;
}

/** Whether the walk is allowed and within the zone; without a place or a rule no walk is. `known` remembers by place. */
async function walksToSchool(
  { home, rule, student }: Ride,
  school: LatLon,
  roads: RoadNetwork,
  known: Map<string, boolean>,
): Promise<boolean> {
  if (!home || !rule) return false;
  const key = `${home.lat},${home.lon}`;
  const before = known.get(key);
  if (before !== undefined) return before;
  const options = { limitM: rule.walkZoneM, mayCross: rule.mayCross, grade: student.grade };
  const [walkM] = await roads.walk(home, [{ lat: school.lat, lon: school.lon }], options);
  const walks = walkM <= rule.walkZoneM;
  known.set(key, walks);
  return walks;
}
