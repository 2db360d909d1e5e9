import { LiveBudget, Random } from "@trivium/engine";
import { expect, test } from "vitest";
import { mayStand } from "../constraints/rules.ts";
import { MOVES } from "../moves/moves.ts";
import { buildProblem } from "../problem/build.ts";
import { copyPlaces, restorePlaces } from "../schedule/places.ts";
import { Schedule } from "../schedule/schedule.ts";
import { worth } from "../schedule/worth.ts";
import { unkindSchool } from "../testing/unkind-school.ts";
import { Search } from "./search.ts";

const started = (seed: number) => {
  const search = new Search(buildProblem(unkindSchool({ seed }), {}).schools[0], new Random(seed));
  search.start({ spent: () => 0 });
  return search;
};

/** The objective from scratch: the same places laid onto an empty schedule. */
function recomputed(schedule: Schedule): number {
  const fresh = new Schedule(schedule.school);
  restorePlaces(fresh, copyPlaces(schedule));
  for (let student = 0; student < schedule.value.length; student++) fresh.setValue(student, worth(fresh, student));
  return fresh.total;
}

test("the running objective equals the one recomputed from the places, after every stretch of moves", () => {
  const { schedule, annealing } = started(1);
  expect(schedule.total).toBeCloseTo(recomputed(schedule), 4);
  for (const limit of [200, 600, 1200]) {
    annealing.run(
      new LiveBudget({ iterations: limit }, { now: () => 0, cancelled: () => false }),
      { from: 600, to: 50 },
      () => {},
    );
    expect(schedule.total).toBeCloseTo(recomputed(schedule), 4);
  }
});

test("any move taken back leaves everything as it was", () => {
  const { schedule, placer } = started(2);
  const random = new Random(5);
  const before = copyPlaces(schedule);
  const sums = () =>
    [schedule.load, schedule.preps, schedule.teacherBusy, schedule.roomBusy, schedule.enrolled].map((x) => x.join());
  const counted = sums();
  for (let i = 0; i < 400; i++) {
    placer.changed.length = 0;
    MOVES[i % MOVES.length].move(placer, random);
    schedule.undo(0, before.total);
    expect(copyPlaces(schedule)).toEqual(before);
    expect(sums()).toEqual(counted);
  }
});

test("whatever moves are made, every placed unit stands by every hard rule", () => {
  const { schedule, placer, rules } = started(3);
  const random = new Random(6);
  for (let i = 0; i < 300; i++) {
    placer.changed.length = 0;
    const total = schedule.total;
    if (!MOVES[i % MOVES.length].move(placer, random)) schedule.undo(0, total);
    schedule.commit();
  }
  for (let unit = 0; unit < schedule.time.length; unit++) {
    const [time, teacher, room] = [schedule.time[unit], schedule.teacher[unit], schedule.room[unit]];
    if (time < 0) continue;
    const mark = schedule.mark();
    const total = schedule.total;
    schedule.place(unit, -1, -1, -1);
    expect(mayStand(schedule, rules, unit, time, teacher, room)).toBe(true);
    schedule.undo(mark, total);
  }
});
