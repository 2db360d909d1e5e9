import type { Random } from "@trivium/engine";
import type { RoadNetwork, TableRow } from "@trivium/model";
import type { District } from "../district.ts";
import { metresBetween } from "../town/plane.ts";
import type { Rule } from "./policy.ts";

export type Rider = TableRow<"riders">;
type Student = TableRow<"students">;

/** Share of those who may ride that ask for it; the rest is driven, or drives. */
const ASKS = { elementary: 0.53, middle: 0.5, high: 0.3, other: 0.4 } as const;
const NOT_ASKED_SHARE = 0.03;

/** Students whose walk to school is beyond their grade's zone, or crosses a road that the grade may not. */
export async function beyondWalkZone(
  district: District,
  rules: ReadonlyMap<string, Rule>,
  roads: RoadNetwork,
): Promise<Set<string>> {
  const schools = new Map(district.schools.map((school) => [school.school_id, school]));
  const beyond = new Set<string>();
  for (const { student_id, school_id, grade, lat, lon } of district.students) {
    const rule = rules.get(grade);
    const school = schools.get(school_id);
    if (!rule || !school || lat === undefined || lon === undefined) continue;
    const far = metresBetween({ lat, lon }, school) > rule.walk_zone_m;
    const options = { limitM: rule.walk_zone_m, mayCross: rule.may_cross ?? "arterial", grade };
    const walkM = far ? Number.NaN : (await roads.walk({ lat, lon }, [school], options))[0];
    if (!(walkM <= rule.walk_zone_m)) beyond.add(student_id);
  }
  return beyond;
}

/**
 * `riders.csv`: who asked for a bus and who declined among those who may ride, and those with needs wherever they live.
 * A few who may ride did not answer: they have no row, and ride.
 */
export function riders(random: Random, district: District, beyond: ReadonlySet<string>): Rider[] {
  const levels = new Map(district.schools.map((school) => [school.school_id, school.level]));
  return district.students.flatMap((student): Rider[] => {
    const needs = needsOf(random, student);
    const asks = random.unit() < ASKS[levels.get(student.school_id) ?? "other"];
    const silent = random.unit() < NOT_ASKED_SHARE;
    if (needs.length > 0)
      return [{ student_id: student.student_id, rides_am: 1, rides_pm: 1, needs, max_ride_min: 50 }];
    if (!beyond.has(student.student_id) || silent) return [];
    if (!asks) return [{ student_id: student.student_id, rides_am: 0, rides_pm: 0 }];
    return [{ student_id: student.student_id, ...habits(random, student, district.students) }];
  });
}

function needsOf(random: Random, student: Student): NonNullable<Rider["needs"]> {
  if (student.extra?.group_iep !== "yes") return [];
  const draw = random.unit();
  if (draw < 0.04) return ["wheelchair"];
  if (draw < 0.075) return ["curbside"];
  if (draw < 0.09) return ["curbside", "monitor"];
  return draw < 0.1 ? ["curbside", "harness"] : [];
}

/** How often a rider rides, on which days, and where to in the afternoon. */
function habits(random: Random, student: Student, students: readonly Student[]): Omit<Rider, "student_id"> {
  const often = random.unit() < 0.68 ? 1 : Math.round((0.35 + 0.6 * random.unit()) * 20) / 20;
  const one = random.unit();
  const elsewhere = random.unit() < 0.025;
  return {
    rides_am: one < 0.05 ? 0 : often,
    rides_pm: one > 0.96 ? 0 : often,
    ...(random.unit() < 0.02 ? { days: ["Mon", "Wed", "Fri"] } : {}),
    ...(elsewhere ? afternoonPlace(random, student, students) : {}),
  };
}

/** A sitter's house, where another student lives, within walking distance of home if one is found in a few tries. */
function afternoonPlace(
  random: Random,
  student: Student,
  students: readonly Student[],
): Pick<Rider, "pm_lat" | "pm_lon"> {
  for (let attempt = 0; attempt < 400; attempt++) {
    const { lat, lon } = students[random.below(students.length)];
    if (lat === undefined || lon === undefined || student.lat === undefined || student.lon === undefined) continue;
    const awayM = metresBetween({ lat, lon }, { lat: student.lat, lon: student.lon });
    if (awayM > 50 && awayM < 1500) return { pm_lat: lat, pm_lon: lon };
  }
  return {};
}
