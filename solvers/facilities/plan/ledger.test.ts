import { Random } from "@trivium/engine";
import fc from "fast-check";
import { expect, test } from "vitest";
import { capitalDistrict } from "../../../bench/capital-district.ts";
import { engine } from "../index.ts";
import { relaxedProblem } from "./bound/lagrangian.ts";
import { emptyPrices } from "./bound/prices.ts";
import { Ledger } from "./ledger.ts";

test("after any sequence of choices a ledger is worth what a fresh one with the same choices is", async () => {
  const problem = await engine.build(capitalDistrict({ assets: 120, years: 5 }), {}, {});
  const relaxed = relaxedProblem(problem, []);
  const prices = emptyPrices(problem);
  prices.fund.fill(0.4);
  prices.smoothing.fill(0.01);
  const schools = Array.from(relaxed.bySchool.keys());
  const open = new Uint8Array(5).fill(1);
  fc.assert(
    fc.property(fc.integer(), (seed) => {
      const random = new Random(seed);
      const ledger = new Ledger(relaxed, prices);
      for (let step = 0; step < 30; step++) {
        const school = random.below(schools.length);
        ledger.post(school, -1);
        open[random.below(5)] ^= 1;
        ledger.now();
        for (const a of relaxed.bySchool[school]) ledger.place(a, open, 0);
        ledger.post(school, 1);
      }
      const fresh = new Ledger(relaxed, prices);
      fresh.year.set(ledger.year);
      fresh.fund.set(ledger.fund);
      for (const school of schools) fresh.post(school, 1);
      const worth = fresh.worthUsd(0);
      expect(Math.abs(ledger.worthUsd(0) - worth)).toBeLessThan(1e-6 * Math.max(1, Math.abs(worth)));
      expect(ledger.year.some((year) => year >= 0)).toBe(true);
    }),
    { numRuns: 20, seed: 7 },
  );
});
