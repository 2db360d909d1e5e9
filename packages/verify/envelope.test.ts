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

test("a limit at the plan's times below what it meets, above that whatever the times, or with a gap of its own making is refused", async () => {
  const school = await withFigures(smallSchool());
  const met = Number(school.plan.metrics.requests_met);
  const limit = (best_possible: number, gap = (best_possible - met) / Math.max(best_possible, met)) => ({
    objective: "requests_met",
    value: met,
    best_possible,
    gap: Math.abs(gap),
    proof: "counting",
  });
  const judged = async (loaded: ReturnType<typeof limit>) => {
    school.plan.bound = { ...limit(met + 1), at_these_times: loaded };
    return rules(school);
  };
  expect(await judged(limit(met))).toEqual([]);
  expect(await judged(limit(met - 1))).toEqual(["plan.bound-side"]);
  expect(await judged(limit(met + 2))).toEqual(["plan.bound-order"]);
  expect(await judged(limit(met + 1, 0.5))).toEqual(["plan.bound-gap"]);
});

test("optimal without a closed bound is refused", async () => {
  const school = await withFigures(smallSchool());
  school.plan.status = "optimal";
  school.plan.metrics.status = "optimal";
  expect(await rules(school)).toEqual(["plan.optimal-is-proven"]);
});

test("an infeasible plan that decides something is refused, and one that proves nothing; one not found that decides nothing is neither", async () => {
  const school = smallSchool();
  school.plan.status = "infeasible";
  expect(await rules(school)).toEqual(["plan.no-decisions", "plan.no-decisions", "plan.infeasible-is-proven"]);
  school.plan.decisions = { sections: [], enrollments: [] };
  expect(await rules(school)).toEqual(["plan.infeasible-is-proven"]);
  school.plan.status = "no_plan";
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
