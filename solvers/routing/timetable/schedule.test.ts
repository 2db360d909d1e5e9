import { expect, test } from "vitest";
import { randomHalfDay } from "../testing/random-half-day.ts";
import { scheduleOf } from "./schedule.ts";
import { settle } from "./settle.ts";

/** Four visits of one school, each a run of its own on a bus of its own. */
const day = randomHalfDay(3, 4, 1);
const plan = { pieces: [0, 1, 2, 3].map((visit) => ({ kind: 1, runs: [[visit]] })), bank: [], cost: 0 };

test("with room for one bus, runs of 120 s take their turns without touching", () => {
  const { ends, crowdedOut } = scheduleOf(day, plan, [1], 0.5);
  expect(crowdedOut).toEqual([]);
  const sorted = ends.flat().sort((a, b) => a - b);
  for (let k = 1; k < sorted.length; k++) expect(sorted[k] - sorted[k - 1]).toBeGreaterThanOrEqual(120);
});

test("a window of no length has one turn: the others are crowded out, and their riders are named", () => {
  const narrow = { ...day, schoolEndMax: day.schoolEndMin };
  const settled = settle(narrow, plan, [1], 0.5);
  expect(settled.plan.pieces.length).toBe(1);
  expect(settled.crowdedOut.length).toBe(3);
});

test("with room for all, a lone run stands where the lateness asks in its window of 600 s", () => {
  const half = scheduleOf(day, plan, [9], 0.5).ends.flat();
  expect(half).toEqual([0, 1, 2, 3].map(() => day.schoolEndMin[0] + 300));
  expect(scheduleOf(day, plan, [9], 1).ends.flat()).toEqual([0, 1, 2, 3].map(() => day.schoolEndMax[0]));
});

test("where wishes would leave the window in pieces too short for a turn, turns stand end to end and nobody is crowded out", () => {
  const six = randomHalfDay(3, 6, 1);
  const full = { pieces: [0, 1, 2, 3, 4, 5].map((visit) => ({ kind: 1, runs: [[visit]] })), bank: [], cost: 0 };
  expect(scheduleOf(six, full, [1], 0.5).crowdedOut.length).toBeGreaterThan(0);
  const settled = settle(six, full, [1], 0.5);
  expect(settled.crowdedOut).toEqual([]);
  const ends = settled.ends.flat().sort((a, b) => a - b);
  expect(ends).toEqual([0, 1, 2, 3, 4, 5].map((turn) => six.schoolEndMin[0] + 120 * turn));
});
