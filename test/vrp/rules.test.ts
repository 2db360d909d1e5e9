import type { VroomDocument } from "@trivium/model";
import { checkVroom } from "@trivium/routing";
import { verifyVroom } from "@trivium/verify";
import { expect, test } from "vitest";
import { answered, straightRoad } from "./answered.ts";
import { randomDocument } from "./random-document.ts";

const road = { car: { durations: straightRoad(6) } };
const order = (answer: Awaited<ReturnType<typeof answered>>, route = 0) =>
  answer.routes[route].steps.filter(({ id }) => id !== undefined).map(({ type, id }) => `${type} ${id}`);

test("an open route ends at its last call, and one without a start begins at its first", async () => {
  const jobs = [1, 2, 3].map((id) => ({ id, location_index: id }));
  const open = await answered({ vehicles: [{ id: 1, start_index: 0 }], jobs, matrices: road });
  expect(open.summary.duration).toBe(1800);
  const homeward = await answered({ vehicles: [{ id: 1, end_index: 0 }], jobs, matrices: road });
  expect(order(homeward)).toEqual(["job 3", "job 2", "job 1"]);
  expect(homeward.summary.duration).toBe(1800);
});

test("a driver's break is taken on the way where the drive is longer than the wait for it", async () => {
  const document: VroomDocument = {
    vehicles: [
      {
        id: 1,
        start_index: 0,
        end_index: 0,
        time_window: [0, 9000],
        breaks: [{ id: 5, service: 100, time_windows: [[900, 1000]] }],
      },
    ],
    jobs: [{ id: 1, location_index: 5, time_windows: [[3100, 3100]] }],
    matrices: road,
  };
  const answer = await answered(document);
  expect(verifyVroom(document, answer).violations).toEqual([]);
  expect(order(answer)).toEqual(["break 5", "job 1"]);
  expect(answer.routes[0].steps.map(({ arrival }) => arrival)).toEqual([0, 1000, 3100, 6100]);
});

test("a rider is not kept longer than the longest ride: the vehicle waits before it picks up, not after", async () => {
  const document: VroomDocument = {
    vehicles: [{ id: 1, start_index: 0, end_index: 0 }],
    shipments: [
      {
        pickup: { id: 1, location_index: 1 },
        delivery: { id: 2, location_index: 2, time_windows: [[5000, 6000]] },
        max_ride_time: 700,
      },
    ],
    matrices: road,
  };
  const answer = await answered(document);
  expect(verifyVroom(document, answer).violations).toEqual([]);
  expect(answer.summary.unassigned).toBe(0);
});

test("with room for one of two, the one of higher priority is served", async () => {
  const jobs = [
    { id: 1, location_index: 1, delivery: [1], priority: 1 },
    { id: 2, location_index: 5, delivery: [1], priority: 2 },
  ];
  const answer = await answered({
    vehicles: [{ id: 1, start_index: 0, end_index: 0, capacity: [1] }],
    jobs,
    matrices: road,
  });
  expect(order(answer)).toEqual(["job 2"]);
  expect(answer.unassigned[0]).toMatchObject({
    id: 1,
    reason: "no_room",
    witness: { blocked: [{ vehicle: 1, cause: "capacity" }] },
  });
});

test("an optional task that costs more than leaving it out is left out for that reason", async () => {
  const jobs = [
    { id: 1, location_index: 1, skip_cost: 2000 },
    { id: 2, location_index: 5, skip_cost: 2000 },
  ];
  const answer = await answered({ vehicles: [{ id: 1, start_index: 0, end_index: 0 }], jobs, matrices: road });
  expect(order(answer)).toEqual(["job 1"]);
  expect(answer.unassigned).toMatchObject([{ id: 2, reason: "skip_cost" }]);
});

const vehicle = { id: 1, start_index: 0, end_index: 0, capacity: [5], time_window: [0, 3600] as [number, number] };
const alone: [string, string, Partial<VroomDocument>][] = [
  ["a skill nobody has", "skills", { jobs: [{ id: 1, location_index: 1, skills: [3] }] }],
  ["more than any vehicle holds", "capacity", { jobs: [{ id: 1, location_index: 1, delivery: [6] }] }],
  [
    "a place without a way",
    "unreachable",
    {
      jobs: [{ id: 1, location_index: 1 }],
      matrices: {
        car: {
          durations: [
            [0, null],
            [null, 0],
          ],
        },
      },
    },
  ],
  [
    "a window before anyone can be there",
    "time_window",
    { jobs: [{ id: 1, location_index: 4, time_windows: [[0, 100]] }] },
  ],
  ["too far to be back in time", "time_window", { jobs: [{ id: 1, location_index: 5 }] }],
  [
    "more driving than allowed",
    "max_travel_time",
    {
      vehicles: [{ ...vehicle, max_travel_time: 100 }],
      jobs: [{ id: 1, location_index: 1 }],
    },
  ],
  [
    "no time beside the break",
    "schedule",
    {
      vehicles: [{ ...vehicle, breaks: [{ id: 1, service: 3500 }] }],
      jobs: [{ id: 1, location_index: 1 }],
    },
  ],
];

