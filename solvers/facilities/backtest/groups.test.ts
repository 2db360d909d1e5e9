import { expect, test } from "vitest";
import { groupBacktest } from "./groups.ts";

const row = (slice: string, measure: string, value: number) => ({
  origin: "all",
  horizon_years: 5,
  method: "trivium",
  slice,
  measure,
  value,
});

test("a group's failures are those of its schools by its share of them; one that is too small has none", () => {
  const backtest = [
    row("school A", "failures", 400),
    row("school A", "expected failures", 200),
    row("school B", "failures", 100),
    row("school B", "expected failures", 200),
  ];
  const shares = (a: number, b: number) =>
    new Map([
      ["A", a],
      ["B", b],
    ]);
  const rows = groupBacktest(backtest, [
    {
      column: "group_lunch",
      values: [
        { value: "free", shares: shares(0.9, 0.1) },
        { value: "paid", shares: shares(0.1, 0.9) },
        { value: "unknown", shares: undefined },
      ],
    },
  ]);
  expect(rows.map((each) => each.slice)).toEqual(["group_lunch free", "group_lunch paid"]);
  // 0.9 · 400 + 0.1 · 100 = 370 of 200 expected; 130 of 200: each near its own ratio, a little towards 1.25.
  expect(rows[0].value).toBeGreaterThan(1.7);
  expect(rows[0].value).toBeLessThan(1.85);
  expect(rows[1].value).toBeGreaterThan(0.65);
  expect(rows[1].value).toBeLessThan(0.75);
});
