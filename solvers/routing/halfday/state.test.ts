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
import { type Before, type HalfDay, LOCK } from "./half-day.ts";
import { Insertion } from "./insertion.ts";
import { visitsOf } from "./run-items.ts";
import { HalfDayState } from "./state.ts";

const instances = fc.record({
  seed: fc.nat(),
  visits: fc.integer({ min: 3, max: 25 }),
  schools: fc.integer({ min: 1, max: 4 }),
});

/** Buses and rides of a service before, drawn: some visits are new, prices and tolerance as a district may have them. */
function drawnBefore(seed: number, visits: number): Before {
  const random = new Random(seed + 1);
  const ofVisits = (value: () => number) => Int32Array.from({ length: visits }, value);
  return {
    homeKind: Int32Array.of(0, 1, 0),
    visitHome: ofVisits(() => random.below(4) - 1),
    visitRide: ofVisits(() => random.below(2000)),
    visitEnd: ofVisits(() => 24_500 + random.below(6000)),
    visitLock: new Uint8Array(visits),
    homePrice: 7.5,
    ridePrice: 15.25,
    rideFree: 300,
  };
}

/** Some pairs of schools may share a run, or all; windows of a quarter of an hour that lie close together; time at school by riders. */
function mixing(seed: number, visits: number, schools: number): Partial<HalfDay> {
  const random = new Random(seed + 1);
  const schoolMixes = new Uint8Array(schools * schools);
  for (let a = 0; a < schools; a++)
    for (let b = 0; b <= a; b++)
      schoolMixes[a * schools + b] = schoolMixes[b * schools + a] = a === b || random.below(4) > 0 ? 1 : 0;
  const starts = Int32Array.from({ length: schools }, () => 25_000 + random.below(8) * 300);
  return {
    schoolMixes,
    visitUnload: Int32Array.from({ length: visits }, () => random.below(30)),
    schoolEndMin: starts,
    schoolEndMax: starts.map((start) => start + 900),
  };
}

const priced = (seed: number, visits: number) => ({ before: drawnBefore(seed, visits) });

/** What a half day may be besides plain. */
const WORLDS = [
  ["", () => ({})],
  ["with a price on change, ", priced],
  ["with mixed loads, ", mixing],
  ["with drivers' hours, ", () => ({ kindDuty: Int32Array.of(5400, 4200) })],
  [
    "with mixed loads and a price on change, ",
    (seed: number, visits: number, schools: number) => ({ ...priced(seed, visits), ...mixing(seed, visits, schools) }),
  ],
] as const;

function started(seed: number, visits: number, schools: number, options: Partial<HalfDay> = {}) {
  const state = new HalfDayState(randomHalfDay(seed, visits, schools, options));
  const random = new Random(seed);
  const insertion = new Insertion(state, random, neighboursOf(state.day, 20, false));
  const recreate = new Recreate(state, insertion, random);
  recreate.run();
  state.commit();
  return { state, random, insertion, recreate };
}

test.each(WORLDS)(
  "%swhatever moves are kept or undone, cost and rules equal a plain recount, and undoing brings back the very plan",
  (name, optionsOf) => {
    let shared = 0;
    fc.assert(
      fc.property(instances, ({ seed, visits, schools }) => {
        const { state, random, insertion, recreate } = started(seed, visits, schools, optionsOf(seed, visits, schools));
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
            const items = planOf(state).pieces.flatMap((piece) => piece.runs.flat());
            shared += items.filter((item) => item < 0).length;
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
      { numRuns: 80 },
    );
    expect(shared > 0).toBe(name.includes("mixed"));
  },
);

test.each([WORLDS[1], WORLDS[4]])(
  "%swhat is locked stays through whatever is tried: a visit on its run, a run by itself, a bus's runs alone",
  (_, optionsOf) => {
    fc.assert(
      fc.property(instances, ({ seed, visits, schools }) => {
        const { state, random, insertion, recreate } = started(seed, visits, schools, optionsOf(seed, visits, schools));
        const lock = state.day.before?.visitLock ?? new Uint8Array();
        const plan = planOf(state);
        const [piece] = plan.pieces;
        for (const visit of visitsOf(piece.runs.flat())) lock[visit] = LOCK.piece;
        const other = plan.pieces[1]?.runs[0] ?? [];
        for (const visit of visitsOf(other)) lock[visit] = LOCK.run;
        const third = plan.pieces[2]?.runs[0]?.slice(0, 1) ?? [];
        for (const visit of third) lock[visit] = LOCK.visit;
        restore(state, plan);
        const near = neighboursOf(state.day, 20, false);
        const strings = new StringRemoval(state, near, random);
        const runs = new RunRemoval(state, insertion, near, random);
        const tails = new TailExchange(state, random);
        for (let i = 0; i < 60 && state.piecesUsed > 0; i++) {
          const kind = random.below(3);
          if (kind === 1) strings.run();
          else if (kind === 2) runs.run();
          const legal = kind > 0 || tails.run();
          recreate.run();
          if (legal && state.touchedHold()) state.commit();
          else state.rollback();
        }
        const after = planOf(state);
        expect(after.pieces).toContainEqual(piece);
        const runsNow = after.pieces.flatMap((each) => each.runs);
        if (other.length > 0) expect(runsNow).toContainEqual(other);
        if (third.length > 0) {
          const home = after.pieces.find((each) => each.runs.flat().includes(third[0]));
          expect(home?.kind).toBe(plan.pieces[2].kind);
        }
      }),
      { numRuns: 80 },
    );
  },
);

test.each([
  ["one school a run", () => ({})],
  // A wait that the insertion brings about lengthens rides that are not in its price.
  ["mixed loads", (...of: Parameters<typeof mixing>) => ({ ...mixing(...of), rideWeight: 0 })],
] as const)("with %s, the price of an insertion is the difference that it makes", (_, optionsOf) => {
  fc.assert(
    fc.property(instances, ({ seed, visits, schools }) => {
      const { state, random, insertion } = started(seed, visits, schools, optionsOf(seed, visits, schools));
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
    { numRuns: 80 },
  );
});

test.each([{}, mixing(11, 20, 3)])("a plan restored is the plan that was taken", (options) => {
  const { state } = started(11, 20, 3, options);
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
