import type { VroomAnswer, VroomDocument } from "@trivium/model";
import { verifyVroom } from "@trivium/verify";
import { expect, test } from "vitest";
import { answered, straightRoad } from "./answered.ts";

/** Two vehicles on a straight road; every rule has something to hold on to. */
const document: VroomDocument = {
  vehicles: [
    {
      id: 1,
      start_index: 0,
      end_index: 0,
      capacity: [4],
      skills: [7],
      time_window: [28_800, 43_200],
      breaks: [{ id: 9, service: 300, time_windows: [[32_400, 34_200]], max_load: [4] }],
      costs: { fixed: 100, per_hour: 36, per_km: 2 },
      max_tasks: 8,
      max_travel_time: 9000,
      max_distance: 90_000,
      max_duration: 14_400,
    },
    { id: 2, start_index: 0, end_index: 0, capacity: [4], time_window: [28_800, 43_200] },
  ],
  jobs: [
    { id: 1, location_index: 1, service: 300, setup: 60, delivery: [1], skills: [7], time_windows: [[32_400, 36_000]] },
    { id: 2, location_index: 2, service: 300, pickup: [2], priority: 10 },
    { id: 3, location_index: 3, service: 300, delivery: [1], vehicle: 1, after: 1 },
    { id: 4, location_index: 3, delivery: [9] },
  ],
  shipments: [
    {
      amount: [1],
      max_ride_time: 2400,
      pickup: { id: 5, location_index: 2, service: 60 },
      delivery: { id: 6, location_index: 4, service: 60 },
    },
  ],
  matrices: {
    car: { durations: straightRoad(5), distances: straightRoad(5).map((row) => row.map((each) => each * 10)) },
  },
};

const answer = await answered(document);
const step = (of: VroomAnswer, type: string, id?: number) => {
  const found = of.routes
    .flatMap(({ steps }) => steps)
    .find((each) => each.type === type && (id === undefined || each.id === id));
  if (!found) throw new Error(`no ${type} ${id}`);
  return found;
};

test("the answer holds, and leaves out only what no vehicle can carry", () => {
  expect(verifyVroom(document, answer).violations).toEqual([]);
  expect(
    answer.unassigned.map(({ id, reason, witness }) => ({
      id,
      reason,
      needed: witness.needed,
      available: witness.available,
    })),
  ).toEqual([{ id: 4, reason: "capacity", needed: 9, available: 4 }]);
});

const mutations: [string, string, (of: VroomAnswer) => void][] = [
  [
    "an arrival a second early",
    "vrp.arrival",
    (of) => {
      step(of, "job", 2).arrival -= 1;
    },
  ],
  [
    "a drive a second short",
    "vrp.duration",
    (of) => {
      step(of, "job", 3).duration -= 1;
    },
  ],
  [
    "a service left out",
    "vrp.service",
    (of) => {
      step(of, "job", 2).service = 0;
    },
  ],
  [
    "a setup left out",
    "vrp.setup",
    (of) => {
      step(of, "job", 1).setup = 0;
    },
  ],
  [
    "a distance mended",
    "vrp.distance",
    (of) => {
      step(of, "job", 3).distance = 1;
    },
  ],
  [
    "a load understated",
    "vrp.load",
    (of) => {
      step(of, "job", 2).load = [0];
    },
  ],
  [
    "a task dropped",
    "vrp.each-task-once",
    (of) => {
      of.unassigned = [];
    },
  ],
  [
    "a task served twice",
    "vrp.each-task-once",
    (of) => {
      of.routes[0].steps.splice(1, 0, structuredClone(step(of, "job", 2)));
    },
  ],
  [
    "an unknown task",
    "vrp.known-task",
    (of) => {
      step(of, "job", 2).id = 77;
    },
  ],
  [
    "an unknown vehicle",
    "vrp.known-vehicle",
    (of) => {
      of.routes[0].vehicle = 77;
    },
  ],
  [
    "a break not taken",
    "vrp.no-violation",
    (of) => {
      of.routes[0].steps = of.routes[0].steps.filter(({ type }) => type !== "break");
    },
  ],
  [
    "half a shipment left out",
    "vrp.shipment-whole",
    (of) => {
      const route = of.routes.find(({ steps }) => steps.some(({ type }) => type === "delivery"));
      if (route) route.steps = route.steps.filter(({ type }) => type !== "delivery");
    },
  ],
  [
    "a start out of place",
    "vrp.starts-and-ends",
    (of) => {
      of.routes[0].steps.reverse();
    },
  ],
  [
    "a waiting before time",
    "vrp.no-negative-waiting",
    (of) => {
      step(of, "job", 2).waiting_time = -5;
    },
  ],
  [
    "a cost rounded down",
    "vrp.route-figures",
    (of) => {
      of.routes[0].cost -= 1;
    },
  ],
  [
    "a priority invented",
    "vrp.route-figures",
    (of) => {
      of.routes[0].priority += 1;
    },
  ],
  [
    "a summary that does not add up",
    "vrp.summary",
    (of) => {
      of.summary.duration += 1;
    },
  ],
  [
    "routes miscounted",
    "vrp.summary",
    (of) => {
      of.summary.routes += 1;
    },
  ],
  [
    "a violation invented",
    "vrp.step-violations",
    (of) => {
      step(of, "job", 2).violations = [{ cause: "load" }];
    },
  ],
  [
    "a reason that does not hold",
    "vrp.unassigned-reason",
    (of) => {
      of.unassigned[0].reason = "skills";
    },
  ],
  [
    "a witness from nowhere",
    "vrp.witness",
    (of) => {
      of.unassigned[0].witness.vehicle = 77;
    },
  ],
];