test.each(alone)("%s is the reason: %s", async (_, reason, part) => {
  const document = { vehicles: [vehicle], matrices: road, ...part } as VroomDocument;
  const answer = await answered(document, 20);
  expect(verifyVroom(document, answer).violations).toEqual([]);
  expect(answer.unassigned).toMatchObject([{ id: 1, reason, witness: { vehicle: 1 } }]);
});

test("times may be timestamps", async () => {
  const noon = 1_700_000_000;
  const document: VroomDocument = {
    vehicles: [{ id: 1, start_index: 0, end_index: 0, time_window: [noon, noon + 9000] }],
    jobs: [{ id: 1, location_index: 2, time_windows: [[noon + 4000, noon + 5000]] }],
    matrices: road,
  };
  const answer = await answered(document);
  expect(verifyVroom(document, answer).violations).toEqual([]);
  expect(answer.routes[0].steps.map(({ arrival }) => arrival - noon)).toEqual([2800, 4000, 5200]);
});

test("all that is wrong with a document is said at once, each with its place", () => {
  const broken = {
    vehicles: [{ id: 1, start_index: 0, capacity: [1, 2] }, { id: 1 }],
    jobs: [
      { id: 1, location_index: 99, delivery: [1] },
      { id: 1, location_index: 1, time_windows: [[9, 1]], vehicle: 44 },
    ],
    matrices: {
      car: {
        durations: [
          [0, 1],
          [1, 0],
        ],
      },
    },
  };
  const columns = () => {
    try {
      checkVroom(broken, false);
    } catch (error) {
      return (error as { findings: { column: string }[] }).findings.map(({ column }) => column);
    }
    return [];
  };
  expect(columns()).toEqual([
    "jobs[1].id",
    "vehicles[1].id",
    "jobs[1].time_windows[0]",
    "jobs[0].delivery",
    "jobs[0].location_index",
    "vehicles[1]",
    "jobs[1].vehicle",
  ]);
});

/** Cheapest answer to a few jobs for one vehicle, by trying every order. */
function cheapestOrder(durations: readonly (readonly number[])[], places: readonly number[]): number {
  if (places.length === 0) return 0;
  const best = (at: number, left: readonly number[]): number =>
    left.length === 0
      ? durations[at][0]
      : Math.min(
          ...left.map(
            (to) =>
              durations[at][to] +
              best(
                to,
                left.filter((each) => each !== to),
              ),
          ),
        );
  return best(0, places);
}

test("a tiny round trip costs what trying every order gives", async () => {
  for (let seed = 1; seed <= 20; seed++) {
    const { matrices } = randomDocument(seed);
    const durations = matrices?.car.durations as number[][];
    const jobs = [1, 2, 3, 4, 5].map((id) => ({ id, location_index: id }));
    const answer = await answered({ vehicles: [{ id: 1, start_index: 0, end_index: 0 }], jobs, matrices });
    expect(answer.summary.cost).toBe(cheapestOrder(durations, [1, 2, 3, 4, 5]));
  }
});

test("one more vehicle that need not be used never makes a tiny answer dearer, and later times change nothing", async () => {
  for (let seed = 1; seed <= 10; seed++) {
    const { matrices } = randomDocument(seed);
    const jobs = [1, 2, 3, 4].map((id) => ({
      id,
      location_index: id,
      delivery: [1],
      time_windows: [[0, 4000] as [number, number]],
    }));
    const one = { id: 1, start_index: 0, end_index: 0, capacity: [4] };
    const plain = await answered({ vehicles: [one], jobs, matrices });
    const more = await answered({ vehicles: [one, { ...one, id: 2 }], jobs, matrices });
    expect(more.summary.unassigned).toBeLessThanOrEqual(plain.summary.unassigned);
    if (more.summary.unassigned === plain.summary.unassigned)
      expect(more.summary.cost).toBeLessThanOrEqual(plain.summary.cost);
    const later = jobs.map((job) => ({ ...job, time_windows: [[500, 4500] as [number, number]] }));
    const shifted = await answered({ vehicles: [{ ...one, time_window: [500, 99_999] }], jobs: later, matrices });
    expect(shifted.summary.cost).toBe(plain.summary.cost);
  }
});

test("several searches hand plans on and give the same answer each time", async () => {
  const document = randomDocument(11);
  expect(await answered(document, 600, 3, 2)).toEqual(await answered(document, 600, 3, 2));
});
