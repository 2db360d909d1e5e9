import { existsSync, readFileSync } from "node:fs";
import { Random } from "@trivium/engine";
import { expect, test } from "vitest";
import { fitSurvival } from "./fit-survival.ts";
import { meanCumulative } from "./mean-cumulative.ts";
import { fitRepairProcess } from "./repair-process.ts";
import { laplaceTrend } from "./trend.ts";

const valves = new URL("../../../../shared/data/facilities/r-survival/valveSeat.csv", import.meta.url);
const absent = !existsSync(valves);
const note = absent ? " (skipped: ../shared/data/facilities is not here)" : "";
const golden = JSON.parse(
  readFileSync(new URL("../../../test/golden/facilities-recurrent-events.json", import.meta.url), "utf8"),
).sets;

const valveRows = () =>
  readFileSync(valves, "utf8")
    .trim()
    .split(/\r?\n/)
    .slice(1)
    .map((line) => line.split(","));
const tableOf = (rows: string[][]) => ({
  id: rows.map(([id]) => id),
  time: rows.map(([, time]) => time),
  status: rows.map(([, , status]) => status),
});
const COLUMNS = { id: "id", duration: "time", event: "status" };

test.skipIf(absent)(
  `the mean cumulative function of valve seats and its robust errors equal R's survfit${note}`,
  () => {
    // R's start-stop rows lose the second of two replacements on one day; all ends of observation stay.
    const seen = new Set<string>();
    const rows = valveRows().filter(([id, time, status]) => {
      const again = seen.has(`${id}:${time}`);
      seen.add(`${id}:${time}`);
      return !(again && status === "1");
    });
    const result = fitSurvival({ model: "mcf", columns: tableOf(rows), ...COLUMNS }) as unknown as Record<
      string,
      number[]
    >;
    const expected = golden.valveSeat_mcf;
    expect(result.times).toEqual(expected.time);
    expect(result.at_risk).toEqual(expected.n_risk);
    expected.cumhaz.forEach((value: number, k: number) => {
      expect(result.mean[k]).toBeCloseTo(value, 9);
      expect(result.std_error[k]).toBeCloseTo(expected.std_chaz[k], 9);
    });
  },
);

test.skipIf(absent)(
  `the power law of valve seats equals the reference, with a trend that is plain to see${note}`,
  () => {
    const rows = valveRows();
    const units = [...Map.groupBy(rows, ([id]) => id).values()];
    const failures = units.map((each) => each.filter(([, , status]) => status === "1"));
    const plain = fitRepairProcess(
      {
        from: new Float64Array(units.length),
        to: Float64Array.from(units, (each) => Math.max(...each.map(([, time]) => Number(time)))),
        events: Float64Array.from(failures, (each) => each.length),
        logAges: Float64Array.from(failures, (each) => each.reduce((sum, [, time]) => sum + Math.log(Number(time)), 0)),
        columns: 0,
        design: new Float64Array(),
      },
      { frailty: false },
    );
    const { beta, lambda, loglik } = golden.valveSeat_powerlaw;
    expect(Math.exp(plain.theta[1]) / beta).toBeCloseTo(1, 6);
    expect(Math.exp(plain.theta[0]) / lambda).toBeCloseTo(1, 6);
    expect(plain.loglik / loglik).toBeCloseTo(1, 6);
    const result = fitSurvival({ model: "power-law", columns: tableOf(rows), ...COLUMNS });
    if (!("growth" in result)) throw new Error("no repair process");
    expect(result.loglik).toBeGreaterThan(plain.loglik);
    expect(result.frailty_variance).toBeGreaterThan(0.2);
    expect(result.trend.p).toBeLessThan(0.05);
  },
);

test("windows that open late, covariates and frailty: the hidden repair process is found again", () => {
  const random = new Random(12);
  const units = 4000;
  const input = {
    from: new Float64Array(units),
    to: new Float64Array(units),
    events: new Float64Array(units),
    logAges: new Float64Array(units),
    columns: 1,
    design: new Float64Array(units),
  };
  const growth = 1.6;
  for (let u = 0; u < units; u++) {
    input.from[u] = random.unit() < 0.5 ? 0 : 15 * random.unit();
    input.to[u] = input.from[u] + 2 + 18 * random.unit();
    input.design[u] = random.below(2);
    // Gamma with shape 2 and mean 1.
    const frailty = -(Math.log(1 - random.unit()) + Math.log(1 - random.unit())) / 2;
    const rate = 0.02 * Math.exp(0.5 * input.design[u]) * frailty;
    for (let sum = rate * input.from[u] ** growth; ; ) {
      sum -= Math.log(1 - random.unit());
      const age = (sum / rate) ** (1 / growth);
      if (age > input.to[u]) break;
      input.events[u]++;
      input.logAges[u] += Math.log(age);
    }
  }
  const fit = fitRepairProcess(input, { frailty: true });
  const within = (j: number, truth: number) =>
    expect(Math.abs(fit.theta[j] - truth)).toBeLessThan(4 * Math.sqrt(fit.covariance[j * 3 + j]));
  within(0, Math.log(0.02));
  within(1, 0.5);
  within(2, Math.log(growth));
  expect(fit.frailtyShape).toBeGreaterThan(1.6);
  expect(fit.frailtyShape).toBeLessThan(2.5);
});

test("two units by hand: two repairs of the first among both, one of the second after the first left", () => {
  const curve = meanCumulative({
    from: Float64Array.of(0, 0),
    to: Float64Array.of(5, 10),
    unit: Int32Array.of(0, 0, 1),
    age: Float64Array.of(2, 4, 8),
  });
  expect(Array.from(curve.times)).toEqual([2, 4, 5, 8, 10]);
  // ½ + ½, then 1 of the one that is left.
  expect(Array.from(curve.mean)).toEqual([0.5, 1, 1, 2, 2]);
});

test("repairs that come late in the window are a trend, even ones are none", () => {
  const window = { from: Float64Array.of(0), to: Float64Array.of(10) };
  const trend = (age: number[]) =>
    laplaceTrend({ ...window, unit: new Int32Array(age.length), age: Float64Array.from(age) });
  expect(trend([6, 8, 9, 9.5, 9.9]).z).toBeGreaterThan(2);
  expect(trend([1, 3, 5, 7, 9]).z).toBeCloseTo(0, 12);
});
