import { Random } from "@trivium/engine";
import fc from "fast-check";
import { expect, test } from "vitest";
import { neighboursOf } from "../moves/neighbours.ts";
import { Recreate } from "../moves/recreate.ts";
import { RunRemoval } from "../moves/run-removal.ts";
import { StringRemoval } from "../moves/string-removal.ts";
import { TailExchange } from "../moves/tail-exchange.ts";
import { randomHalfDay } from "../testing/random-half-day.ts";
import { recompute } from "../testing/recompute.ts";
import { planOf, restore } from "./copy.ts";
import { Insertion } from "./insertion.ts";
import { HalfDayState } from "./state.ts";

const instances = fc.record({
  seed: fc.nat(),
  visits: fc.integer({ min: 3, max: 25 }),
  schools: fc.integer({ min: 1, max: 4 }),
});

function started(seed: number, visits: number, schools: number) {
  const state = new HalfDayState(randomHalfDay(seed, visits, schools));
  const random = new Random(seed);
  const insertion = new Insertion(state, random);
  const recreate = new Recreate(state, insertion, random);
  recreate.run();
  state.commit();
  return { state, random, insertion, recreate };
}

test("whatever moves are kept or undone, cost and rules equal a plain recount, and undoing brings back the very plan", () => {
  fc.assert(
    fc.property(instances, ({ seed, visits, schools }) => {
      const { state, random, insertion, recreate } = started(seed, visits, schools);
      const near = neighboursOf(state.day, 20, false);
      const strings = new StringRemoval(state, near, random);
      const runs = new RunRemoval(state, insertion, near, random);
      const tails = new TailExchange(state, random);
      for (let i = 0; i < 60; i++) {
        const before = planOf(state);
        const kind = random.below(3);
        if (state.piecesUsed === 0) break;
        let legal = true;
        if (kind === 0) legal = tails.run();
        else {
          if (kind === 1) strings.run();
          else runs.run();
          recreate.run();
        }
        if (legal && state.touchedHold() && random.below(2) === 0) {
          const counted = recompute(state.day, planOf(state));
          expect(counted.broken).toEqual([]);
          expect(state.cost).toBeCloseTo(counted.cost, 3);
          state.commit();
        } else {
          state.rollback();
          const after = planOf(state);
          expect(after.pieces).toEqual(before.pieces);
          expect([...after.bank].sort()).toEqual([...before.bank].sort());
          expect(state.cost).toBeCloseTo(before.cost, 3);
        }
      }
    }),
    { numRuns: 60 },
  );
});

test("the price of an insertion is the difference that it makes", () => {
  fc.assert(
    fc.property(instances, ({ seed, visits, schools }) => {
      const { state, random, insertion } = started(seed, visits, schools);
      insertion.blinkRate = 0;
      for (let i = 0; i < 20; i++) {
        const visit = random.below(visits);
        const run = state.visitRun[visit];
        if (run < 0) continue;
        state.removeVisits(run, state.visitPlace[visit], 1);
        const without = state.cost;
        expect(insertion.find(visit)).toBe(true);
        insertion.apply(visit);
        expect(state.cost - without).toBeCloseTo(insertion.price, 3);
        state.commit();
      }
    }),
    { numRuns: 60 },
  );
});

test("a plan restored is the plan that was taken", () => {
  const { state } = started(11, 20, 3);
  const plan = planOf(state);
  const other = new HalfDayState(state.day);
  restore(other, plan);
  const runsOf = (each: HalfDayState) =>
    planOf(each)
      .pieces.map((piece) => JSON.stringify(piece))
      .sort();
  expect(runsOf(other)).toEqual(runsOf(state));
  expect(other.cost).toBeCloseTo(plan.cost, 6);
});
