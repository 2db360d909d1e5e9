import { type Actor, type Finding, LOCAL, type Plan, type Role, schoolIndex } from "@trivium/model";
import { expect, test } from "vitest";
import { visibleFindings, visiblePlan } from "./visible.ts";

const as = (role: Role, schools: string[] | null = null): Actor => ({ ...LOCAL, id: role, roles: [role], schools });
const buses = {
  unmet: [{ student_id: "S3", direction: "AM", reason_code: "no_bus" }],
  decisions: {
    runs: [
      { run_id: "R1", school_ids: ["H1"] },
      { run_id: "R2", school_ids: ["E1", "H1"] },
      { run_id: "R3", school_ids: ["E1"] },
    ],
    run_stops: [
      { run_id: "R1", seq: 1, stop_id: "HOME1", lat: 40.12345, lon: -76.54321 },
      { run_id: "R2", seq: 1, stop_id: "CORNER", lat: 40.23456, lon: -76.65432 },
    ],
    assignments: [
      { student_id: "S1", stop_id: "HOME1", run_id: "R1" },
      { student_id: "S2", stop_id: "CORNER", run_id: "R2" },
      { student_id: "S3", stop_id: "CORNER", run_id: "R2" },
    ],
    routes: [{ bus_id: "B1", seq: 0 }],
    shapes: [
      { run_id: "R1", coordinates: [[-76.54321, 40.12345]] },
      { run_id: "R2", coordinates: [[-76.65432, 40.23456]] },
    ],
    directions: [
      { run_id: "R1", legs: [[["Turn left onto Home Lane", 100]]] },
      { run_id: "R2", legs: [[["Turn left onto Corner Road", 100]]] },
      { bus_id: "B1", seq: 0, legs: [[["Set out to Home Lane", 900]]] },
    ],
    fairness: [
      { slice: "all", value: "all" },
      { slice: "school", value: "E1" },
      { slice: "group_frl", value: "yes" },
    ],
  },
} as unknown as Plan;
const district = schoolIndex({
  students: [
    { student_id: "S1", school_id: "H1" },
    { student_id: "S2", school_id: "H1" },
    { student_id: "S3", school_id: "E1" },
  ],
});
const seen = (actor: Actor) =>
  visiblePlan(buses, district, actor) as unknown as typeof buses & { decisions: Record<string, object[]> };

test("the planner sees the plan as it is", () => {
  expect(seen(as("planner"))).toEqual(buses);
});

test("an approver sees groups, but a home only to about a kilometre, and no path to it", () => {
  const { decisions } = seen(as("approver"));
  expect(decisions.run_stops).toMatchObject([
    { lat: 40.12, lon: -76.54 },
    { lat: 40.23456, lon: -76.65432 },
  ]);
  expect(decisions.shapes).toMatchObject([{ run_id: "R2" }]);
  expect(decisions.directions).toMatchObject([{ run_id: "R2" }]);
  expect(decisions.fairness).toHaveLength(3);
});

test("viewers and admins see neither homes nor groups", () => {
  for (const role of ["viewer", "admin"] as const) {
    const text = JSON.stringify(seen(as(role)));
    expect(text).not.toContain("40.12345");
    expect(text).not.toContain("group_frl");
  }
});

test("who has one school sees its runs, riders and figures, and nothing of another's", () => {
  const { decisions, unmet } = seen(as("planner", ["E1"]));
  expect(decisions.runs).toMatchObject([{ run_id: "R2" }, { run_id: "R3" }]);
  expect(decisions.assignments).toMatchObject([{ student_id: "S2" }, { student_id: "S3" }]);
  expect(decisions.fairness).toMatchObject([
    { slice: "all" },
    { slice: "school", value: "E1" },
    { slice: "group_frl" },
  ]);
  expect(decisions.routes).toHaveLength(1);
  expect(unmet).toHaveLength(1);
  expect(visiblePlan(buses, district, as("planner", ["H1"])).unmet).toHaveLength(0);
});

test("findings keep their place, but not the home or the group that they quote", () => {
  const finding: Finding = {
    code: "far-away",
    severity: "warning",
    area: "district",
    file: "students.csv",
    row: 2,
    column: "lat",
    value: "44.9",
    message: "S1 lives at 44.9",
    expected: "a home near the district",
    mend: "correct it",
    schools: ["H1"],
  };
  const group = { ...finding, column: "group_iep", value: "yes", message: "S1 has group_iep yes" };
  expect(visibleFindings([finding, group], as("planner"))).toEqual([finding, group]);
  expect(visibleFindings([finding, group], as("approver"))).toEqual([
    { ...finding, value: undefined, message: "far-away in lat of students.csv" },
    group,
  ]);
  expect(JSON.stringify(visibleFindings([finding, group], as("viewer")))).not.toMatch(/44\.9|yes/);
});

test("who has one school or area is told of its findings, of several schools' the kind only, and of another's nothing", () => {
  const finding = (schools: string[] | undefined, row?: number): Finding => ({
    code: "clash",
    severity: "warning",
    area: "scheduling",
    file: "scheduling/requests.csv",
    ...(row === undefined ? {} : { row }),
    value: "S1",
    message: "S1 of H1 and S3 of E1",
    expected: "no clash",
    mend: "move one",
    ...(schools === undefined ? {} : { schools }),
  });
  const own = finding(["E1"], 2);
  const seen = visibleFindings(
    [own, finding(["H1"], 3), finding(["E1", "H1"], 4), finding([], 5), finding(undefined, 6), finding(undefined)],
    as("planner", ["E1"]),
  );
  const kind = { code: "clash", message: "clash in scheduling/requests.csv" };
  expect(seen).toMatchObject([own, kind, finding([], 5), kind, kind]);
  expect(JSON.stringify(seen.slice(3))).not.toMatch(/S1|H1/);
  expect(JSON.stringify(seen[1])).not.toMatch(/S1|H1|"row"/);
  const routing: Actor = { ...as("planner"), areas: ["routing"] };
  expect(visibleFindings([own, { ...own, area: "district" }, { ...own, area: "roads" }], routing)).toHaveLength(2);
});
