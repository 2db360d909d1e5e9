import { expect, test } from "vitest";
import { Random } from "./random.ts";

test("the same seed gives the same sequence, another seed another", () => {
  const draw = (seed: number) =>
    Array.from(
      { length: 5 },
      (
        (random) => () =>
          random.bits()
      )(new Random(seed)),
    );
  expect(draw(7)).toEqual(draw(7));
  expect(draw(7)).not.toEqual(draw(8));
});

test("a fork does not depend on how much its parent was used", () => {
  const fresh = new Random(3);
  const used = new Random(3);
  for (let i = 0; i < 100; i++) used.bits();
  expect(used.fork(4).bits()).toBe(fresh.fork(4).bits());
  expect(fresh.fork(4).bits()).not.toBe(fresh.fork(5).bits());
});

test("numbers below six fall evenly: 60,000 draws, each face within 5 standard deviations of 10,000", () => {
  const random = new Random(1);
  const faces = new Int32Array(6);
  for (let i = 0; i < 60_000; i++) faces[random.below(6)]++;
  for (const count of faces) expect(Math.abs(count - 10_000)).toBeLessThan(5 * Math.sqrt(60_000 * (1 / 6) * (5 / 6)));
});

test("a shuffle keeps every item", () => {
  const items = Int32Array.from({ length: 50 }, (_, i) => i);
  new Random(9).shuffle(items);
  expect([...items].sort((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, i) => i));
});
