import { createContext } from "@trivium/engine";
import type { AbsentBusesAnswer, OnTimeAnswer, Plan } from "@trivium/model";
import { expect, test } from "vitest";
import { engine } from "../engine.ts";
import { gridCity } from "../testing/grid-city.ts";
import { gridDistrict } from "../testing/grid-district.ts";

const roads = gridCity();
const dataset = gridDistrict({ students: 220, schools: 6, buses: 14, sideM: 6000 });
const problem = await engine.build(dataset, {}, { roads });
const solution = await engine.solve(problem, {}, createContext(problem, { limits: { iterations: 4000 } }));
const plan = { area: "routing", ...solution } as unknown as Plan<"routing">;
const used = [...new Set(plan.decisions.routes.map((row) => row.bus_id))].sort();
const runsOf = (busId: string) => plan.decisions.runs.filter((run) => run.bus_id === busId).map((run) => run.run_id);

const onTime = (question: object) =>
  engine.ask(problem, plan, { kind: "on_time", samples: 200, ...question }) as unknown as OnTimeAnswer;
const absent = (question: object) =>
  engine.ask(problem, plan, { kind: "absent_buses", ...question }) as unknown as AbsentBusesAnswer;

test("a day without noise is on time everywhere; the more noise, the less", () => {
  const still = onTime({ drive_sd: 0, day_sd: 0, dwell_sd: 0 });
  expect(still.by_run.map((row) => row.on_time_chance)).toEqual(plan.decisions.runs.map(() => 1));
  expect(still.buffers).toEqual([]);
  const mean = (answer: OnTimeAnswer) =>
    answer.by_direction.reduce((sum, row) => sum + row.on_time_chance, 0) / answer.by_direction.length;
  const levels = [0.1, 0.4, 0.9].map((drive_sd) => mean(onTime({ drive_sd, day_sd: 0.1 })));
  expect(levels[0]).toBeGreaterThan(levels[1]);
  expect(levels[1]).toBeGreaterThan(levels[2]);
});

test("the same seed drives the same days; a run that is often late names the minutes that would mend it", () => {
  const noisy = onTime({ drive_sd: 0.6, day_sd: 0.2 });
  expect(onTime({ drive_sd: 0.6, day_sd: 0.2 })).toEqual(noisy);
  expect(onTime({ drive_sd: 0.6, day_sd: 0.2, seed: 2 })).not.toEqual(noisy);
  expect(noisy.by_run.length).toBe(plan.decisions.runs.length);
  for (const row of noisy.by_run) expect(row.earlier_min > 0).toBe(row.on_time_chance < 0.95);
  for (const row of noisy.buffers) {
    expect(row.on_time_chance).toBeLessThan(0.95);
    expect(row.chance_with_5_min_more).toBeGreaterThanOrEqual(row.on_time_chance);
  }
  const riders = (rows: readonly { riders: number }[]) => rows.reduce((sum, row) => sum + row.riders, 0);
  expect(riders(noisy.by_tier)).toBe(plan.decisions.assignments.length);
  expect(riders(noisy.by_school)).toBe(plan.decisions.assignments.length);
});

test("with idle buses nobody is late: each run of the missing bus goes to one that can be there", () => {
  const answer = absent({ bus_ids: [used[0]] });
  expect([...answer.covered, ...answer.uncovered].map((row) => row.run_id).sort()).toEqual(runsOf(used[0]).sort());
  expect(answer.uncovered).toEqual([]);
  expect(answer.student_minutes_late).toBe(0);
  expect(answer.delayed).toEqual([]);
});

test("without spares others double: late runs are told with their minutes, and no bus is in two places", () => {
  const answer = absent({ bus_ids: used.slice(0, 2), use_spares: false });
  const missing = used.slice(0, 2).flatMap(runsOf);
  expect([...answer.covered, ...answer.uncovered].map((row) => row.run_id).sort()).toEqual(missing.sort());
  expect(answer.covered.length).toBeGreaterThan(0);
  for (const row of answer.covered) {
    expect(used.slice(2)).toContain(row.bus_id);
    expect(row.late_min).toBeLessThanOrEqual(60);
    const run = plan.decisions.runs.find((each) => each.run_id === row.run_id);
    const own = plan.decisions.runs.find((each) => each.run_id === row.after_run);
    if (own) expect(row.begins).toBeGreaterThan(own.depart);
    expect(run?.bus_id).not.toBe(row.bus_id);
  }
  const late = [...answer.covered, ...answer.delayed].reduce((sum, row) => sum + row.riders * row.late_min, 0);
  expect(answer.student_minutes_late).toBeGreaterThan(late - 0.06 * plan.decisions.assignments.length - 1);
  expect(answer.student_minutes_late).toBeLessThan(late + 0.06 * plan.decisions.assignments.length + 1);
});

test("where the dispatcher may choose, the buses that are missed least stay at home", () => {
  const chosen = absent({ count: 1, use_spares: false });
  const harm = (answer: AbsentBusesAnswer) => answer.student_minutes_late + 240 * answer.riders_without_bus;
  const all = used.map((busId) => harm(absent({ bus_ids: [busId], use_spares: false })));
  expect(harm(chosen)).toBe(Math.min(...all));
  expect(chosen.chosen).toBe("least harm");
});

test("a question about an unknown bus, too many buses or both at once is refused with what was wrong", () => {
  expect(() => absent({ bus_ids: ["B99"] })).toThrow(/does not use B99/);
  expect(() => absent({ count: 99 })).toThrow(/uses \d+ buses, not 99/);
  expect(() => absent({ count: 1, bus_ids: [used[0]] })).toThrow(/not both/);
  expect(() => onTime({ drive_sd: 3 })).toThrow(/drive_sd/);
});
