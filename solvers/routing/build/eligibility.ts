import {
  type Dataset,
  GRADES,
  InputError,
  type LatLon,
  type RoadNetwork,
  type TableRow,
  TRANSPORTATION_DEFAULTS,
} from "@trivium/model";
import type { Direction, GradeRule, Unserved } from "../problem.ts";
import { BENCH } from "./fleet.ts";

/** A student who must be carried in a direction, from or to `point`. */
export interface Eligible {
  readonly studentId: string;
  readonly schoolId: string;
  readonly direction: Direction;
  readonly point: LatLon;
  readonly rule: GradeRule;
  readonly grade: number;
  readonly benches: number;
  readonly wheelchair: boolean;
  readonly atHome: boolean;
  readonly rideMaxS: number;
}

export interface Eligibility {
  readonly eligible: Eligible[];
  readonly unserved: Unserved[];
}

/**
 * Who rides: by `riders.csv` (any probability above 0); without a row or a cell, a student whose walk to the school exceeds the walk zone of the grade
 * or would cross what the grade may not. A student without any place is unserved, `no_location`.
 * @throws InputError no-rule, no-bells when a rider's grade or school is in no table
 */
export async function eligibilityOf(dataset: Dataset, roads: RoadNetwork, expectedLoad: boolean): Promise<Eligibility> {
  const { tables } = dataset;
  const rules = new Map(tables.rules.map((rule) => [rule.grade as string, gradeRule(rule)]));
  const schools = new Map(tables.schools.map((school) => [school.school_id, school]));
  const withBells = new Set(tables.bells.map((bells) => bells.school_id));
  const riders = new Map(tables.riders.map((rider) => [rider.student_id, rider]));
  const eligible: Eligible[] = [];
  const unserved: Unserved[] = [];
  for (const student of tables.students) {
    const rider = riders.get(student.student_id);
    const school = schools.get(student.school_id);
    if (!school || (!withBells.has(student.school_id) && !rider)) continue;
    const rule = rules.get(student.grade);
    const known: { point: LatLon; walks: boolean }[] = [];
    for (const direction of ["AM", "PM"] as const) {
      const point = pointOf(student, rider, direction);
      const told = direction === "AM" ? rider?.rides_am : rider?.rides_pm;
      if (told === 0) continue;
      if (!point) {
        unserved.push({
          studentId: student.student_id,
          direction,
          reason: "no_location",
          fix: "give lat and lon in students.csv",
        });
        continue;
      }
      if (!rule) throw missing("no-rule", student, `grade ${student.grade}`, "transportation/rules.csv");
      if (told === undefined) {
        const same = known.find((each) => each.point.lat === point.lat && each.point.lon === point.lon);
        const onFoot = same?.walks ?? (await walks(roads, point, school, rule));
        known.push({ point, walks: onFoot });
        if (onFoot) continue;
      }
      if (!withBells.has(student.school_id))
        throw missing("no-bells", student, `school ${student.school_id}`, "transportation/bells.csv");
      eligible.push(eligibleOf(student, rider, direction, point, rule, expectedLoad ? (told ?? 1) : 1));
    }
  }
  return { eligible, unserved };
}

export function gradeRule(given: TableRow<"rules">): GradeRule {
  const rule = { ...TRANSPORTATION_DEFAULTS, ...given };
  return {
    grade: rule.grade,
    walkZoneM: rule.walk_zone_m,
    stopWalkMaxM: rule.stop_walk_max_m,
    rideMaxMin: rule.ride_max_min,
    seatsPerRider: rule.seats_per_rider,
    mayCross: rule.may_cross,
  };
}

function eligibleOf(
  student: TableRow<"students">,
  rider: TableRow<"riders"> | undefined,
  direction: Direction,
  point: LatLon,
  rule: GradeRule,
  load: number,
): Eligible {
  const needs = rider?.needs ?? [];
  const wheelchair = needs.includes("wheelchair");
  return {
    studentId: student.student_id,
    schoolId: student.school_id,
    direction,
    point,
    rule,
    grade: GRADES.indexOf(student.grade),
    benches: wheelchair ? 0 : Math.ceil(rule.seatsPerRider * load * BENCH - 1e-6),
    wheelchair,
    atHome: wheelchair || needs.includes("curbside"),
    rideMaxS: Math.floor(Math.min(rule.rideMaxMin, rider?.max_ride_min ?? Infinity) * 60),
  };
}

function pointOf(
  student: TableRow<"students">,
  rider: TableRow<"riders"> | undefined,
  direction: Direction,
): LatLon | null {
  const lat = direction === "AM" ? rider?.am_lat : rider?.pm_lat;
  const lon = direction === "AM" ? rider?.am_lon : rider?.pm_lon;
  if (lat !== undefined && lon !== undefined) return { lat, lon };
  if (student.lat !== undefined && student.lon !== undefined) return { lat: student.lat, lon: student.lon };
  return null;
}

async function walks(roads: RoadNetwork, from: LatLon, to: LatLon, rule: GradeRule): Promise<boolean> {
  const options = { limitM: rule.walkZoneM, mayCross: rule.mayCross, grade: rule.grade };
  const [walkM] = await roads.walk(from, [{ lat: to.lat, lon: to.lon }], options);
  return !Number.isNaN(walkM) && walkM <= rule.walkZoneM;
}

function missing(code: string, student: TableRow<"students">, what: string, file: string): InputError {
  return new InputError(code, `student ${student.student_id} rides, but ${what} is not in ${file}. Maybe add a row.`, {
    path: file,
    values: { student_id: student.student_id, grade: student.grade, school_id: student.school_id },
  });
}
