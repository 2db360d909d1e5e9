import { existsSync, readFileSync } from "node:fs";
import { Random } from "@trivium/engine";
import { expect, test } from "vitest";
import { fitFrailtyShape, fitPowerLaw } from "./power-law.ts";

const valves = new URL("../../../../shared/data/facilities/r-survival/valveSeat.csv", import.meta.url);
const golden = new URL("../../../test/golden/facilities-recurrent-events.json", import.meta.url);

test.skipIf(!existsSync(valves))(
  "valve seat replacements equal the reference power law (skipped: ../shared/data/facilities is not here)",
  () => {
    const rows = readFileSync(valves, "utf8")
      .trim()
      .split(/\r?\n/)
      .slice(1)
      .map((line) => line.split(",").map(Number));
    const engines = [...Map.groupBy(rows, ([id]) => id).values()];
    const failures = engines.map((each) => each.filter(([, , status]) => status === 1));
    const law = fitPowerLaw(
      {
        from: new Float64Array(engines.length),
        to: Float64Array.from(engines, (each) => Math.max(...each.map(([, time]) => time))),
        group: new Int32Array(engines.length),
        events: Float64Array.from(failures, (each) => each.length),
        logAges: Float64Array.from(failures, (each) => each.reduce((sum, [, time]) => sum + Math.log(time), 0)),
      },
      1,
      0,
    );
    const expected = JSON.parse(readFileSync(golden, "utf8")).sets.valveSeat_powerlaw;
    expect(law.beta / expected.beta).toBeCloseTo(1, 7);
    expect(law.rate[0] / expected.lambda).toBeCloseTo(1, 6);
  },
);

test("a frailty of shape 2 is found again in 20,000 counts, and none where there is none", () => {
  const random = new Random(3);
  const poisson = (mean: number) => {
    let count = -1;
    for (let product = 1; product > Math.exp(-mean); count++) product *= random.unit();
    return count;
  };
  const exponential = () => -Math.log(1 - random.unit());
  const expected = new Float64Array(20_000).fill(3);
  const frail = Float64Array.from(expected, (mean) => poisson((mean * (exponential() + exponential())) / 2));
  expect(fitFrailtyShape(frail, expected)).toBeGreaterThan(1.8);
  expect(fitFrailtyShape(frail, expected)).toBeLessThan(2.2);
  expect(fitFrailtyShape(Float64Array.from(expected, poisson), expected)).toBeGreaterThan(30);
});
