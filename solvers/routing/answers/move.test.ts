import { createContext } from "@trivium/engine";
import type { MoveAnswer, Plan } from "@trivium/model";
import { expect, test } from "vitest";
import { engine } from "../engine.ts";
import { halfDayOf } from "../halfday/of-problem.ts";
import { complete } from "../plan/complete.ts";
import { startOf } from "../plan/from-decisions.ts";
import type { Direction } from "../problem.ts";
import { HALF_PRICE } from "../search/half-task.ts";
import { audit } from "../testing/audit.ts";
import { gridCity } from "../testing/grid-city.ts";
import { gridDistrict } from "../testing/grid-district.ts";

const roads = gridCity();
const dataset = gridDistrict({ students: 160, schools: 3, buses: 14, sideM: 5000 });
const problem = await engine.build(dataset, {}, { roads });
const solution = await engine.solve(problem, {}, createContext(problem, { limits: { iterations: 3000 } }));
const plan = { ...solution, area: "routing" } as unknown as Plan<"routing">;
const { assignments, runs } = plan.decisions;
const days = { AM: halfDayOf(problem, "AM", HALF_PRICE), PM: halfDayOf(problem, "PM", HALF_PRICE) };
const halves = {
  AM: startOf(problem, "AM", days.AM, plan.decisions),
  PM: startOf(problem, "PM", days.PM, plan.decisions),
};
const unmoved = complete(problem, days, halves);
const ask = (question: Record<string, unknown>) =>
  engine.ask(problem, plan, question as { kind: string }) as unknown as MoveAnswer;

const calls = [...new Set(assignments.map((row) => `${row.direction}\t${row.run_id}\t${row.stop_id}`))].map((key) => {
  const [direction, run_id, stop_id] = key.split("\t");
  return { direction: direction as Direction, run_id, stop_id };
});
const matesOf = (call: (typeof calls)[number]) => {
  const school = runs.find((run) => run.run_id === call.run_id)?.school_ids[0];
  return runs.filter(
    (run) => run.direction === call.direction && run.school_ids[0] === school && run.run_id !== call.run_id,
  );
};

/** The day with a stop's riders on the other run, at the place where they make it longest by least, told by the engine's own parts. */
function driven({ direction, run_id, stop_id }: (typeof calls)[number], answer: MoveAnswer) {
  const of = (id: string) =>
    new Set(assignments.filter((row) => row.run_id === id && row.direction === direction).map((row) => row.student_id));
  const [from, to] = [of(run_id), of(answer.to.run_id)];
  const visits = problem.visits[direction];
  const ridersOf = (visit: number) => visits[visit].rides.map((ride) => problem.rides[ride].studentId);
  const isOf = (run: readonly number[], students: ReadonlySet<string>) => students.has(ridersOf(run[0])[0]);
  const going = halves[direction].pieces
    .flatMap((piece) => piece.runs)
    .filter((run) => isOf(run, from))
    .flatMap((run) => run.filter((visit) => problem.places[visits[visit].place].id === stop_id));
  const order = answer.stops.filter((stop) => stop.run_id === answer.to.run_id).map((stop) => stop.stop_id);
  const place = (visit: number) => order.indexOf(problem.places[visits[visit].place].id);
  const pieces = halves[direction].pieces
    .map((piece) => ({
      kind: piece.kind,
      runs: piece.runs
        .map((run) => {
          if (isOf(run, from)) return run.filter((visit) => !going.includes(visit));
          return isOf(run, to) ? [...run, ...going].sort((a, b) => place(a) - place(b)) : run;
        })
        .filter((run) => run.length > 0),
    }))
    .filter((piece) => piece.runs.length > 0);
  return complete(problem, days, { ...halves, [direction]: { ...halves[direction], pieces } });
}

test("a stop that may be dragged onto another run gives a legal day, of the cost that was told", async () => {
  let legal = 0;
  const off: number[] = [];
  for (const call of calls.filter((_, index) => index % 3 === 0)) {
    for (const { run_id } of matesOf(call)) {
      const answer = ask({ kind: "move_stop", ...call, to_run_id: run_id });
      if (!answer.legal) continue;
      legal++;
      const day = driven(call, answer);
      expect(await audit(dataset, roads, { ...solution, ...day, status: "feasible" })).toEqual([]);
      expect(day.unmet).toEqual(unmoved.unmet);
      off.push(
        answer.usd_per_year - (Number(day.metrics.cost_usd_per_year) - Number(unmoved.metrics.cost_usd_per_year)),
      );
    }
  }
  expect(legal).toBeGreaterThan(10);
  // Where the bus's other runs keep their times the cost is that of the new day to the dollar; others are timed anew.
  const apart = off.map(Math.abs).sort((a, b) => a - b);
  expect(apart[Math.floor(apart.length / 2)]).toBeLessThanOrEqual(1);
  expect(apart[apart.length - 1]).toBeLessThan(600);
});

