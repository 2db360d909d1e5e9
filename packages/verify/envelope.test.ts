import { expect, test } from "vitest";
import { smallSchool } from "./scheduling/fixture.ts";
import { type Case, judge, withFigures } from "./testing/mutations.ts";

const rules = async (school: Case<"scheduling">, stale?: "dataset" | "plan") =>
  (await judge(school, stale)).violations.map(({ rule }) => rule);

test("a plan of another dataset is refused", async () => {
  expect(await rules(await withFigures(smallSchool()), "dataset")).toEqual(["plan.dataset-hash"]);
});

test("a plan whose content was altered after it was hashed is refused", async () => {
  expect(await rules(await withFigures(smallSchool()), "plan")).toEqual(["plan.hash"]);
});

test("a bound that does not speak of the plan's own figure, or a gap that is not theirs, is refused", async () => {
  const school = await withFigures(smallSchool());
  school.plan.bound = { objective: "requests_met", value: 15, best_possible: 15, gap: 0.1, proof: "counting" };
  expect(await rules(school)).toEqual(["plan.bound-value", "plan.bound-gap"]);
});

test("optimal without a closed bound is refused", async () => {
  const school = await withFigures(smallSchool());
  school.plan.status = "optimal";
  school.plan.metrics.status = "optimal";
  expect(await rules(school)).toEqual(["plan.optimal-is-proven"]);
});

test("an infeasible plan that decides something is refused, one that decides nothing is not", async () => {
  const school = smallSchool();
  school.plan.status = "infeasible";
  expect(await rules(school)).toEqual(["plan.no-decisions", "plan.no-decisions"]);
  school.plan.decisions = { sections: [], enrollments: [] };
  expect(await rules(school)).toEqual([]);
});

test("a plan that was not found claims no figure", async () => {
  const school = smallSchool();
  Object.assign(school.plan, { status: "no_plan", decisions: { sections: [], enrollments: [] } });
  school.plan.metrics = { status: "no_plan", requests_met: 14 };
  expect(await rules(school)).toEqual(["figures.known"]);
});

test("the plan's own scenario is applied before it is judged", async () => {
  const school = await withFigures(smallSchool());
  school.plan.scenario.changes = [
    { op: "set", table: "rooms", where: { room_id: "R1" }, values: { capacity: 1 } },
  ] as typeof school.plan.scenario.changes;
  expect(await rules(school)).toEqual(["rooms.capacity"]);
});
