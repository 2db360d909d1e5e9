import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { installGlpk } from "../../test/setup/glpk.ts";
import { MipModel } from "./model.ts";
import type { MipOptions } from "./result.ts";
import { solveMip } from "./solve.ts";

const SOLVERS = ["highs", "javascript-lp-solver", "glpk"] as const;

/** What a solver does not have, with the reason; everything else holds for each. */
const LACKS: Record<(typeof SOLVERS)[number], Partial<Record<"duals" | "limits" | "start" | "cancel", string>>> = {
  highs: {},
  "javascript-lp-solver": {
    duals: "its simplex keeps no duals",
    limits: "it knows wall time only",
    start: "it cannot take a solution to start from",
    cancel: "it runs to its end",
  },
  glpk: {
    limits: "its interface has wall time only",
    start: "its interface takes no solution to start from",
    cancel: "it runs to its end",
  },
};

beforeAll(installGlpk);

/** Chairs earn 30 and tables 50; 40 h of carpentry (1 and 2 each), 50 h of finishing (2 and 1 each). */
function workshop(): MipModel {
  const model = new MipModel("maximize");
  const chairs = model.addVariable(30, 0, Infinity, true);
  const tables = model.addVariable(50, 0, Infinity, true);
  model.addRow(-Infinity, 40, [chairs, tables], [1, 2]);
  model.addRow(-Infinity, 50, [chairs, tables], [2, 1]);
  return model;
}

/** A knapsack of `n` items that branch and bound cannot close in a handful of nodes. */
function knapsack(n: number): MipModel {
  const model = new MipModel("maximize");
  const weights = Array.from({ length: n }, (_, i) => 1000 + ((i * 7919) % 997));
  const items = weights.map((weight) => model.addBinary(weight + 13));
  for (let row = 0; row < 5; row++)
    model.addRow(
      -Infinity,
      weights.reduce((sum, weight) => sum + weight, 0) / 2 + row,
      items,
      weights.map((weight, i) => weight + ((i * (row + 3)) % 17)),
    );
  return model;
}

