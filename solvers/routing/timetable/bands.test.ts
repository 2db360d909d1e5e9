import { expect, test } from "vitest";
import type { Drives } from "../problem.ts";
import { legBy, legFrom } from "./bands.ts";

/** Two places, 600 s apart before 07:00 and 900 s from then on. */
const drives: Drives = {
  bandStartS: [0, 25_200],
  durationS: [Int32Array.of(0, 600, 600, 0), Int32Array.of(0, 900, 900, 0)],
  distanceM: [Int32Array.of(0, 5000, 5000, 0), Int32Array.of(0, 5000, 5000, 0)],
  slowestS: { AM: Int32Array.of(0, 900, 900, 0), PM: Int32Array.of(0, 900, 900, 0) },
};

test("a drive takes the time of the band it departs in", () => {
  expect(legFrom(drives, 2, 0, 1, 25_199).durationS).toBe(600);
  expect(legFrom(drives, 2, 0, 1, 25_200).durationS).toBe(900);
});

test("the latest departure that is there by a time", () => {
  expect(legBy(drives, 2, 0, 1, 30_000)).toEqual({ departS: 29_100, durationS: 900, distanceM: 5000 });
  expect(legBy(drives, 2, 0, 1, 20_000).departS).toBe(19_400);
  // Leaving in the slow band would be too late; the last second of the fast one is early enough.
  expect(legBy(drives, 2, 0, 1, 26_000)).toEqual({ departS: 25_199, durationS: 600, distanceM: 5000 });
});
