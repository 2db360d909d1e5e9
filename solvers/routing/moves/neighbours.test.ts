import { expect, test } from "vitest";
import { randomHalfDay } from "../testing/random-half-day.ts";
import { neighboursOf } from "./neighbours.ts";

const day = randomHalfDay(9, 30, 3);
const drive = (a: number, b: number) => (a === b ? -1e9 : day.travel[a * day.nodes + b]);

test("neighbours are those that a full sort by drive would put first", () => {
  neighboursOf(day, 7, false).forEach((near, visit) => {
    const all = Array.from({ length: 30 }, (_, other) => other).sort((a, b) => drive(visit, a) - drive(visit, b));
    expect(near[0]).toBe(visit);
    expect(Array.from(near, (each) => drive(visit, each))).toEqual(all.slice(0, 7).map((each) => drive(visit, each)));
  });
});

test("mates are of the same school, all of it where there is room", () => {
  neighboursOf(day, 30, true).forEach((near, visit) => {
    expect(near.length).toBe(day.visitSchool.filter((school) => school === day.visitSchool[visit]).length);
    for (const each of near) expect(day.visitSchool[each]).toBe(day.visitSchool[visit]);
  });
});
