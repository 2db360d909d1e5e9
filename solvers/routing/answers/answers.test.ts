import { createContext } from "@trivium/engine";
import { type Plan, planHash } from "@trivium/model";
import { expect, test } from "vitest";
import { engine } from "../engine.ts";
import { at, gridCity } from "../testing/grid-city.ts";
import { gridDistrict } from "../testing/grid-district.ts";

const roads = gridCity();
const dataset = gridDistrict({ students: 150, schools: 3, buses: 12, sideM: 5000 });
const problem = await engine.build(dataset, {}, { roads });
const solution = await engine.solve(problem, {}, createContext(problem, { limits: { iterations: 2000 } }));
const plan: Plan<"routing"> = {
  ...solution,
  area: "routing",
  trivium_version: "0",
  dataset_hash: dataset.hash,
  scenario: { name: "test", changes: [], settings: {} },
  seed: 1,
  threads: 1,
  elapsed_s: 0,
  verification: null,
  provenance: { plan_hash: planHash(solution.decisions, solution.metrics) },
};

interface Offer {
  run_id: string;
  stop_id: string;
  walk_m: number;
  ride_min: number;
  added_usd_per_year: number;
}
interface Answer {
  AM: { best: Offer | null; alternatives: Offer[]; reason: string | null };
}

test("a late student is offered runs of the school, cheapest first, each within walk and ride limits", () => {
  const answer = engine.ask(problem, plan, {
    kind: "late_student",
    ...at(2500, 2500),
    school_id: "S3",
    grade: "10",
  }) as unknown as Answer;
  const offers = [answer.AM.best, ...answer.AM.alternatives].filter((offer) => offer !== null);
  expect(offers.length).toBeGreaterThan(0);
  for (const offer of offers) {
    if (offer.run_id !== "AM-new")
      expect(plan.decisions.runs.find((run) => run.run_id === offer.run_id)?.school_ids).toEqual(["S3"]);
    expect(offer.walk_m).toBeLessThanOrEqual(800);
    expect(offer.ride_min).toBeLessThanOrEqual(60);
  }
  const costs = offers.map((offer) => offer.added_usd_per_year);
  expect(costs).toEqual([...costs].sort((a, b) => a - b));
});

test("out in the fields no stop is in reach, and the answer says so", () => {
  const answer = engine.ask(problem, plan, {
    kind: "late_student",
    lat: 41,
    lon: -75,
    school_id: "S3",
    grade: "10",
  }) as unknown as Answer;
  expect(answer.AM).toMatchObject({ best: null, alternatives: [], reason: "no_stop_in_reach" });
});

test("a question that routing does not know, or lacks a school, is refused", () => {
  expect(() => engine.ask(problem, plan, { kind: "what_if_snow" })).toThrow(/late_student/);
  expect(() => engine.ask(problem, plan, { kind: "late_student", lat: 40, lon: -75 })).toThrow(/school_id/);
});

test("a student's explanation tells stop, walk and ride of both directions; a bus's its runs", () => {
  const row = plan.decisions.assignments[0];
  const why = engine.explain(problem, plan, { kind: "student", id: row.student_id });
  expect(why.summary).toContain(row.stop_id);
  const bus = engine.explain(problem, plan, { kind: "bus", id: plan.decisions.routes[0].bus_id });
  expect(bus.facts.length).toBeGreaterThan(1);
  expect(engine.explain(problem, plan, { kind: "student", id: "nobody" }).summary).toContain("does not ride");
});

test("a plan compared with itself has no differences; with a run less it names the students who lost it", () => {
  const side = (name: string, decisions: Plan<"routing">["decisions"]) => ({
    name,
    decisions,
    unmet: plan.unmet,
    metrics: engine.measure(problem, decisions, plan.unmet),
  });
  const same = engine.compare(side("a", plan.decisions), side("b", plan.decisions));
  expect(same.figures.every((figure) => figure.difference === 0)).toBe(true);
  expect(same.affected.students).toEqual([]);
  const runId = plan.decisions.runs[0].run_id;
  const fewer = { ...plan.decisions, assignments: plan.decisions.assignments.filter((row) => row.run_id !== runId) };
  const riders = plan.decisions.assignments.filter((row) => row.run_id === runId).map((row) => row.student_id);
  const changed = engine.compare(side("a", plan.decisions), side("b", fewer));
  expect(changed.affected.students).toEqual([...new Set(riders)].sort());
  expect(changed.figures.find((figure) => figure.name === "rides_served")).toMatchObject({
    difference: -riders.length,
    better: "a",
  });
});

test("shapes follow each run from its first to its last row", async () => {
  const { shapes } = (await engine.finish?.(plan.decisions, { dataset, roads, unmet: plan.unmet })) ?? {};
  expect(shapes?.length).toBe(plan.decisions.runs.length);
  const rows = plan.decisions.run_stops.filter((row) => row.run_id === shapes?.[0].run_id);
  expect(shapes?.[0].coordinates[0]).toEqual([rows[0].lon, rows[0].lat]);
});

test("without today's tables there is no today; with them, eligible students they leave out are unserved", async () => {
  expect(engine.today(problem)).toBeNull();
  const { runs, run_stops, assignments, routes } = plan.decisions;
  const withToday = { ...problem, today: { runs, runStops: run_stops, routes, assignments: assignments.slice(3) } };
  const service = engine.today(withToday);
  expect(service?.unmet.length).toBe(3);
  const figures = engine.measure(withToday, service?.decisions ?? plan.decisions, service?.unmet ?? []);
  expect(figures.buses_used).toBe(plan.metrics.buses_used);
  expect(figures.cost_usd_per_year).toBe(plan.metrics.cost_usd_per_year);
});

test("every drive of the day is said turn by turn, empty ones too", async () => {
  const { directions = [] } = (await engine.finish?.(plan.decisions, { dataset, roads, unmet: plan.unmet })) ?? {};
  expect(directions.length).toBe(plan.decisions.runs.length + plan.decisions.routes.length);
  for (const { run_id, legs } of directions) {
    const rows = plan.decisions.run_stops.filter((row) => row.run_id === run_id).length;
    expect(legs.length).toBe(run_id === undefined ? 1 : rows - 1);
  }
});
