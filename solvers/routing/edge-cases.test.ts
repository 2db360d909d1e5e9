import { createContext } from "@trivium/engine";
import { GRADES, InputError } from "@trivium/model";
import { expect, test } from "vitest";
import { engine } from "./engine.ts";
import { audit } from "./testing/audit.ts";
import { at, gridCity } from "./testing/grid-city.ts";
import { type GridDistrictOptions, gridDistrict } from "./testing/grid-district.ts";

const roads = gridCity();
const BASE = { students: 120, schools: 3, buses: 10, sideM: 5000 };

async function solved(change: GridDistrictOptions["change"], settings: GridDistrictOptions["settings"] = {}) {
  const dataset = gridDistrict({ ...BASE, change, settings });
  const problem = await engine.build(dataset, {}, { roads });
  const solution = await engine.solve(problem, {}, createContext(problem, { limits: { iterations: 1500 } }));
  expect(await audit(dataset, roads, solution)).toEqual([]);
  return { dataset, problem, solution };
}

test("electric buses never drive beyond their range in a day", async () => {
  const { solution } = await solved((tables) => {
    for (const type of tables.bus_types)
      Object.assign(type, type.bus_type_id === "big" ? { range_miles: 30, cost_fixed_usd: 1000 } : { benches: 20 });
  });
  expect(solution.metrics.rides_served).toBeGreaterThan(150);
});

test("where no bus can drive its pieces, they are cut, shared among more buses or left out, and every day stays within its range", async () => {
  for (const range_miles of [5, 12, 22]) {
    const { solution } = await solved((tables) => {
      for (const type of tables.bus_types) Object.assign(type, { range_miles });
    });
    if (range_miles === 5) expect(solution.unmet.map((row) => row.fix).join()).toContain("range_miles");
    if (range_miles === 22) expect(solution.metrics.rides_served).toBeGreaterThan(150);
  }
});

test("buses that are available for part of the day leave and return within their hours", async () => {
  await solved((tables) => {
    for (const bus of tables.buses.slice(0, 8))
      Object.assign(bus, { available_from: 7.75 * 3600, available_to: 16 * 3600 });
  });
});

test("with expected loads a bus takes more riders than it has seats for, each by probability", async () => {
  const half = (tables: Parameters<NonNullable<GridDistrictOptions["change"]>>[0]) => {
    tables.riders = tables.students.map(({ student_id }) => ({ student_id, rides_am: 0.3, rides_pm: 0.3 }));
    tables.bus_types = tables.bus_types.map((type) => ({ ...type, benches: 4 }));
  };
  const full = await solved(half);
  const expected = await solved(half, { expected_load: true });
  expect(Number(expected.solution.metrics.runs)).toBeLessThan(Number(full.solution.metrics.runs));
});

test("grades that may not share are never aboard together", async () => {
  const { solution } = await solved((tables) => {
    for (const rule of tables.rules) if (["1", "2"].includes(rule.grade)) rule.share_with = ["1", "2"];
  });
  expect(solution.unmet).toEqual([]);
});

test("a stop takes no more riders than it may, an inactive one none, and those left are listed", async () => {
  const { solution } = await solved((tables) => {
    for (let x = 200; x < 5000; x += 400)
      for (let y = 200; y < 5000; y += 400)
        tables.stops.push({
          stop_id: `T${x}_${y}`,
          ...at(x, y),
          riders_max: 3,
          ...(x === 600 ? { active: false } : {}),
        });
  });
  expect(Number(solution.metrics.rides_served)).toBeGreaterThan(100);
  const reasons = new Set(solution.unmet.map((row) => row.reason_code));
  for (const reason of reasons) expect(["no_stop_in_reach", "barred_crossing", "no_capacity"]).toContain(reason);
});

test("a student without any place is unserved both ways, never dropped", async () => {
  const { solution } = await solved((tables) => {
    tables.students[5] = { student_id: "P6", school_id: "S1", grade: "3" };
  });
  expect(solution.unmet.filter((row) => row.student_id === "P6").map((row) => row.reason_code)).toEqual([
    "no_location",
    "no_location",
  ]);
});

test("without a lift, riders in wheelchairs are unserved for that reason alone", async () => {
  const { solution } = await solved((tables) => {
    for (const type of tables.bus_types) type.lift = false;
  });
  expect(solution.unmet.length).toBeGreaterThan(0);
  expect(new Set(solution.unmet.map((row) => row.reason_code))).toEqual(new Set(["no_lift"]));
});

test("a limit below the direct drive leaves the far ones unserved, ride_too_long", async () => {
  const { solution } = await solved((tables) => {
    for (const rule of tables.rules) rule.ride_max_min = 6;
  });
  expect(new Set(solution.unmet.map((row) => row.reason_code))).toEqual(new Set(["ride_too_long"]));
});

test("no ride is longer than ride_vs_direct_max × the direct drive", async () => {
  const { solution } = await solved(undefined, { ride_vs_direct_max: 1.5 });
  expect(solution.decisions.assignments.length).toBeGreaterThan(100);
  for (const row of solution.decisions.assignments)
    expect(row.ride_min ?? 0).toBeLessThanOrEqual(1.5 * (row.direct_min ?? 0) + 0.2);
});

test("a child who may cross no collector and has no stop on this side is unserved, barred_crossing", async () => {
  const { solution } = await solved((tables) => {
    tables.stops.push({ stop_id: "over-there", ...at(1100, 700) });
    tables.students = [{ student_id: "K1", school_id: "S1", grade: "1", ...at(950, 700) }];
    tables.schools[0] = { ...tables.schools[0], ...at(4500, 4500) };
    tables.riders = [];
    for (const rule of tables.rules) rule.may_cross = "collector";
  });
  expect(solution.unmet.map((row) => row.reason_code)).toEqual(["barred_crossing", "barred_crossing"]);
});

test("fractions of seconds in dwell and buffer are rounded so that no rule is undercut", async () => {
  await solved(undefined, { dwell_s: 17.5, dwell_per_rider_s: 2.3, link_buffer_min: 1.01, dwell_wheelchair_s: 99.9 });
});

test("a rider of a grade without a rule is refused with the place to mend", async () => {
  const dataset = gridDistrict({
    ...BASE,
    change: (tables) => {
      tables.rules = tables.rules.filter((rule) => rule.grade !== GRADES[1]);
    },
  });
  await expect(engine.build(dataset, {}, { roads })).rejects.toThrow(InputError);
});

test("a table that routing cannot do without is named", async () => {
  const dataset = gridDistrict({
    ...BASE,
    change: (tables) => {
      tables.buses = [];
    },
  });
  await expect(engine.build(dataset, {}, { roads })).rejects.toThrow(/buses/);
});
