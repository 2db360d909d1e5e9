import { readFileSync } from "node:fs";
import { baseName, type Instance, plane, sectionsOf } from "./instance.ts";

/** Costs stand in hundredths. */
const SCALE = 100;

/** Pessoa, Sadykov & Uchoa's heterogeneous fleets: a capacity, a fixed cost and a cost a distance for each vehicle. */
export function readHfvrp(path: string): Instance {
  const text = readFileSync(path, "utf8");
  const sections = sectionsOf(text);
  const numbers = (name: string) => (sections.get(name) ?? []).map(([, value]) => value);
  const points = (sections.get("NODE_COORD_SECTION") ?? []).map(([, x, y]) => [x, y] as const);
  const capacity = numbers("CAPACITY_SECTION");
  const fixed = numbers("VEHICLES_FIXED_COST_SECTION");
  const perUnit = numbers("VEHICLES_UNIT_DISTANCE_COST_SECTION");
  const drives = plane(points, Math.round);
  return {
    name: baseName(path),
    scale: SCALE,
    bestKnown: { cost: costOf(readFileSync(path.replace(".vrp", ".sol"), "utf8")), vehicles: 0 },
    document: {
      vehicles: capacity.map((each, id) => ({
        id,
        start_index: 0,
        end_index: 0,
        capacity: [each],
        costs: { fixed: fixed[id] ?? 0, per_hour: 0, per_km: (perUnit[id] ?? 0) * 1000 },
      })),
      jobs: numbers("DEMAND_SECTION").flatMap((amount, i) =>
        i === 0 ? [] : [{ id: i, location_index: i, delivery: [amount] }],
      ),
      matrices: { car: { durations: drives, distances: drives } },
    },
  };
}

/** Some solution files give the cost in hundred-thousandths, without a point. */
function costOf(solution: string): number {
  const text = /Cost:?\s+([\d.]+)/.exec(solution)?.[1] ?? "";
  return text.includes(".") ? Number(text) : Number(text) / 1e5;
}
