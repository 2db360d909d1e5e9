import { expect, test } from "vitest";
import { type Column, clock, date, decimal, grade, id, list, oneOf, probability, whole, yesNo } from "./column.ts";

/** One row a cell: kind, text, what it is read as (undefined = refused). */
const cells: [string, Column<never>, string, unknown][] = [
  ["a number", decimal() as never, "12.50", 12.5],
  ["a number with thousands commas", decimal() as never, "1,000", undefined],
  ["a hexadecimal number", decimal() as never, "0x10", undefined],
  ["not a number", decimal() as never, "NaN", undefined],
  ["an exponent", decimal() as never, "1e3", 1000],
  ["a number on the lower limit", decimal(0, 1) as never, "0", 0],
  ["a number over the upper limit", decimal(0, 1) as never, "1.01", undefined],
  ["a whole number", whole(0) as never, "30", 30],
  ["a whole number written with a point", whole(0) as never, "30.0", 30],
  ["half a seat", whole(0) as never, "2.5", undefined],
  ["a day that is none", date() as never, "2027-02-29", undefined],
  ["a leap day", date() as never, "2028-02-29", "2028-02-29"],
  ["an American date", date() as never, "02/28/2027", undefined],
  ["half past seven", clock() as never, "7:30", 27_000],
  ["seconds", clock() as never, "07:30:05", 27_005],
  ["after midnight of the next day", clock() as never, "25:00", 90_000],
  ["minutes past the hour", clock() as never, "07:60", undefined],
  ["yes", yesNo() as never, "Yes", true],
  ["a 0", yesNo() as never, "0", false],
  ["maybe", yesNo() as never, "maybe", undefined],
  ["a rider who always rides", probability() as never, "yes", 1],
  ["a rider three days in four", probability() as never, "0.75", 0.75],
  ["more than always", probability() as never, "1.5", undefined],
  ["a grade with a leading zero", grade() as never, "09", "9"],
  ["kindergarten in small letters", grade() as never, "k", "K"],
  ["thirteenth grade", grade() as never, "13", undefined],
  ["a level in capitals", oneOf("high", "middle") as never, "HIGH", "high"],
  ["two slots", list(id()) as never, "A:1|B:1", ["A:1", "B:1"]],
  ["an empty entry in a list", list(id()) as never, "A:1||B:1|", ["A:1", "B:1"]],
  ["one bad grade in a list", list(grade()) as never, "9|99", undefined],
];

test.each(cells)("reads %s", (_name, column, text, value) => {
  expect(column.parse(text)).toEqual(value);
});

test("what is written is read back the same", () => {
  for (const [, column, text, value] of cells) {
    if (value === undefined) continue;
    expect(column.parse(column.format(column.parse(text) as never))).toEqual(value);
  }
});

test("typed values pass the schema that the API shows", () => {
  for (const [, column, , value] of cells)
    if (value !== undefined) expect(column.schema.safeParse(value).success).toBe(true);
});

test("an id that a spreadsheet would run is no id; one that merely begins with a dash is", () => {
  for (const cell of ["=1+1", "+cmd|' /C calc'!A0", "@SUM(1)", "-2+3+cmd|' /C calc'!A0"])
    expect(id().parse(cell)).toBeUndefined();
  for (const cell of ["-7", "A=B", "RTU-1", "s+1"]) expect(id().parse(cell)).toBe(cell);
});
