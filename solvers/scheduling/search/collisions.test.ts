import { Random } from "@trivium/engine";
import { expect, test } from "vitest";
import { rulesOf } from "../constraints/rules.ts";
import { Placer } from "../moves/placer.ts";
import { buildProblem } from "../problem/build.ts";
import { Schedule } from "../schedule/schedule.ts";
import { unkindSchool } from "../testing/unkind-school.ts";
import { Collisions } from "./collisions.ts";

/** A schedule whose every unit has some time of its own; who teaches where is nothing to collisions. */
function scattered(seed: number) {
  const school = buildProblem(unkindSchool({ seed }), {}).schools[0];
  const schedule = new Schedule(school);
  const random = new Random(seed);
  const placer = new Placer(schedule, rulesOf(school), random);
  const units = Array.from({ length: school.units.count }, (_, unit) => unit).filter(
    (unit) => placer.anyTime(unit) >= 0,
  );
  for (const unit of units) schedule.place(unit, placer.anyTime(unit), -1, -1);
  return { schedule, placer, random, units };
}

test("after any moves, what another move would change equals what a fresh count says", () => {
  const { schedule, placer, random, units } = scattered(1);
  const followed = new Collisions(schedule);
  for (let i = 0; i < 500; i++) {
    const unit = units[random.below(units.length)];
    schedule.place(unit, placer.anyTime(unit), -1, -1);
    followed.follow(unit);
  }
  const fresh = new Collisions(schedule);
  for (const unit of units) {
    const time = placer.anyTime(unit);
    expect(followed.ofMove(unit, time)).toBeCloseTo(fresh.ofMove(unit, time), 9);
  }
});

test("an exchange of times changes as much as its two moves one after the other", () => {
  const { schedule, random, units } = scattered(2);
  const collisions = new Collisions(schedule);
  const courseOf = (unit: number) => {
    const { units: all, sections } = schedule.school;
    return sections.course[all.sections.items[all.sections.start[unit]]];
  };
  const go = (unit: number, time: number) => {
    const change = collisions.ofMove(unit, time);
    schedule.place(unit, time, -1, -1);
    collisions.follow(unit);
    return change;
  };
  let compared = 0;
  for (let i = 0; i < 500; i++) {
    const [a, b] = [units[random.below(units.length)], units[random.below(units.length)]];
    if (courseOf(a) === courseOf(b)) continue;
    const [timeA, timeB] = [schedule.time[a], schedule.time[b]];
    const exchanged = collisions.ofSwap(a, b);
    expect(exchanged).toBeCloseTo(go(a, timeB) + go(b, timeA), 9);
    expect(collisions.ofSwap(a, b)).toBeCloseTo(-exchanged, 9);
    compared++;
  }
  expect(compared).toBeGreaterThan(300);
});
