import { createContext, Random } from "@trivium/engine";
import { expect, test } from "vitest";
import { piecesBoundOf } from "../bound/buses.ts";
import { engine } from "../engine.ts";
import { halfDayOf } from "../halfday/of-problem.ts";
import { audit } from "../testing/audit.ts";
import { gridCity } from "../testing/grid-city.ts";
import { type GridDistrictOptions, gridDistrict } from "../testing/grid-district.ts";
import { randomHalfDay } from "../testing/random-half-day.ts";
import { Chains, runListOf } from "./chains.ts";
import { chooseBells } from "./choose.ts";
import { relinked } from "./relink.ts";
import { withBells } from "./with-bells.ts";

const roads = gridCity();
const hour = (hours: number) => hours * 3600;
const STARTS = [hour(7.5), hour(8.25), hour(9)];

/** Schools that all begin at 8:15 and may begin earlier or later. */
const crowded: GridDistrictOptions["change"] = (tables) => {
  for (const bells of tables.bells)
    Object.assign(bells, { bell_start: STARTS[1], bell_end: STARTS[1] + hour(6.75), allowed_starts: STARTS });
  for (const type of tables.bus_types) type.benches = 12;
};

async function solved(change: GridDistrictOptions["change"], settings: GridDistrictOptions["settings"] = {}) {
  const dataset = gridDistrict({ students: 240, schools: 6, buses: 30, sideM: 5000, change, settings });
  const problem = await engine.build(dataset, {}, { roads });
  const solution = await engine.solve(problem, {}, createContext(problem, { limits: { iterations: 3_000 } }));
  expect(await audit(dataset, roads, solution)).toEqual([]);
  return { dataset, problem, solution };
}

test("schools that may begin apart share their buses; a price that no saving reaches keeps every bell", async () => {
  const free = await solved(crowded);
  const kept = await solved(crowded, { weights: { bells: 100 } });
  expect(kept.solution.decisions.bells.map((row) => row.bell_start)).toEqual(Array(6).fill(STARTS[1]));
  expect(Number(free.solution.metrics.buses_used)).toBeLessThan(0.7 * Number(kept.solution.metrics.buses_used));
  for (const { problem, solution } of [free, kept])
    for (const direction of ["AM", "PM"] as const)
      expect(piecesBoundOf(problem, direction)).toBeLessThanOrEqual(Number(solution.metrics.buses_used));
});

test("a plan with moved bells is where the next search begins, and whoever comes late is placed by them", async () => {
  const { dataset, problem, solution } = await solved(crowded);
  const plan = { area: "routing" as const, ...solution } as unknown as Parameters<typeof engine.ask>[1];
  const context = createContext(problem, { limits: { iterations: 400 } });
  const next = await engine.solve(problem, { start: plan }, context);
  expect(await audit(dataset, roads, next)).toEqual([]);
  expect(Number(next.metrics.buses_used)).toBeLessThanOrEqual(Number(solution.metrics.buses_used));
  const { student_id } = solution.decisions.assignments[0];
  const answer = (await engine.ask(problem, plan, { kind: "late_student", student_id })) as {
    AM: { best: { run_id: string } | null };
  };
  expect(answer.AM.best).not.toBeNull();
});

test("among all bells of a tiny district the cheapest are chosen", async () => {
  const dataset = gridDistrict({ students: 60, schools: 4, buses: 12, sideM: 4000, change: crowded });
  const problem = await engine.build(dataset, {}, { roads });
  const starts = problem.schools.map((school) => school.bellStartS);
  const days = { AM: halfDayOf(problem, "AM", 0.5), PM: halfDayOf(problem, "PM", 0.5) };
  // A run for each visit, so that there is something to link.
  const plans = {
    AM: { pieces: problem.visits.AM.map((_, visit) => ({ kind: 0, runs: [[visit]] })), bank: [], cost: 0 },
    PM: { pieces: problem.visits.PM.map((_, visit) => ({ kind: 0, runs: [[visit]] })), bank: [], cost: 0 },
  };
  const priceOf = (bells: readonly number[]) => {
    const [am, pm] = (["AM", "PM"] as const).map((direction) => {
      const day = halfDayOf(withBells(problem, bells), direction, 0.5);
      const list = runListOf(day, plans[direction]);
      return new Chains(list.runs.length).link(list, day.schoolEndMin, day.schoolEndMax);
    });
    const moved = bells.filter((bell, school) => bell !== starts[school]).length;
    return Math.max(am, pm) + 0.1 * Math.min(am, pm) + problem.settings.weights.bells * moved;
  };
  const combinations = starts.reduce<number[][]>(
    (lists) => lists.flatMap((list) => STARTS.map((start) => [...list, start])),
    [[]],
  );
  const best = Math.min(...combinations.map(priceOf));
  const chosen = chooseBells(problem, days, plans, starts, new Random(1));
  expect(priceOf(chosen)).toBeCloseTo(best, 9);
});

test("runs linked anew are the same runs, each on a bus that can carry it, or their visits wait", () => {
  for (let seed = 1; seed <= 20; seed++) {
    const day = randomHalfDay(seed, 12, 3);
    const plan = {
      pieces: Array.from({ length: 12 }, (_, visit) => ({ kind: 0, runs: [[visit]] })),
      bank: [],
      cost: 0,
    };
    const { pieces, bank } = relinked(day, plan);
    const all = [...pieces.flatMap((piece) => piece.runs.flat()), ...bank].sort((a, b) => a - b);
    expect(all).toEqual(Array.from({ length: 12 }, (_, visit) => visit));
    for (let kind = 0; kind < day.kinds; kind++)
      expect(pieces.filter((piece) => piece.kind === kind).length).toBeLessThanOrEqual(day.kindCount[kind]);
  }
});
