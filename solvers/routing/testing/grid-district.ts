import { Random } from "@trivium/engine";
import { type Dataset, emptyTables, GRADES, sealDataset, TABLE_NAMES } from "@trivium/model";
import { at } from "./grid-city.ts";

export interface GridDistrictOptions {
  readonly students: number;
  readonly schools: number;
  readonly buses: number;
  readonly seed?: number;
  /** Side of the city. */
  readonly sideM?: number;
  readonly settings?: Dataset["settings"]["routing"];
  readonly busesAtOnce?: number;
  /** Last word on the tables. */
  readonly change?: (tables: ReturnType<typeof emptyTables>) => void;
}

const LEVELS = ["elementary", "middle", "high"] as const;
const BELLS = { elementary: 9 * 3600, middle: 8.25 * 3600, high: 7.5 * 3600 } as const;
const GRADES_OF = { elementary: GRADES.slice(1, 7), middle: GRADES.slice(7, 10), high: GRADES.slice(10) } as const;

/** A seeded district on the grid city: schools in three tiers of bells, homes all over, one student in sixty in a wheelchair, two types of bus. */
export function gridDistrict(options: GridDistrictOptions): Dataset {
  const random = new Random(options.seed ?? 7);
  const side = options.sideM ?? 8000;
  const tables = emptyTables();
  for (let i = 0; i < options.schools; i++) {
    const level = LEVELS[i % 3];
    const place = at(random.unit() * side, random.unit() * side);
    tables.schools.push({ school_id: `S${i + 1}`, name: `School ${i + 1}`, level, ...place });
    tables.bells.push({
      school_id: `S${i + 1}`,
      bell_start: BELLS[level],
      bell_end: BELLS[level] + 6.75 * 3600,
      ...(options.busesAtOnce ? { buses_at_once: options.busesAtOnce } : {}),
    });
  }
  for (let i = 0; i < options.students; i++) {
    const school = tables.schools[random.below(options.schools)];
    const grades = GRADES_OF[school.level as "elementary"];
    const student_id = `P${i + 1}`;
    const home = at(random.unit() * side, random.unit() * side);
    tables.students.push({
      student_id,
      school_id: school.school_id,
      grade: grades[random.below(grades.length)],
      ...home,
    });
    if (i % 60 === 0) tables.riders.push({ student_id, needs: ["wheelchair"] });
    else if (i % 50 === 0) tables.riders.push({ student_id, rides_am: 1, rides_pm: 0.6 });
  }
  for (const grade of GRADES) {
    const young = GRADES.indexOf(grade) <= 5;
    tables.rules.push({
      grade,
      walk_zone_m: young ? 1200 : 2000,
      stop_walk_max_m: young ? 400 : 800,
      ride_max_min: young ? 45 : 60,
      seats_per_rider: young ? 0.34 : 0.5,
      may_cross: young ? "collector" : "arterial",
    });
  }
  tables.depots.push({ depot_id: "D1", ...at(side / 2, 0) });
  const money = {
    cost_per_mile_usd: 1.2,
    cost_per_hour_usd: 28,
    mpg: 7,
    fuel: "diesel" as const,
    co2_kg_per_gallon: 10.2,
  };
  tables.bus_types.push({ bus_type_id: "big", benches: 24, cost_fixed_usd: 45_000, ...money });
  tables.bus_types.push({
    bus_type_id: "lift",
    benches: 12,
    wheelchair_positions: 3,
    lift: true,
    cost_fixed_usd: 40_000,
    ...money,
  });
  for (let i = 0; i < options.buses; i++)
    tables.buses.push({ bus_id: `B${i + 1}`, bus_type_id: i % 3 === 0 ? "lift" : "big", depot_id: "D1" });
  tables.fuel.push({ fuel: "diesel", price_usd: 4 });
  options.change?.(tables);
  return sealDataset({
    district: { name: "Grid city", timezone: "America/New_York", school_year: "2027-28" },
    tables,
    present: new Set(TABLE_NAMES.filter((name) => tables[name].length > 0)),
    settings: { scheduling: {}, routing: options.settings ?? {}, facilities: {} } as Dataset["settings"],
  });
}