test("what a drag would break is told: seats, rides, walks, schools, and lateness", () => {
  const broken = new Set<string>();
  for (const call of calls)
    for (const { run_id } of runs.filter((run) => run.direction === call.direction && run.run_id !== call.run_id)) {
      const answer = ask({ kind: "move_stop", ...call, to_run_id: run_id });
      expect(answer.legal).toBe(answer.breaks.length === 0);
      for (const { rule } of answer.breaks) broken.add(rule);
    }
  for (const rule of ["school", "benches", "ride", "late"]) expect([...broken], rule).toContain(rule);
  const chair = problem.rides.find((ride) => ride.wheelchair && ride.direction === "AM")?.studentId;
  const aboard = assignments.find((row) => row.student_id === chair && row.direction === "AM");
  if (!aboard) throw new Error("no wheelchair rider");
  const noLift = { ...problem, kinds: problem.kinds.map((kind) => ({ ...kind, wheelchairs: 0 })) };
  const question = { kind: "move_student", student_id: chair, direction: "AM", to_run_id: aboard.run_id };
  const refused = engine.ask(noLift, plan, question) as unknown as MoveAnswer;
  expect(refused.breaks.map(({ rule }) => rule)).toEqual(["wheelchairs"]);
  const [row] = assignments;
  const far = assignments.filter((each) => each.run_id === row.run_id && each.stop_id !== row.stop_id);
  const walks = far.map(({ stop_id }) =>
    ask({
      kind: "move_student",
      student_id: row.student_id,
      direction: row.direction,
      to_run_id: row.run_id,
      to_stop_id: stop_id,
    }),
  );
  expect(walks.some((answer) => answer.breaks.some(({ rule }) => rule === "walk"))).toBe(true);
});

test("a stop that stays where it is costs nothing and moves nobody; put elsewhere in its run, the others' times tell", () => {
  const call = calls.find((each) => calls.filter((other) => other.run_id === each.run_id).length > 3) ?? calls[0];
  const order = plan.decisions.run_stops
    .filter((row) => row.run_id === call.run_id)
    .toSorted((a, b) => a.seq - b.seq)
    .map((row) => row.stop_id);
  const at = order.indexOf(call.stop_id);
  const stay = ask({ kind: "move_stop", ...call, to_run_id: call.run_id, before_stop_id: order[at + 1] });
  expect(stay).toMatchObject({ usd_per_year: 0, added_min: 0, late_min: 0, others_longer_min: 0, run_ends: null });
  expect(stay.stops.every((stop) => stop.at === stop.before)).toBe(true);
  const moved = ask({ kind: "move_stop", ...call, to_run_id: call.run_id, before_stop_id: order[at + 3] });
  const seen = moved.stops.toSorted((a, b) => a.at - b.at).map((stop) => stop.stop_id);
  const stopsOnly = order.filter((id) => seen.includes(id) && id !== call.stop_id);
  expect(seen).toEqual(stopsOnly.toSpliced(stopsOnly.indexOf(order[at + 3]), 0, call.stop_id));
});

test("a student, a stop or a run that is not there is refused", () => {
  const [row] = assignments;
  const student = { kind: "move_student", direction: row.direction, to_run_id: row.run_id };
  expect(() => ask({ ...student, student_id: "nobody" })).toThrow(/no .M ride/);
  expect(() => ask({ ...student, student_id: row.student_id, to_run_id: "AM-9" })).toThrow(/no run AM-9/);
  expect(() => ask({ ...student, student_id: row.student_id, to_stop_id: "X" })).toThrow(/no stop X/);
  expect(() => ask({ kind: "move_stop", direction: "AM", stop_id: "X", run_id: row.run_id, to_run_id: "Y" })).toThrow(
    /no riders/,
  );
  expect(() => ask({ kind: "move_stop" })).toThrow(/move_stop/);
});
