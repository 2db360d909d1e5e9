import { expect, test } from "vitest";
import { randomHalfDay } from "../testing/random-half-day.ts";
import { neighboursOf } from "./neighbours.ts";

test("neighbours are those that a full sort by drive there and back would put first", () => {
  const day = randomHalfDay(9, 30, 3);
  const drive = (a: number, b: number) =>
    a === b ? -1 : day.travel[a * day.nodes + b] + day.travel[b * day.nodes + a];
  neighboursOf(day, 7, 0).forEach((near, visit) => {
    const all = Array.from({ length: 30 }, (_, other) => other).sort((a, b) => drive(visit, a) - drive(visit, b));
    expect(near[0]).toBe(visit);
    expect(Array.from(near, (each) => drive(visit, each))).toEqual(all.slice(0, 7).map((each) => drive(visit, each)));
  });
});

test("far enough apart, other schools come after every visit of one's own", () => {
  const day = randomHalfDay(9, 30, 3);
  neighboursOf(day, 30, 1e6).forEach((near, visit) => {
    const own = day.visitSchool.filter((school) => school === day.visitSchool[visit]).length;
    for (const each of near.slice(0, own)) expect(day.visitSchool[each]).toBe(day.visitSchool[visit]);
  });
});
