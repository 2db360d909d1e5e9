import { readFileSync } from "node:fs";
import { baseName, type Instance, plane, sectionsOf } from "./instance.ts";

/** Uchoa's X set: rounded Euclidean distances, one capacity, any number of vehicles. */
export function readX(path: string): Instance {
  const text = readFileSync(path, "utf8");
  const solution = readFileSync(path.replace(".vrp", ".sol"), "utf8");
  const sections = sectionsOf(text);
  const points = (sections.get("NODE_COORD_SECTION") ?? []).map(([, x, y]) => [x, y] as const);
  const demand = (sections.get("DEMAND_SECTION") ?? []).map(([, amount]) => amount);
  const capacity = Number(/CAPACITY\s*:\s*(\d+)/.exec(text)?.[1]);
  const needed = demand.reduce((sum, each) => sum + each, 0) / capacity;
  return {
    name: baseName(path),
    scale: 1,
    bestKnown: { cost: Number(/Cost\s+(\d+)/.exec(solution)?.[1]), vehicles: solution.match(/Route/g)?.length ?? 0 },
    plain: { points, demand, capacity },
    document: {
      vehicles: Array.from({ length: Math.ceil(needed * 1.15) + 6 }, (_, id) => ({
        id,
        start_index: 0,
        end_index: 0,
        capacity: [capacity],
      })),
      jobs: demand.slice(1).map((amount, i) => ({ id: i + 1, location_index: i + 1, delivery: [amount] })),
      matrices: { car: { durations: plane(points, Math.round) } },
    },
  };
}
