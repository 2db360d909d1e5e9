import { createContext } from "@trivium/engine";
import type { TableRow } from "@trivium/model";
import { expect, test } from "vitest";
import { engine } from "./engine.ts";
import { audit } from "./testing/audit.ts";
import { gridCity } from "./testing/grid-city.ts";
import { gridDistrict } from "./testing/grid-district.ts";

const roads = gridCity();

async function solved(drivers: readonly TableRow<"drivers">[], students = 200) {
  const dataset = gridDistrict({
    students,
    schools: 3,
    buses: 16,
    sideM: 6000,
    change: (tables) => tables.drivers.push(...drivers),
  });
  const problem = await engine.build(dataset, {}, { roads });
  const solution = await engine.solve(problem, {}, createContext(problem, { limits: { iterations: 2400 } }));
  expect(await audit(dataset, roads, solution)).toEqual([]);
  return solution;
}

const crew = (count: number, row: Partial<TableRow<"drivers">> = {}): TableRow<"drivers">[] =>
  Array.from({ length: count }, (_, index) => ({ driver_id: `R${index + 1}`, depot_id: "D1", ...row }));

const dutiesOf = ({ decisions }: Awaited<ReturnType<typeof solved>>): Map<string, number> => {
  const duties = new Map<string, number>();
  for (const [, rows] of Map.groupBy(decisions.routes, (row) => row.bus_id)) {
    let leaves: number | null = null;
    let last = 0;
    for (const row of rows.toSorted((a, b) => a.seq - b.seq)) {
      const stays = decisions.run_stops.filter((stay) => stay.run_id === row.run_id);
      if (stays.length > 0) {
        leaves ??= Math.min(...stays.map((stay) => stay.arrive)) - (row.deadhead_s ?? 0);
        last = Math.max(...stays.map((stay) => stay.depart));
        continue;
      }
      const driver = row.driver_id ?? "";
      duties.set(driver, (duties.get(driver) ?? 0) + last + (row.deadhead_s ?? 0) - (leaves ?? 0));
      leaves = null;
    }
  }
  return duties;
};

test("without a list of drivers nobody is named; with enough of them everyone has one, within the hours", async () => {
  const plain = await solved([]);
  expect(plain.decisions.routes.every((row) => row.driver_id === undefined)).toBe(true);
  const driven = await solved(crew(16, { hours_max: 5 }));
  expect(driven.unmet).toEqual([]);
  const duties = dutiesOf(driven);
  expect(duties.has("")).toBe(false);
  for (const dutyS of duties.values()) expect(dutyS).toBeLessThanOrEqual(5 * 3600);
});

test("hours that a morning over all tiers exceeds are held: half days are shorter, on more buses", async () => {
  const long = await solved(crew(16));
  const longest = Math.max(...dutiesOf(await solved(crew(32))).values());
  const short = await solved(crew(32, { hours_max: 1.2 }));
  expect(longest).toBeGreaterThan(1.2 * 3600);
  for (const dutyS of dutiesOf(short).values()) expect(dutyS).toBeLessThanOrEqual(1.2 * 3600);
  expect(short.unmet).toEqual([]);
  expect(Number(short.metrics.buses_used)).toBeGreaterThan(Number(long.metrics.buses_used));
});

test("no more buses are out than there are drivers: with too few in the afternoon, some ride home is unserved, no_bus", async () => {
  const few = await solved(
    [...crew(2), ...crew(10, { available: ["AM"] }).map((row) => ({ ...row, driver_id: `M${row.driver_id}` }))],
    400,
  );
  const directions = new Set(few.unmet.map((row) => row.direction));
  expect(directions).toEqual(new Set(["PM"]));
  expect(new Set(few.unmet.map((row) => row.reason_code))).toEqual(new Set(["no_bus"]));
  const afternoons = few.decisions.runs.filter((run) => run.direction === "PM").map((run) => run.bus_id);
  expect(new Set(afternoons).size).toBeLessThanOrEqual(2);
});
