import fc from "fast-check";
import { expect, test } from "vitest";
import { IndexedQueue } from "./queue.ts";
import { metresOf, msOf, secondsOf, weight } from "./weight.ts";

test("items come out by key, ties by number, each at its lowest key, and a cleared queue begins anew", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(29), fc.nat(50))), (pushes) => {
      const queue = new IndexedQueue(30);
      queue.push(3, 1);
      queue.clear();
      const lowest = new Map<number, number>();
      for (const [item, key] of pushes) {
        queue.push(item, key);
        lowest.set(item, Math.min(key, lowest.get(item) ?? Infinity));
      }
      const expected = [...lowest].sort(([a, x], [b, y]) => x - y || a - b).map(([item]) => item);
      const popped = [];
      while (queue.size > 0) popped.push(queue.pop());
      expect(popped).toEqual(expected);
    }),
  );
});

test("time and distance in one weight add up exactly and come apart again", () => {
  const day = weight(86_400_000, 10_000_000);
  const sum = [1, 2, 3].reduce((total) => total + weight(12_345, 6789), day);
  expect(msOf(sum)).toBe(86_400_000 + 3 * 12_345);
  expect(secondsOf(sum)).toBe(86_437.035);
  expect(metresOf(sum)).toBe(1_002_036.7);
  expect([secondsOf(Infinity), metresOf(Infinity)]).toEqual([Number.NaN, Number.NaN]);
});
