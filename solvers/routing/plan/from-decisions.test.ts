import { createContext } from "@trivium/engine";
import type { Plan } from "@trivium/model";
import { expect, test } from "vitest";
import { engine } from "../engine.ts";
import { halfDayOf } from "../halfday/of-problem.ts";
import { HALF_PRICE } from "../search/half-task.ts";
import { audit } from "../testing/audit.ts";
import { gridCity } from "../testing/grid-city.ts";
import { gridDistrict } from "../testing/grid-district.ts";
import { startOf } from "./from-decisions.ts";

const roads = gridCity();
const options = { students: 150, schools: 3, buses: 12, sideM: 5000 };
const dataset = gridDistrict(options);
const problem = await engine.build(dataset, {}, { roads });
const first = await engine.solve(problem, {}, createContext(problem, { limits: { iterations: 3000 } }));

test.each(["AM", "PM"] as const)(
  "a plan's tables give back its own pieces (%s): every visit on a run again",
  (direction) => {
    const start = startOf(problem, direction, halfDayOf(problem, direction, HALF_PRICE), first.decisions);
    expect(start.bank).toEqual([]);
    const runs = first.decisions.runs.filter((run) => run.direction === direction);
    expect(start.pieces.flatMap((piece) => piece.runs).length).toBe(runs.length);
    expect(start.pieces.length).toBe(new Set(runs.map((run) => run.bus_id)).size);
  },
);

test("solving on from a plan is never worse in buses than that plan", async () => {
  const start = { ...first, area: "routing" } as unknown as Plan<"routing">;
  const again = await engine.solve(problem, { start }, createContext(problem, { limits: { iterations: 10 } }));
  expect(Number(again.metrics.buses_used)).toBeLessThanOrEqual(Number(first.metrics.buses_used));
});

test("after two buses are gone, the rest of the plan is kept as a start and the new plan is legal", async () => {
  const fewer = gridDistrict({ ...options, buses: 10 });
  const changed = await engine.build(fewer, {}, { roads });
  const start = { ...first, area: "routing" } as unknown as Plan<"routing">;
  const solution = await engine.solve(changed, { start }, createContext(changed, { limits: { iterations: 1000 } }));
  expect(await audit(fewer, roads, solution)).toEqual([]);
});
