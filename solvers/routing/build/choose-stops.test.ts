import fc from "fast-check";
import { expect, test } from "vitest";
import { chooseStops } from "./choose-stops.ts";
import type { Placing } from "./reach.ts";

const placing = (...walks: [candidate: number, walkM: number][]): Placing => ({
  rides: [],
  options: walks.map(([candidate, walkM]) => ({ candidate, walkM })).sort((a, b) => a.walkM - b.walkM),
});
const unlimited = (count: number) => new Float64Array(count).fill(Infinity);

test("one stop that everyone reaches beats a stop at every door", () => {
  const placings = [placing([0, 10], [3, 200]), placing([1, 10], [3, 200]), placing([2, 10], [3, 200])];
  expect([...chooseStops(placings, unlimited(4), 0.3).candidate]).toEqual([3, 3, 3]);
});

test("a stop for two takes no third rider, who goes to another", () => {
  const placings = [placing([0, 10]), placing([0, 20]), placing([0, 5], [1, 300])];
  const chosen = chooseStops(placings, Float64Array.of(2, 5), 0.3);
  expect([...chosen.candidate].sort()).toEqual([0, 0, 1]);
  expect(chosen.candidate[2]).toBe(1);
});

test("where every stop in reach is full, nobody is put on one", () => {
  const chosen = chooseStops([placing([0, 10]), placing([0, 20])], Float64Array.of(1), 0.3);
  expect([...chosen.candidate].sort()).toEqual([-1, 0]);
});

test("everyone boards at a stop in reach, as near as any open one", () => {
  const walks = fc.uniqueArray(fc.tuple(fc.nat(11), fc.integer({ min: 1, max: 800 })), {
    minLength: 1,
    maxLength: 5,
    selector: ([candidate]) => candidate,
  });
  fc.assert(
    fc.property(fc.array(walks, { minLength: 1, maxLength: 20 }), (riders) => {
      const placings = riders.map((each) => placing(...each));
      const { candidate, walkM } = chooseStops(placings, unlimited(12), 0.3);
      const open = new Set(candidate);
      placings.forEach(({ options }, index) => {
        const nearest = options.find((option) => open.has(option.candidate));
        expect(walkM[index]).toBe(nearest?.walkM);
      });
    }),
  );
});

test("one who finds every stop full gets a place when another can move along", () => {
  const placings = [placing([0, 10], [1, 500]), placing([0, 20], [1, 400]), placing([0, 5])];
  const chosen = chooseStops(placings, Float64Array.of(1, 2), 0.3);
  expect([...chosen.candidate]).toEqual([1, 1, 0]);
});
