import { Random } from "@trivium/engine";
import type { VroomDocument } from "@trivium/model";
import { verifyVroom } from "@trivium/verify";
import { expect, test } from "vitest";
import { answered } from "./answered.ts";

interface Shape {
  readonly capacity: number;
  readonly timed?: boolean;
  readonly fleet?: boolean;
  readonly fewest?: boolean;
}

/** Forty deliveries from one depot in the plane. */
function town(seed: number, { capacity, timed = false, fleet = false, fewest = false }: Shape): VroomDocument {
  const random = new Random(seed);
  const points = Array.from({ length: 41 }, () => [random.below(1000), random.below(1000)]);
  const durations = points.map(([x, y]) => points.map(([u, v]) => Math.round(Math.hypot(x - u, y - v))));
  return {
    vehicles: Array.from({ length: 12 }, (_, id) => ({
      id,
      start_index: 0,
      end_index: 0,
      capacity: [fleet ? capacity * (1 + (id % 3)) : capacity],
      ...(fleet ? { costs: { fixed: 300 * (id % 3), per_hour: 3600 * (1 + 0.4 * (id % 3)) } } : {}),
      ...(timed ? { time_window: [0, 20_000] as [number, number] } : {}),
    })),
    jobs: Array.from({ length: 40 }, (_, i) => {
      const open = random.below(9000);
      return {
        id: i + 1,
        location_index: i + 1,
        delivery: [1 + random.below(3)],
        ...(timed ? { service: 50, time_windows: [[open, open + 4000] as [number, number]] } : {}),
      };
    }),
    matrices: { car: { durations } },
    ...(fewest ? { options: { fewest_vehicles: true } } : {}),
  };
}

const searches: [string, Shape][] = [
  ["a population on long tours", { capacity: 25 }],
  ["a population with windows and penalties", { capacity: 25, timed: true }],
  ["annealing on short tours", { capacity: 8 }],
  ["fleets of three kinds", { capacity: 8, fleet: true }],
  ["fewest vehicles first", { capacity: 25, timed: true, fewest: true }],
];

test.each(searches)(
  "%s: serves everyone, holds, is the same each time, and gets better with more rounds",
  async (_, shape) => {
    for (let seed = 1; seed <= 2; seed++) {
      const document = town(seed, shape);
      const answer = await answered(document, 12_000, seed);
      expect(verifyVroom(document, answer).violations).toEqual([]);
      expect(answer.summary.unassigned).toBe(0);
      expect(await answered(document, 12_000, seed)).toEqual(answer);
      const hasty = await answered(document, 200, seed);
      if (hasty.summary.routes === answer.summary.routes)
        expect(answer.summary.cost).toBeLessThanOrEqual(hasty.summary.cost);
    }
  },
);

test("fewest vehicles first uses no more of them than the least cost does", async () => {
  const shape = { capacity: 25, timed: true };
  const few = await answered(town(3, { ...shape, fewest: true }), 12_000);
  const cheap = await answered(town(3, shape), 12_000);
  expect(few.summary.routes).toBeLessThanOrEqual(cheap.summary.routes);
});
