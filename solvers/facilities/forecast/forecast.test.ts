import { Random } from "@trivium/engine";
import { type Dataset, dayNumber, modelCardSchema } from "@trivium/model";
import { expect, test } from "vitest";
import { forecastRegister } from "../build.ts";
import { fixtureDistrict } from "../fixture.ts";
import { readRegister } from "../register/read-register.ts";
import { publishedLife } from "../register/service-lives.ts";
import { ForecastHistory } from "./forecast.ts";
import { SIGNS } from "./multiplier.ts";

const AS_OF = dayNumber("2027-03-01");
const withTables = (dataset: Dataset, tables: Partial<Dataset["tables"]>): Dataset => ({
  ...dataset,
  tables: { ...dataset.tables, ...tables },
});

test("a school that loses half of its tickets is found out, and its units do not look healthier for it", () => {
  const dataset = fixtureDistrict({ assets: 1500, schools: 6 });
  const random = new Random(5);
  const building = new Map(dataset.tables.assets.map((row) => [row.asset_id, row.building_id]));
  const silent = withTables(dataset, {
    work_orders: dataset.tables.work_orders.filter(
      (row) => building.get(row.asset_id) !== "S2-B" || random.unit() < 0.5,
    ),
  });
  const fit = (each: Dataset) => new ForecastHistory(readRegister(each)).on(AS_OF);
  const [before, after] = [fit(dataset), fit(silent)];
  const school = readRegister(dataset).schoolIds.indexOf("S2");
  const change = after.repairs.reporting[school].value / before.repairs.reporting[school].value;
  expect(change).toBeGreaterThan(0.4);
  expect(change).toBeLessThan(0.65);
  expect(after.repairs.reporting[school].high).toBeLessThan(1);
  // Chances of that school's units hardly move: what is missing are tickets, not repairs.
  const risk = (each: Dataset) => {
    const { forecast, register } = forecastRegister(each);
    let sum = 0;
    forecast.live.forEach((asset, a) => {
      if (register.school[asset] === school) sum += forecast.pFail[a * 4 + 2];
    });
    return sum;
  };
  expect(risk(silent) / risk(dataset)).toBeGreaterThan(0.93);
  const { modelCard } = forecastRegister(silent);
  expect(modelCard.reporting.map((each) => each.group)).toContain("S2");
  expect(modelCard.limits.some((each) => each.startsWith("S2 file fewer tickets"))).toBe(true);
});

test("every remaining life lies in order, chances grow with the years, and the card is one by its schema", () => {
  const { forecast, modelCard, backtest } = forecastRegister(fixtureDistrict({ assets: 400, schools: 4 }));
  forecast.live.forEach((_, a) => {
    const wide = forecast.rulWide.subarray(a * 4, a * 4 + 4);
    const narrow = forecast.rul.subarray(a * 3, a * 3 + 3);
    const lives = [wide[0], narrow[0], wide[1], narrow[1], wide[2], narrow[2], wide[3]];
    expect(lives).toEqual(lives.toSorted((x, y) => x - y));
    const chances = Array.from(forecast.pFail.subarray(a * 4, a * 4 + 4));
    expect(chances).toEqual(chances.toSorted((x, y) => x - y));
    expect(forecast.repairsNextYear[a]).toBeGreaterThanOrEqual(0);
  });
  expect(modelCardSchema.parse(modelCard)).toEqual(modelCard);
  expect(modelCard.backtest.failures).toBeGreaterThan(30);
  const measures = new Set(backtest.filter((row) => row.slice === "all").map((row) => row.measure));
  for (const measure of [
    "average precision",
    "concordance",
    "calibration slope",
    "brier skill",
    "sensitivity at budget",
    "precision at budget",
  ])
    expect(measures).toContain(measure);
  expect(backtest.filter((row) => row.slice.startsWith("school")).length).toBe(4 * 3);
});

test("no leak: removals, work orders and scores after the day change nothing of what is forecast on it", () => {
  const dataset = fixtureDistrict({ assets: 300, schools: 3 });
  const day = dayNumber("2017-03-01");
  const scores = dataset.tables.assets
    .filter((row) => row.install_date < "2010")
    .map((row, k) => ({ asset_id: row.asset_id, date: k % 2 ? "2015-05-01" : "2020-05-01", score: 1 + (k % 5) }));
  const known = withTables(dataset, { assessments: scores });
  const later = withTables(known, {
    assets: known.tables.assets.map((row) =>
      (row.removed_date ?? "") > "2017-03-01" ? { ...row, removed_date: "2017-03-02", removed_reason: "failed" } : row,
    ),
    work_orders: known.tables.work_orders.filter((row) => row.opened <= "2017-03-01"),
    assessments: scores.map((row) => (row.date > "2017-03-01" ? { ...row, score: 5 } : row)),
  });
  const fit = (each: Dataset) => new ForecastHistory(readRegister(each)).on(day);
  expect(fit(later)).toEqual(fit(known));
});

test("a condition without a date is no sign: it changes no forecast", () => {
  const dataset = fixtureDistrict({ assets: 120, schools: 2 });
  const scored = withTables(dataset, {
    assets: dataset.tables.assets.map((row, k) => ({ ...row, condition: 1 + (k % 5) })),
  });
  expect(forecastRegister(scored).forecast).toEqual(forecastRegister(dataset).forecast);
});

test("a register of three rows is forecast from published lives, and says that it cannot tell", () => {
  const dataset = fixtureDistrict({ assets: 30, schools: 2 });
  const assets = dataset.tables.assets.filter((row) => row.removed_date === undefined).slice(0, 3);
  const few = forecastRegister(withTables(dataset, { assets, work_orders: [] }));
  expect(few.forecast.basis).toEqual(["prior", "prior", "prior"]);
  expect(few.modelCard.verdict).toMatch(/too short to tell/);
  expect(few.backtest).toHaveLength(1);
  expect(few.forecast.signs).toHaveLength(3 * SIGNS.length);
  // Three units that stand say next to nothing of themselves.
  for (const sign of few.forecast.signs) expect(Math.abs(Math.log(sign))).toBeLessThan(0.2);
});

test("a type without a life of the district's gets a published one with its source, by code and title", () => {
  expect(publishedLife("D3030", "Water chiller").medianYears).toBe(23);
  expect(publishedLife("D3050", "Packaged rooftop unit").medianYears).toBe(15);
  expect(publishedLife("D3020", "Cast iron boiler").medianYears).toBe(35);
  expect(publishedLife("D3020", "Heater").medianYears).toBe(24);
  expect(publishedLife("D3050", "Variable air volume box").medianYears).toBe(20);
  expect(publishedLife("Z9", "Flagpole").source).toMatch(/no table/);
  const dataset = fixtureDistrict({ assets: 30, schools: 1 });
  const asset_types = dataset.tables.asset_types.map(({ life_median_years: _, life_spread: __, ...row }) => row);
  const { modelCard } = forecastRegister(withTables(dataset, { asset_types }));
  expect(modelCard.priors.find((each) => each.asset_type_id === "CHIL")).toMatchObject({
    life_median_years: 23,
    source: expect.stringMatching(/^ASHRAE/),
  });
});
