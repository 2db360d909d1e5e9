import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Plan } from "@trivium/model";
import { parse } from "csv-parse/sync";
import { afterEach, beforeEach, expect, test } from "vitest";
import { DistrictFixture } from "../../fixture/district-fixture.ts";
import { exportPlan } from "../../index.ts";

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "trivium-gtfs-"));
});
afterEach(() => rm(folder, { recursive: true }));

const district = async (info: Record<string, unknown> = { url: "https://www.elm.example/" }) => {
  const { dataset } = await new DistrictFixture().setting("district.json", info).read();
  if (!dataset) throw new Error("the clean district has findings");
  return dataset;
};
const dataset = await district();

const at = (
  run_id: string,
  seq: number,
  stop_id: string,
  time: number,
  riders: { boarding?: number; alighting?: number },
) => ({
  run_id,
  seq,
  stop_id,
  lat: 40 + seq / 100,
  lon: -75,
  arrive: time,
  depart: time + 60,
  ...riders,
});

const plan: Plan<"routing"> = {
  area: "routing",
  trivium_version: "0.1.0",
  dataset_hash: dataset.hash,
  scenario: { name: "As it stands", changes: [], settings: {} },
  seed: 1,
  iterations: 10,
  threads: 1,
  elapsed_s: 1,
  status: "feasible",
  metrics: {},
  bound: null,
  decisions: {
    runs: [
      { run_id: "R1", direction: "AM", school_ids: ["HS"], bus_id: "B1", depart: 27_060, arrive: 28_200 },
      { run_id: "R2", direction: "PM", school_ids: ["HS"], bus_id: "B1", depart: 53_060, arrive: 54_000 },
      { run_id: "R3", direction: "AM", school_ids: ["ES"], bus_id: "B2", depart: 27_060, arrive: 28_200 },
    ],
    run_stops: [
      at("R1", 1, "ST1", 27_000, { boarding: 4 }),
      at("R1", 2, "HOME-S102", 27_300, { boarding: 1 }),
      at("R1", 3, "HS", 28_200, { alighting: 5 }),
      at("R2", 2, "ST1", 54_000, { alighting: 3 }),
      at("R2", 1, "HS", 53_000, { boarding: 3 }),
      at("R3", 1, "HOME-S201", 27_000, { boarding: 1 }),
      at("R3", 2, "ES", 28_200, { alighting: 1 }),
    ],
    assignments: [],
    routes: [],
    bells: [],
    shapes: [
      {
        run_id: "R1",
        coordinates: [
          [-75, 40.01],
          [-75, 40.03],
        ],
      },
    ],
  },
  unmet: [],
  verification: null,
  provenance: { plan_hash: "0123456789abcdef0123" },
};

type Rows = Record<string, string>[];
const read = async (name: string): Promise<Rows> =>
  parse(await readFile(join(folder, name), "utf8"), { columns: true });

test("the feed holds to the specification: required files and fields, unique ids, references, times that never go back", async () => {
  await exportPlan(plan, "gtfs", folder, { approved: true, dataset });
  const [agency, stops, routes, trips, times, calendar, feed, shapes] = await Promise.all(
    ["agency", "stops", "routes", "trips", "stop_times", "calendar", "feed_info", "shapes"].map((name) =>
      read(`${name}.txt`),
    ),
  );
  const ids = (rows: Rows, column: string) => {
    const all = rows.map((row) => row[column]);
    expect(new Set(all).size).toBe(all.length);
    return new Set(all);
  };
  const routeIds = ids(routes, "route_id");
  const tripIds = ids(trips, "trip_id");
  const stopIds = ids(stops, "stop_id");
  const shapeIds = new Set(shapes.map((row) => row.shape_id));
  expect(agency).toEqual([
    {
      agency_id: "1",
      agency_name: "Elm & Oak",
      agency_url: "https://www.elm.example/",
      agency_timezone: "America/New_York",
    },
  ]);
  for (const row of stops) expect([row.stop_name !== "", Math.abs(Number(row.stop_lat)) <= 90]).toEqual([true, true]);
  for (const row of routes) expect(row.route_short_name !== "" || row.route_long_name !== "").toBe(true);
  for (const row of trips) {
    expect(routeIds).toContain(row.route_id);
    expect(ids(calendar, "service_id")).toContain(row.service_id);
    if (row.shape_id !== "") expect(shapeIds).toContain(row.shape_id);
    const own = times.filter((time) => time.trip_id === row.trip_id);
    expect(own.length).toBeGreaterThanOrEqual(2);
    let before = "";
    let sequence = -1;
    for (const time of own) {
      expect(stopIds).toContain(time.stop_id);
      expect(Number(time.stop_sequence)).toBeGreaterThan(sequence);
      expect(time.arrival_time >= before && time.departure_time >= time.arrival_time).toBe(true);
      before = time.departure_time;
      sequence = Number(time.stop_sequence);
    }
  }
  for (const time of times) expect(tripIds).toContain(time.trip_id);
  expect(calendar[0]).toMatchObject({ monday: "1", saturday: "0", start_date: "20270816", end_date: "20280602" });
  expect(feed[0]).toMatchObject({ feed_lang: "en", feed_version: "0123456789abcdef" });
});

test("nobody's home is in the feed, nor a run that goes to homes only", async () => {
  await exportPlan(plan, "gtfs", folder, { approved: true, dataset });
  const everything = await Promise.all(
    ["stops", "stop_times", "trips"].map((name) => readFile(join(folder, `${name}.txt`), "utf8")),
  );
  expect(everything.join()).not.toMatch(/HOME|S102|R3/);
  expect(
    (await read("stop_times.txt"))
      .filter((time) => time.trip_id === "R1")
      .map((time) => [time.stop_id, time.pickup_type, time.drop_off_type]),
  ).toEqual([
    ["ST1", "0", "1"],
    ["HS", "1", "0"],
  ]);
});

test("a district without a page of its own, and a plan without its district, are told what is missing", async () => {
  const without = await district({});
  await expect(
    exportPlan({ ...plan, dataset_hash: without.hash }, "gtfs", folder, { approved: true, dataset: without }),
  ).rejects.toThrow(/no "url"/);
  await expect(exportPlan(plan, "gtfs", folder, { approved: true })).rejects.toThrow(/--data DIR/);
});