describe.each(SOLVERS)("%s", (solver) => {
  const solve = (model: MipModel, options: MipOptions = {}) => solveMip(model, { solver, ...options });
  const unless = (what: keyof (typeof LACKS)["highs"], name: string) =>
    has(what) ? name : `${name} (not here: ${LACKS[solver][what]})`;
  const has = (what: keyof (typeof LACKS)["highs"]) => LACKS[solver][what] === undefined;

  test("ten tables fewer than chairs: 20 chairs and 10 tables earn 1,100", async () => {
    const result = await solve(workshop());
    expect(result.status).toBe("optimal");
    expect(result.objective).toBeCloseTo(1100, 6);
    expect([...result.values].map(Math.round)).toEqual([20, 10]);
    expect(result.bound).toBeCloseTo(1100, 6);
  });

  test("the relaxation of x + y ≤ 1.5 over two binaries is worth 1.5, whole numbers 1", async () => {
    const model = new MipModel("maximize");
    model.addRow(-Infinity, 1.5, [model.addBinary(1), model.addBinary(1)]);
    expect((await solve(model, { relax: true })).objective).toBeCloseTo(1.5, 9);
    expect((await solve(model)).objective).toBeCloseTo(1, 9);
  });

  test("two rows that cannot both hold are infeasible, with no values", async () => {
    const model = new MipModel("minimize");
    const x = model.addVariable(1);
    model.addRow(3, Infinity, [x]);
    model.addRow(-Infinity, 2, [x]);
    const result = await solve(model);
    expect(result.status).toBe("infeasible");
    expect(result.values).toHaveLength(0);
    expect(result.objective).toBeNaN();
  });

  test("profit without a limit is unbounded, not zero", async () => {
    const model = new MipModel("maximize");
    const x = model.addVariable(1);
    const y = model.addVariable(0);
    model.addRow(-Infinity, 5, [x, y], [1, -1]);
    expect((await solve(model)).status).toBe("unbounded");
  });

  test("a model without rows takes its bounds: min x − y with x ≥ −2 and y ≤ 3 is −5", async () => {
    const model = new MipModel("minimize");
    model.addVariable(1, -2, 7);
    model.addVariable(-1, -Infinity, 3);
    const result = await solve(model);
    expect(result.status).toBe("optimal");
    expect(result.objective).toBeCloseTo(-5, 9);
  });

  test("free variables may go below zero: min x with x = −4.5 + y, 0 ≤ y ≤ 1", async () => {
    const model = new MipModel("minimize");
    const x = model.addVariable(1, -Infinity, Infinity);
    const y = model.addVariable(0, 0, 1);
    model.addRow(-4.5, -4.5, [x, y], [1, -1]);
    expect((await solve(model)).objective).toBeCloseTo(-4.5, 9);
  });

  test("a row between 2 and 3 holds on both sides", async () => {
    const rise = new MipModel("maximize");
    rise.addRow(2, 3, [rise.addVariable(1)]);
    const fall = new MipModel("minimize");
    fall.addRow(2, 3, [fall.addVariable(1)]);
    expect([(await solve(rise)).objective, (await solve(fall)).objective]).toEqual([3, 2]);
  });

  test("entries of one place add up: 1 + 2 in the same cell is 3", async () => {
    const model = new MipModel("maximize");
    const x = model.addVariable(1);
    const row = model.addRow(-Infinity, 6, [x], [1]);
    model.addEntry(row, x, 2);
    expect((await solve(model)).objective).toBeCloseTo(2, 9);
  });

  test("small random integer programs equal enumeration", async () => {
    const coefficient = fc.integer({ min: -5, max: 9 });
    const row = fc.record({
      values: fc.array(coefficient, { minLength: 4, maxLength: 4 }),
      limit: fc.integer({ min: 0, max: 20 }),
    });
    const program = fc.record({
      costs: fc.array(coefficient, { minLength: 4, maxLength: 4 }),
      rows: fc.array(row, { minLength: 1, maxLength: 3 }),
    });
    await fc.assert(
      fc.asyncProperty(program, async ({ costs, rows }) => {
        const model = new MipModel("maximize");
        const x = costs.map((cost) => model.addVariable(cost, 0, 3, true));
        for (const { values, limit } of rows) model.addRow(-Infinity, limit, x, values);
        const result = await solve(model);
        expect(result.status).toBe("optimal");
        expect(result.objective).toBeCloseTo(enumerate(costs, rows), 6);
      }),
      { numRuns: 60, seed: 11 },
    );
  });

  test.skipIf(!has("duals"))(unless("duals", "one more hour of a binding row is worth its dual"), async () => {
    const model = workshop();
    const { rowDuals } = await solve(model, { relax: true });
    const more = workshop();
    more.rowUpper[0] += 1;
    const gain = (await solve(more, { relax: true })).objective - (await solve(model, { relax: true })).objective;
    expect(rowDuals[0]).toBeCloseTo(gain, 6);
  });

  test.skipIf(!has("limits"))(
    unless(
      "limits",
      "a limit of one node gives a feasible plan or a limit, never a claim of optimality, and a bound that holds",
    ),
    async () => {
      const limited = await solve(knapsack(60), { nodeLimit: 1 });
      expect(["feasible", "limit"]).toContain(limited.status);
      expect(limited.bound).toBeGreaterThanOrEqual(limited.objective);
    },
  );

  test.skipIf(!has("start"))(unless("start", "a start is kept when no time is left to better it"), async () => {
    const model = knapsack(60);
    const start = new Float64Array(60);
    start[0] = 1;
    const result = await solve(model, { start, nodeLimit: 0 });
    expect(result.objective).toBeGreaterThanOrEqual(model.costs[0]);
  });

  test.skipIf(!has("cancel"))(unless("cancel", "cancelling keeps the incumbent"), async () => {
    const model = knapsack(80);
    const start = new Float64Array(80);
    start[3] = 1;
    let polls = 0;
    const result = await solve(model, { start, cancelled: () => ++polls > 3 });
    expect(polls).toBeGreaterThan(3);
    expect(result.status).toBe("feasible");
    expect(result.objective).toBeGreaterThanOrEqual(model.costs[3]);
  });

  test("what it cannot do it refuses aloud", async () => {
    const asked = solve(workshop(), { nodeLimit: 10 });
    if (has("limits")) expect((await asked).status).toBe("optimal");
    else await expect(asked).rejects.toThrow(/no nodeLimit/);
  });
});

function enumerate(costs: readonly number[], rows: readonly { values: readonly number[]; limit: number }[]): number {
  const dot = (a: readonly number[], b: readonly number[]) => a.reduce((sum, value, i) => sum + value * b[i], 0);
  let best = -Infinity;
  for (let code = 0; code < 4 ** 4; code++) {
    const x = [code & 3, (code >> 2) & 3, (code >> 4) & 3, (code >> 6) & 3];
    if (rows.every(({ values, limit }) => dot(values, x) <= limit)) best = Math.max(best, dot(costs, x));
  }
  return best;
}