test.each(mutations)("%s is found out (%s)", (_, rule, mutate) => {
  const changed = structuredClone(answer);
  mutate(changed);
  const { ok, violations } = verifyVroom(document, changed);
  expect(ok).toBe(false);
  expect(violations.map((each) => each.rule)).toContain(rule);
});

/** The document made stricter after the fact: the answer now breaks the rule. */
const stricter: [string, (of: VroomDocument) => void][] = [
  [
    "a window that has passed",
    (of) => {
      (of.jobs ?? [])[0].time_windows = [[28_800, 28_900]];
    },
  ],
  [
    "a skill that is not there",
    (of) => {
      (of.jobs ?? [])[0].skills = [8];
    },
  ],
  [
    "another vehicle pinned",
    (of) => {
      (of.jobs ?? [])[2].vehicle = 2;
    },
  ],
  [
    "a smaller vehicle",
    (of) => {
      of.vehicles[0].capacity = [1];
      of.vehicles[1].capacity = [1];
    },
  ],
  [
    "a shorter shift",
    (of) => {
      for (const each of of.vehicles) each.time_window = [28_800, 28_801];
    },
  ],
  [
    "fewer tasks",
    (of) => {
      of.vehicles[0].max_tasks = 1;
    },
  ],
  [
    "less driving",
    (of) => {
      of.vehicles[0].max_travel_time = 10;
    },
  ],
  [
    "fewer metres",
    (of) => {
      of.vehicles[0].max_distance = 10;
    },
  ],
  [
    "a shorter day",
    (of) => {
      of.vehicles[0].max_duration = 10;
    },
  ],
  [
    "a shorter ride",
    (of) => {
      (of.shipments ?? [])[0].max_ride_time = 10;
    },
  ],
  [
    "a break at another time",
    (of) => {
      (of.vehicles[0].breaks ?? [])[0].time_windows = [[28_800, 28_801]];
    },
  ],
  [
    "a lighter break",
    (of) => {
      (of.vehicles[0].breaks ?? [])[0].max_load = [0];
    },
  ],
  [
    "the order turned round",
    (of) => {
      const [first, , third] = of.jobs ?? [];
      delete third.after;
      first.after = 3;
    },
  ],
  [
    "another first call",
    (of) => {
      for (const each of of.jobs ?? []) if (each.id !== 4) each.position = "first";
    },
  ],
];

test.each(stricter)("an answer that ignores %s does not hold", (_, change) => {
  const changed = structuredClone(document);
  change(changed);
  expect(verifyVroom(changed, answer).violations.map(({ rule }) => rule)).toContain("vrp.no-violation");
});
