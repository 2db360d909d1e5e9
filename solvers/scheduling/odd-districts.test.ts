import { createContext, LiveBudget, Random } from "@trivium/engine";
import { type Dataset, planHash, sealDataset } from "@trivium/model";
import { verifyPlan } from "@trivium/verify";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { engine } from "./index.ts";
import { Polish } from "./loading/polish.ts";
import { buildProblem } from "./problem/build.ts";
import { decisionsOf } from "./report/decisions.ts";
import { measure } from "./report/metrics.ts";
import { copyPlaces, restorePlaces } from "./schedule/places.ts";
import { Schedule } from "./schedule/schedule.ts";
import { worth } from "./schedule/worth.ts";
import { Search } from "./search/search.ts";
import { illegalities } from "./testing/legality.ts";
import { oddDistrict, yearOn } from "./testing/odd-district.ts";
import { planOf } from "./testing/plan-of.ts";

async function solved(dataset: Dataset, iterations = 300) {
  const problem = await engine.build(dataset, {}, {});
  return engine.solve(problem, {}, createContext(problem, { limits: { iterations } }));
}

/** Districts in which every section that must be taught has a place (2 and 23 are infeasible; for 4 and 11 none is found). */
const SEEDS = [1, 3, 5, 6, 7, 8, 9, 10, 12, 14, 16, 17, 20, 24];

test.for(SEEDS)(
  "odd district %i: its plan, and that of a year on with prices on moves, keep the contract by two readings",
  async (seed) => {
    let dataset = oddDistrict(seed);
    for (const stage of ["new", "a year on"]) {
      const solution = await solved(dataset);
      expect(solution.status, stage).toBe("feasible");
      expect((await verifyPlan(dataset, planOf(dataset, solution))).violations).toEqual([]);
      if (dataset.tables.terms.length > 0)
        expect(illegalities(dataset, solution.decisions, solution.unmet)).toEqual([]);
      dataset = yearOn(dataset, solution.decisions, seed);
    }
  },
);

test("the running objective equals the one from scratch in every odd district, whatever was moved", () => {
  fc.assert(
    fc.property(fc.constantFrom(...SEEDS), fc.boolean(), (seed, stable) => {
      const dataset = oddDistrict(seed);
      const weights: Record<string, number> = stable
        ? { moved_teacher: 7, moved_room: 3, moved_time: 5, moved_student: 11 }
        : {};
      for (const school of buildProblem(dataset, { weights }).schools) {
        const { schedule, annealing } = searched(school, seed);
        annealing.run(
          new LiveBudget({ iterations: 128 }, { now: () => 0, cancelled: () => false }),
          { from: 600, to: 50 },
          () => {},
        );
        const fresh = new Schedule(school);
        restorePlaces(fresh, copyPlaces(schedule));
        for (let student = 0; student < schedule.value.length; student++)
          fresh.setValue(student, worth(fresh, student));
        expect(schedule.total).toBeCloseTo(fresh.total, 4);
      }
    }),
    { numRuns: 8, seed: 3 },
  );
});

test("evening out, terms, holes and groups: the objective as measured never falls, and no request is lost", () => {
  for (const seed of [3, 8, 14, 20]) {
    const problem = buildProblem(oddDistrict(seed), {});
    const searches = problem.schools.map((school) => searched(school, seed));
    const measured = () =>
      measure(
        problem,
        decisionsOf(
          problem,
          searches.map(({ schedule }) => copyPlaces(schedule)),
        ),
        [],
      );
    const before = measured();
    for (const { schedule, rules, loader } of searches) new Polish(schedule, rules, loader).run();
    const after = measured();
    expect(after.requests_met).toBe(before.requests_met);
    expect(Number(after.objective)).toBeGreaterThan(Number(before.objective));
  }
});

function searched(school: ConstructorParameters<typeof Search>[0], seed: number): Search {
  const search = new Search(school, new Random(seed));
  search.start({ spent: () => 0 });
  return search;
}

/** Rows of every table in another order. */
function shuffled(dataset: Dataset, seed: number): Dataset {
  const random = new Random(seed);
  const tables = Object.fromEntries(
    Object.entries(dataset.tables as Record<string, readonly unknown[]>).map(([name, rows]) => [
      name,
      [...random.shuffle(Int32Array.from(rows, (_, i) => i))].map((i) => rows[i]),
    ]),
  );
  return sealDataset({ ...dataset, tables: tables as unknown as Dataset["tables"] });
}

const hashOf = async (dataset: Dataset, iterations = 200) => {
  const { decisions, metrics } = await solved(dataset, iterations);
  return planHash(decisions, metrics);
};

test("the order of rows in the files changes nothing", async () => {
  for (const seed of [3, 8, 14]) {
    const dataset = oddDistrict(seed);
    expect(await hashOf(shuffled(dataset, seed))).toBe(await hashOf(dataset));
  }
});

/** The values of a group column dealt out anew among the students. */
function dealt(dataset: Dataset, column: string): Dataset {
  const { students } = dataset.tables;
  const values = new Random(5).shuffle(Int32Array.from(students, (_, i) => i));
  return sealDataset({
    ...dataset,
    tables: {
      ...dataset.tables,
      students: students.map((row, i) => ({
        ...row,
        extra: { ...row.extra, [column]: students[values[i]].extra?.[column] ?? "" },
      })),
    },
  });
}

test("a group column never influences a plan, unless the planner makes parity a goal: then the groups are spread and the plan says so", async () => {
  const { parity: _, ...settings } = oddDistrict(14).settings.scheduling;
  const withParity = (columns?: string[]) =>
    sealDataset({
      ...oddDistrict(14),
      settings: {
        ...oddDistrict(14).settings,
        scheduling: columns ? { ...settings, parity: { columns, weight: 3 } } : settings,
      },
    });
  const blind = withParity();
  expect(await hashOf(dealt(blind, "group_frl"))).toBe(await hashOf(blind));
  const goal = withParity(["group_frl"]);
  expect(await hashOf(dealt(goal, "group_ell"))).toBe(await hashOf(goal));
  expect(await hashOf(dealt(goal, "group_frl"))).not.toBe(await hashOf(goal));
  const aimed = await solved(goal);
  const problem = await engine.build(goal, {}, {});
  const unaimed = await solved(blind);
  expect(aimed.metrics.parity_goal).toBe("group_frl");
  expect(unaimed.metrics.parity_goal).toBeUndefined();
  expect(Number(aimed.metrics.requests_met)).toBeGreaterThanOrEqual(Number(unaimed.metrics.requests_met));
  expect(Number(aimed.metrics.cost_parity)).toBeLessThan(
    Number(engine.measure(problem, unaimed.decisions, unaimed.unmet).cost_parity),
  );
});
