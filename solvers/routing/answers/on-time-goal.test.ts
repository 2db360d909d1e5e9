import { createContext } from "@trivium/engine";
import type { OnTimeAnswer, Plan } from "@trivium/model";
import { expect, test } from "vitest";
import { engine } from "../engine.ts";
import { audit } from "../testing/audit.ts";
import { gridCity } from "../testing/grid-city.ts";
import { gridDistrict } from "../testing/grid-district.ts";

const roads = gridCity();
const dataset = gridDistrict({ students: 200, schools: 6, buses: 16, sideM: 6000 });

async function planned(weights: Record<string, number>) {
  const problem = await engine.build(dataset, { weights }, { roads });
  const solution = await engine.solve(problem, { weights }, createContext(problem, { limits: { iterations: 2000 } }));
  expect(await audit(dataset, roads, solution)).toEqual([]);
  const plan = { ...solution, area: "routing" } as unknown as Plan<"routing">;
  const answer = engine.ask(problem, plan, { kind: "on_time", samples: 200, day_sd: 0.15 }) as unknown as OnTimeAnswer;
  const chance = answer.by_direction.find((each) => each.direction === "AM")?.on_time_chance ?? 0;
  return { chance, buses: solution.metrics.buses_used };
}

test("where punctuality weighs, mornings are on time more often with the same buses", async () => {
  const [usual, early] = [await planned({}), await planned({ on_time: 1 })];
  expect(early.buses).toBe(usual.buses);
  expect(early.chance).toBeGreaterThan(usual.chance);
});
