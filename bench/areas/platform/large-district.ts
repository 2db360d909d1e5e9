import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

const SCHOOLS = 120;
const HIGH_SCHOOLS = 20;
const COURSES_A_SCHOOL = 60;
const REQUESTS_A_STUDENT = 7;

/** A district of so many students in 120 schools, each with a rider's row, a third of them with seven requests; written as CSV. */
export function writeLargeDistrict(dir: string, students: number): void {
  const put = (file: string, lines: Iterable<string>) => {
    mkdirSync(dirname(join(dir, file)), { recursive: true });
    writeFileSync(join(dir, file), `${[...lines].join("\n")}\n`);
  };
  const ids = Array.from({ length: students }, (_, i) => i);
  const high = (i: number) => i % 3 === 0;
  const school = (i: number) => (high(i) ? `H${(i / 3) % HIGH_SCHOOLS}` : `E${i % (SCHOOLS - HIGH_SCHOOLS)}`);
  const lat = (i: number) => (40 + ((i * 7919) % 20_000) / 100_000).toFixed(5);
  const lon = (i: number) => (-76 - ((i * 104_729) % 20_000) / 100_000).toFixed(5);
  put("district.json", ['{"name":"Large","timezone":"America/New_York","school_year":"2027-28"}']);
  put("schools.csv", [
    "school_id,name,level,lat,lon",
    ...Array.from({ length: HIGH_SCHOOLS }, (_, i) => `H${i},High ${i},high,${lat(i * 11)},${lon(i * 13)}`),
    ...Array.from(
      { length: SCHOOLS - HIGH_SCHOOLS },
      (_, i) => `E${i},Elementary ${i},elementary,${lat(i * 17)},${lon(i * 19)}`,
    ),
  ]);
  put("students.csv", [
    "student_id,school_id,grade,lat,lon,group_frl",
    ...ids.map(
      (i) =>
        `S${i},${school(i)},${high(i) ? 9 + (i % 4) : 1 + (i % 5)},${lat(i)},${lon(i)},${i % 4 === 0 ? "yes" : "no"}`,
    ),
  ]);
  put("transportation/riders.csv", [
    "student_id,rides_am,rides_pm,needs",
    ...ids.map((i) => `S${i},yes,${i % 5 === 0 ? "0.5" : "yes"},${i % 200 === 0 ? "wheelchair" : ""}`),
  ]);
  put("transportation/depots.csv", ["depot_id,lat,lon", "D,40.1,-76.1"]);
  put("transportation/bus_types.csv", [
    "bus_type_id,benches,wheelchair_positions,lift,cost_fixed_usd,cost_per_mile_usd,cost_per_hour_usd,mpg,fuel",
    "T,24,2,yes,40000,1,25,7,diesel",
  ]);
  put("transportation/fuel.csv", ["fuel,price_usd", "diesel,4"]);
  put("transportation/buses.csv", [
    "bus_id,bus_type_id,depot_id",
    ...Array.from({ length: 900 }, (_, i) => `B${i},T,D`),
  ]);
  put("transportation/rules.csv", [
    "grade,walk_zone_m,stop_walk_max_m,ride_max_min",
    ...[1, 2, 3, 4, 5, 9, 10, 11, 12].map((grade) => `${grade},800,800,60`),
  ]);
  const schools = [
    ...Array.from({ length: HIGH_SCHOOLS }, (_, i) => `H${i}`),
    ...Array.from({ length: SCHOOLS - HIGH_SCHOOLS }, (_, i) => `E${i}`),
  ];
  put("transportation/bells.csv", ["school_id,bell_start,bell_end", ...schools.map((id) => `${id},08:00,15:00`)]);
  put("scheduling/periods.csv", [
    "school_id,period_id,title,day,start,end,kind",
    ...schools
      .slice(0, HIGH_SCHOOLS)
      .flatMap((id) => [1, 2, 3, 4, 5, 6, 7].map((k) => `${id},${k},P${k},A,${7 + k}:00,${7 + k}:50,class`)),
  ]);
  put("scheduling/terms.csv", ["term_id,title,start_date,end_date", "Y,Year,2027-08-20,2028-06-01"]);
  put("scheduling/courses.csv", [
    "course_id,school_id,title,department,term,seats_max",
    ...Array.from(
      { length: HIGH_SCHOOLS * COURSES_A_SCHOOL },
      (_, i) =>
        `H${i % HIGH_SCHOOLS}-C${Math.floor(i / HIGH_SCHOOLS)},H${i % HIGH_SCHOOLS},Course ${i},Department ${i % 9},year,30`,
    ),
  ]);
  put("scheduling/requests.csv", [
    "student_id,course_id,kind,rank",
    ...ids
      .filter(high)
      .flatMap((i) =>
        Array.from(
          { length: REQUESTS_A_STUDENT },
          (_, k) => `S${i},${school(i)}-C${(i + k * 7) % COURSES_A_SCHOOL},${k < 5 ? "required" : "elective"},${k + 1}`,
        ),
      ),
  ]);
}
