import { createContext, type Solution } from "@trivium/engine";
import { type Dataset, type Plan, planHash } from "@trivium/model";
import { expect, test } from "vitest";
import { engine } from "./engine.ts";
import { audit } from "./testing/audit.ts";
import { gridCity } from "./testing/grid-city.ts";
import { gridDistrict } from "./testing/grid-district.ts";

const roads = gridCity();

/** Three schools that begin within a quarter of an hour, few riders to each: runs of one school are half empty. */
const district = (mixed_loads: NonNullable<Dataset["settings"]["routing"]>["mixed_loads"]): Dataset =>
  gridDistrict({
    students: 110,
    schools: 3,
    buses: 14,
    sideM: 6000,
    settings: { mixed_loads },
    change: (tables) => {
      tables.bells.forEach((bells, index) => {
        bells.bell_start = 8 * 3600 + index * 480;
        bells.bell_end = bells.bell_start + 6.75 * 3600;
      });
    },
  });

async function solved(dataset: Dataset, iterations = 2400, start?: Solution<"routing">) {
  const problem = await engine.build(dataset, {}, { roads });
  const options = start ? { start: { ...start, area: "routing" } as unknown as Plan<"routing"> } : {};
  return engine.solve(problem, options, createContext(problem, { limits: { iterations } }));
}

const pairsOf = ({ decisions }: Solution<"routing">): string[] =>
  decisions.runs.flatMap(({ school_ids }) => (school_ids.length > 1 ? [school_ids.toSorted().join()] : []));

const never = await solved(district("never"));
const allowed = await solved(district("allowed"));

test("where schools may share runs, mornings and afternoons both do, every rule holds, and buses are saved", async () => {
  expect(pairsOf(never)).toEqual([]);
  const shared = (direction: "AM" | "PM") =>
    allowed.decisions.runs.filter((run) => run.direction === direction && run.school_ids.length > 1).length;
  expect([shared("AM") > 0, shared("PM") > 0]).toEqual([true, true]);
  expect(await audit(district("allowed"), roads, allowed)).toEqual([]);
  expect(allowed.unmet).toEqual([]);
  expect(Number(allowed.metrics.buses_used)).toBeLessThan(Number(never.metrics.buses_used));
});

test("with one pair of schools allowed, only that pair shares runs", async () => {
  const dataset = district([["S1", "S3"]]);
  const solution = await solved(dataset);
  expect(new Set(pairsOf(solution))).toEqual(new Set(["S1,S3"]));
  expect(await audit(dataset, roads, solution)).toEqual([]);
});

test("a plan with shared runs is where the next search begins; where sharing is forbidden since, its riders are served apart", async () => {
  const again = await solved(district("allowed"), 10, allowed);
  expect(Number(again.metrics.buses_used)).toBeLessThanOrEqual(Number(allowed.metrics.buses_used));
  expect(pairsOf(again).length).toBeGreaterThan(0);
  const apart = await solved(district("never"), 2400, allowed);
  expect(pairsOf(apart)).toEqual([]);
  expect(apart.unmet).toEqual([]);
  expect(await audit(district("never"), roads, apart)).toEqual([]);
});

test("shared runs too: the same seed and iterations give the same plan", async () => {
  const again = await solved(district("allowed"));
  expect(planHash(again.decisions, again.metrics)).toBe(planHash(allowed.decisions, allowed.metrics));
});
