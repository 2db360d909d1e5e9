import { type Dataset, type Plan, parseClock, sealDataset, type Verification } from "@trivium/model";
import { describe, expect, test } from "vitest";
import { verifyPlan } from "../index.ts";
import { at, gridCity } from "./testing/grid-city.ts";
import { legalPlan, mixedPlan, sealed } from "./testing/legal-plan.ts";
import { smallDistrict } from "./testing/small-district.ts";

/** Everything of a plan may be changed in a test. */
type Loose = { -readonly [K in keyof Plan<"routing">]: Plan<"routing">[K] };
// biome-ignore lint/suspicious/noExplicitAny: mutations reach into every table and column
type Tables = Record<string, any[]>;
interface Mutable {
  readonly plan: Loose;
  readonly rows: Tables;
  readonly unmet: Tables[string];
  readonly data: Tables;
  readonly settings: Record<string, unknown>;
}

const plan = await legalPlan();

/** A copy of plan and district, changed, sealed again and verified. */
async function verified(mutate: (copy: Mutable) => void): Promise<Verification> {
  const copy: Loose = structuredClone(plan);
  const original = smallDistrict();
  const tables = structuredClone(original.tables) as unknown as Tables;
  const settings = structuredClone(original.settings);
  mutate({
    plan: copy,
    rows: copy.decisions as unknown as Tables,
    unmet: copy.unmet as unknown as Tables[string],
    data: tables,
    settings: settings.routing as Record<string, unknown>,
  });
  const dataset: Dataset = sealDataset({ ...original, tables: tables as unknown as Dataset["tables"], settings });
  return verifyPlan(dataset, sealed({ ...copy, dataset_hash: dataset.hash }), { roads: gridCity });
}

const brokenRules = (found: Verification): string[] => [...new Set(found.violations.map(({ rule }) => rule))];

const rider = (rows: Tables, student: string, direction = "AM") =>
  rows.assignments.find((row) => row.student_id === student && row.direction === direction);
const stay = (rows: Tables, run: string, stop: string) =>
  rows.run_stops.find((row) => row.run_id === run && row.stop_id === stop);
const run = (rows: Tables, id: string) => rows.runs.find((row) => row.run_id === id);
const move = (row: { lat: number; lon: number }, place: { lat: number; lon: number }) => Object.assign(row, place);
const remove = (list: unknown[], item: unknown) => list.splice(list.indexOf(item), 1);

/** One driver for the whole day, with the hours of the day's two pieces, 07:20–09:05 and 14:50–16:21, unless told otherwise. */
const drivenBy = ({ data, rows }: Pick<Mutable, "data" | "rows">, driver_id: string, row: object = {}) => {
  data.drivers.push({ driver_id, hours_max: 3.5, available: ["AM", "PM"], ...row });
  for (const each of rows.routes) each.driver_id = driver_id;
};

/** Rule → what was done to plan or district → how. Each must be caught by that rule. */
const MUTATIONS: readonly (readonly [rule: string, what: string, mutate: (copy: Mutable) => void])[] = [
  ["routing.everyone-covered", "a rider is dropped", ({ rows }) => remove(rows.assignments, rider(rows, "b1"))],
  ["routing.everyone-covered", "an unserved student is not listed", ({ unmet }) => unmet.pop()],
  [
    "routing.served-or-unserved",
    "a rider is also listed as unserved",
    ({ unmet }) => unmet.push({ student_id: "b1", direction: "AM", reason_code: "no_bus" }),
  ],
  [
    "routing.only-riders",
    "a walker is put on a bus",
    ({ rows }) => rows.assignments.push({ ...rider(rows, "a1"), student_id: "walker" }),
  ],
  [
    "routing.unserved-reasons",
    "one cut off by the arterial is said to have no bus while one stands idle",
    ({ unmet }) => (unmet[1].reason_code = "no_bus"),
  ],
  [
    "routing.unserved-reasons",
    "one without a place is said to be out of reach",
    ({ unmet }) => (unmet[0].reason_code = "no_stop_in_reach"),
  ],
  [
    "routing.unserved-reasons",
    "one with a place is said to have none",
    ({ unmet }) => (unmet[1].reason_code = "no_location"),
  ],
  [
    "routing.unserved-reasons",
    "a crossing that the grade may take is said to be barred",
    ({ data }) => (data.rules[0].may_cross = "arterial"),
  ],
  [
    "routing.unserved-reasons",
    "a drive of minutes is said to be too long",
    ({ unmet }) => (unmet[1].reason_code = "ride_too_long"),
  ],
  ["routing.unserved-reasons", "a lift is said to be missing", ({ unmet }) => (unmet[1].reason_code = "no_lift")],
  ["routing.known-ids", "a bus that does not exist", ({ rows }) => (rows.routes[0].bus_id = "B9")],
  ["routing.rows-once", "a rider has two rows", ({ rows }) => rows.assignments.push({ ...rider(rows, "b1") })],
  [
    "routing.run-has-rows",
    "a run carries nobody",
    ({ rows }) =>
      rows.assignments.splice(0, rows.assignments.length, ...rows.assignments.filter((row) => row.run_id !== "AM-2")),
  ],
  ["routing.places-once", "a run calls twice at a stop", ({ rows }) => (stay(rows, "AM-1", "B").stop_id = "A")],
  ["routing.ends-at-school", "an AM run ends at a stop", ({ rows }) => (stay(rows, "AM-2", "S2").seq = 0)],
  ["routing.school-order", "a school that is not visited", ({ rows }) => run(rows, "AM-1").school_ids.push("S2")],
  ["routing.run-sums", "wrong miles of a run", ({ rows }) => (run(rows, "AM-1").miles += 0.02)],
  ["routing.run-sums", "wrong minutes of a run", ({ rows }) => (run(rows, "AM-1").minutes += 0.2)],
  ["routing.run-sums", "a run departs with its first row's arrival", ({ rows }) => (run(rows, "AM-1").depart -= 60)],
  ["routing.run-sums", "too few riders at most", ({ rows }) => (run(rows, "PM-1").riders_max = 3)],
  ["routing.drive-fits", "a bus is sooner than it can be", ({ rows }) => (stay(rows, "AM-1", "A").arrive -= 5)],
  ["routing.dwell", "the wheelchair is not waited for", ({ rows }) => (stay(rows, "AM-1", "HOME-chair").depart -= 100)],
  ["routing.dwell", "unloading takes a minute", ({ rows }) => (stay(rows, "AM-1", "S1").arrive += 60)],
  ["routing.school-has-bells", "a school without bells", ({ data }) => data.bells.pop()],
  ["routing.arrival-window", "unloaded after the latest time", ({ rows }) => (stay(rows, "AM-1", "S1").depart += 301)],
  [
    "routing.arrival-window",
    "unloaded before the earliest time",
    ({ rows }) => (stay(rows, "AM-1", "S1").depart -= 901),
  ],
  ["routing.loads-after-bell", "loading before the bell", ({ rows }) => (stay(rows, "PM-1", "S1").depart -= 61)],
  ["routing.leaves-in-time", "leaving too late", ({ rows }) => (stay(rows, "PM-2", "S2").depart += 841)],
  [
    "routing.buses-at-once",
    "two buses unload where one has room",
    ({ rows }) =>
      rows.runs.push({ ...run(rows, "AM-1"), run_id: "AM-9" }) &&
      rows.run_stops.push(
        ...rows.run_stops.filter((row) => row.run_id === "AM-1").map((row) => ({ ...row, run_id: "AM-9" })),
      ),
  ],
  ["routing.load-columns", "the load is told wrong", ({ rows }) => (stay(rows, "AM-1", "A").load = 3)],
  ["routing.all-alight", "a rider's school is not on the run", ({ data }) => (data.students[0].school_id = "S2")],
  ["routing.benches", "the bus has too few benches", ({ data }) => (data.bus_types[0].benches = 0.9)],
  ["routing.wheelchairs", "the bus has no lift", ({ data }) => (data.bus_types[0].lift = false)],
  ["routing.wheelchairs", "the bus has no position", ({ data }) => (data.bus_types[0].wheelchair_positions = 0)],
  ["routing.mixed-loads", "two schools on a run", ({ rows }) => run(rows, "AM-1").school_ids.push("S2")],
  [
    "routing.shared-grades",
    "grades that may not share",
    ({ data }) => {
      data.rules[2].share_with = ["K"];
      data.students[8].grade = "5";
    },
  ],
  ["routing.bells-complete", "a school without a row of bells", ({ rows }) => rows.bells.pop()],
  ["routing.bells-allowed", "a bell that no one allowed", ({ rows }) => (rows.bells[0].bell_start += 300)],
  ["routing.bells-length", "a longer school day", ({ rows }) => (rows.bells[1].bell_end += 300)],
  ["routing.listed-stops", "boarding at a stop that is closed", ({ data }) => (data.stops[0].active = false)],
  ["routing.stop-schools", "boarding at another school's stop", ({ data }) => (data.stops[0].schools = ["S2"])],
  ["routing.stop-riders", "more riders than a stop may have", ({ data }) => (data.stops[0].riders_max = 1)],
  ["routing.run-on-one-route", "a run on no route", ({ rows }) => (rows.routes[1].run_id = "AM-1")],
  ["routing.run-on-one-route", "a run of another bus", ({ rows }) => (run(rows, "AM-1").bus_id = "B2")],
  ["routing.piece-ends", "a piece that does not end at the depot", ({ rows }) => rows.routes.pop()],
  ["routing.piece-one-direction", "AM and PM in one piece", ({ rows }) => rows.routes.splice(2, 1)],
  [
    "routing.pieces-of-a-day",
    "two AM pieces",
    ({ rows }) => rows.routes.splice(1, 0, { bus_id: "B1", seq: 1.5, deadhead_m: 0, deadhead_s: 0 }),
  ],
  ["routing.links", "no time between two runs", ({ settings }) => (settings.link_buffer_min = 60)],
  ["routing.links", "a run begins while the bus is elsewhere", ({ rows }) => (stay(rows, "AM-2", "D").arrive = 29_000)],
  [
    "routing.availability",
    "the bus leaves before it is available",
    ({ data }) => (data.buses[0].available_from = 27_000),
  ],
  ["routing.availability", "the bus is back after its hours", ({ data }) => (data.buses[0].available_to = 58_500)],
  [
    "routing.driver-of-a-piece",
    "nobody drives a part of the day that others drive",
    (copy) => {
      drivenBy(copy, "R1");
      delete copy.rows.routes[0].driver_id;
    },
  ],
  [
    "routing.driver-of-a-piece",
    "a driver of whom the district does not know",
    ({ rows }) => {
      for (const row of rows.routes) row.driver_id = "R1";
    },
  ],
  [
    "routing.driver-of-a-piece",
    "two drivers on a piece",
    (copy) => {
      drivenBy(copy, "R1");
      copy.data.drivers.push({ driver_id: "R2" });
      copy.rows.routes[1].driver_id = "R2";
    },
  ],
  ["routing.driver-available", "a driver of the mornings", (copy) => drivenBy(copy, "R1", { available: ["AM"] })],
  ["routing.driver-available", "a driver of another depot", (copy) => drivenBy(copy, "R1", { depot_id: "ELSEWHERE" })],
  ["routing.driver-hours", "a day beyond the driver's hours", (copy) => drivenBy(copy, "R1", { hours_max: 2.9 })],
  [
    "routing.driver-once",
    "one driver on two buses",
    (copy) => {
      drivenBy(copy, "R1");
      copy.rows.routes.push(...copy.rows.routes.map((row) => ({ ...row, bus_id: "B2" })));
    },
  ],
  ["routing.range", "a day beyond the range", ({ data }) => (data.bus_types[0].range_miles = 10)],
  [
    "routing.at-home",
    "the wheelchair rider is fetched round the corner",
    ({ rows }) => move(stay(rows, "AM-1", "HOME-chair"), at(640, 3000)),
  ],
  ["routing.walk-limit", "a walk beyond the limit", ({ data }) => (data.rules[1].stop_walk_max_m = 150)],
  ["routing.walk-limit", "a walk across the arterial", ({ data }) => Object.assign(data.students[2], at(1060, 2000))],
  ["routing.walk-metres", "a walk is told too short", ({ rows }) => (rider(rows, "b1").walk_m = 190)],
  ["routing.row-has-place", "a row without coordinates", ({ rows }) => delete stay(rows, "AM-1", "B").lat],
  ["routing.one-place", "a stop at two places", ({ rows }) => move(stay(rows, "PM-1", "A"), at(0, 2030))],
  [
    "routing.near-listed-place",
    "a bus stands a block from its stop",
    ({ rows }) => [stay(rows, "AM-1", "A"), stay(rows, "PM-1", "A")].forEach((row) => void move(row, at(0, 2100))),
  ],
  [
    "routing.near-listed-place",
    "a school 400 m from its place",
    ({ data }) => Object.assign(data.schools[0], at(0, -400)),
  ],
  [
    "routing.on-road",
    "a stop in a field",
    ({ rows, data }) =>
      [stay(rows, "AM-1", "A"), stay(rows, "PM-1", "A"), data.stops[0]].forEach((row) => void move(row, at(50, 2050))),
  ],
  ["routing.first-leg", "a run begins with a leg", ({ rows }) => (stay(rows, "AM-1", "HOME-chair").leg_s = 60)],
  ["routing.leg-seconds", "a leg is driven too fast", ({ rows }) => (stay(rows, "AM-1", "S1").leg_s = 200)],
  ["routing.leg-metres", "a leg is told too short", ({ rows }) => (stay(rows, "AM-1", "S1").leg_m = 1800)],
  ["routing.deadheads", "a deadhead is told too short", ({ rows }) => (rows.routes[1].deadhead_m = 4000)],
  ["routing.deadheads", "a pull-out is told too fast", ({ rows }) => (rows.routes[0].deadhead_s = 600)],
  ["routing.deadheads", "deadhead miles that are not its metres", ({ rows }) => (rows.routes[2].deadhead_miles = 1)],
  ["routing.same-direction", "an AM rider on a PM run", ({ rows }) => (rider(rows, "b1").run_id = "PM-1")],
  ["routing.same-bus", "a rider's row names another bus", ({ rows }) => (rider(rows, "b1").bus_id = "B2")],
  [
    "routing.calls-at-both",
    "a rider boards where the run does not call",
    ({ rows }) => (rider(rows, "b1").stop_id = "C"),
  ],
  ["routing.ride-times", "a rider boards at another time", ({ rows }) => (rider(rows, "b1").board += 60)],
  ["routing.ride-minutes", "a ride is told too short", ({ rows }) => (rider(rows, "b1").ride_min -= 0.2)],
  ["routing.direct-minutes", "the direct drive is told too long", ({ rows }) => (rider(rows, "b1").direct_min += 1)],
  ["routing.ride-forward", "a rider alights before boarding", ({ rows }) => (stay(rows, "AM-2", "D").depart += 3600)],
  ["routing.ride-limit", "a ride beyond the grade's limit", ({ data }) => (data.rules[1].ride_max_min = 12)],
  ["routing.ride-limit", "a ride beyond the rider's own limit", ({ data }) => (data.riders[3].max_ride_min = 10)],
  ["routing.ride-limit", "a ride too long for its direct drive", ({ settings }) => (settings.ride_vs_direct_max = 1.5)],
  [
    "figures.recomputed",
    "a prettier cost",
    ({ plan: copy }) => (copy.metrics = { ...copy.metrics, cost_usd_per_year: 1 }),
  ],
  [
    "figures.present",
    "a figure is left out",
    ({ plan: copy }) => (copy.metrics = { ...copy.metrics, buses_used: undefined as never }),
  ],
  [
    "figures.known",
    "a figure that nobody can recompute",
    ({ plan: copy }) => (copy.metrics = { ...copy.metrics, happiness: 1 }),
  ],
  ["routing.shape-of-a-run", "a line for a run that does not exist", ({ rows }) => (rows.shapes[0].run_id = "AM-9")],
  ["routing.shape-length", "a line that stops half way", ({ rows }) => rows.shapes[0].coordinates.splice(4)],
  [
    "routing.shape-passes-stops",
    "a line that misses a stop",
    ({ rows }) => (rows.shapes[1].coordinates = rows.shapes[0].coordinates),
  ],
];

test("a plan made by hand is legal, and its figures are those worked out by hand", async () => {
  const found = await verified(() => {});
  expect(found.violations).toEqual([]);
  expect(found.ok).toBe(true);
  // Runs 3,540 + 2,500 + 3,540 + 2,500 m; deadheads 5,540 + 5,500 + 5,000, then 2,000 + 5,460 + 7,500 m.
  expect(found.figures.miles_per_day).toBeCloseTo((12_080 + 31_000) / 1609.344, 9);
  expect(found.figures.deadhead_miles_per_day).toBeCloseTo(31_000 / 1609.344, 9);
  // Out 07:18:17 (693 s before 07:29:50) to 09:00:25 (625 s after 08:50), then 14:57:40 to 16:23:29: 6,128 + 5,149 s.
  expect(found.figures.hours_per_day).toBeCloseTo((6_128 + 5_149) / 3600, 9);
  // A mile costs 1 + 4 / 8 dollars, an hour 30; 100 days; one bus.
  const daily = (43_080 / 1609.344) * 1.5 + (11_277 / 3600) * 30;
  expect(found.figures.cost_usd_per_year).toBeCloseTo(40_000 + 100 * daily, 6);
  expect(found.figures).toMatchObject({
    buses_used: 1,
    runs: 4,
    rides_served: 14,
    rides_unserved: 4,
    stops_used: 5,
    walk_m_max: 200,
  });
});

describe("the verifier catches", () => {
  test.each(MUTATIONS)("%s: %s", async (rule, _what, mutate) => {
    expect(brokenRules(await verified(mutate))).toContain(rule);
  });
});

test("every rule that was applied can fail: each has a mutation", async () => {
  const caught = new Set(MUTATIONS.map(([rule]) => rule));
  const { checked } = await verified(() => {});
  const always = Object.keys(checked).filter((rule) => rule.startsWith("routing."));
  expect(always.filter((rule) => !caught.has(rule))).toEqual([]);
});

test("with expected loads a rider of probability one half takes half the seat", async () => {
  const tight = ({ data, settings }: Mutable) => {
    data.bus_types[0].benches = 1.3;
    data.rules[1].seats_per_rider = 0.5;
    data.rules[2].seats_per_rider = 0.4;
    data.riders[1].rides_pm = 0.5;
    settings.expected_load = true;
  };
  expect(brokenRules(await verified(tight))).toEqual([]);
  const full = (copy: Mutable) => {
    tight(copy);
    copy.settings.expected_load = false;
  };
  expect(brokenRules(await verified(full))).toEqual(["routing.benches"]);
});

test("a day that one driver has the hours for is legal, as is one that two share", async () => {
  expect(brokenRules(await verified((copy) => drivenBy(copy, "R1")))).toEqual([]);
  const shared = await verified((copy) => {
    drivenBy(copy, "R1", { available: ["AM"], hours_max: 2 });
    copy.data.drivers.push({ driver_id: "R2", available: ["PM"], hours_max: 2 });
    for (const row of copy.rows.routes.slice(3)) row.driver_id = "R2";
  });
  expect(brokenRules(shared)).toEqual([]);
});

test("one run may serve two schools where the district allows that pair, and only there", async () => {
  const original = smallDistrict();
  const district = (mixed_loads: "never" | [string, string][]) => {
    const tables = structuredClone(original.tables) as unknown as Tables;
    tables.bells[1].bell_start = 8 * 3600 + 900;
    tables.bus_types[0].benches = 3;
    const settings = { ...original.settings, routing: { ...original.settings.routing, mixed_loads } };
    return sealDataset({ ...original, tables: tables as unknown as Dataset["tables"], settings });
  };
  const rulesBroken = async (dataset: Dataset) =>
    brokenRules(await verifyPlan(dataset, await mixedPlan(dataset), { roads: gridCity }));
  expect(await rulesBroken(district([["S2", "S1"]]))).toEqual([]);
  expect(await rulesBroken(district("never"))).toEqual(["routing.mixed-loads"]);
});

test("nonsense is reported, not thrown: no rows at all, rows without their runs, runs without their rows", async () => {
  const emptied = (names: readonly string[]) =>
    verified(({ rows }) => {
      for (const name of names) rows[name].splice(0);
    });
  for (const names of [
    ["runs", "run_stops", "assignments", "routes", "bells", "shapes"],
    ["runs"],
    ["run_stops"],
    ["routes"],
    ["assignments"],
  ])
    expect((await emptied(names)).ok, names.join(", ")).toBe(false);
});

test("a plan without roads is not believed", async () => {
  await expect(verifyPlan(smallDistrict(), plan)).rejects.toMatchObject({ code: "no-roads" });
});

describe("how the rides are shared out", () => {
  const clock = (time: string) => parseClock(time) ?? Number.NaN;
  const figures = (mean: number, p95: number, first: string, before: number) => ({
    ride_min_mean: mean,
    ride_min_p95: p95,
    ride_min_max: p95,
    walk_m_mean: 133.33,
    walk_ratio: 1,
    first_board: clock(first),
    before_bell_min_mean: before,
    school_min_lost: 0,
  });
  /** From the sheets by hand: S1 rides 3,975 s in 8 rides, S2 1,668 s in 6; the bus is at S1 at 07:48 and at S2 at 08:46:02. */
  const south = { rides_served: 8, ride_ratio: 1.23, ...figures(8.28, 14.78, "07:33:13", 12) };
  const east = {
    students: 3,
    rides_served: 6,
    rides_unserved: 0,
    ride_ratio: 0.69,
    ...figures(4.63, 5.6, "08:40:26", 13.97),
  };
  const FAIRNESS = [
    {
      slice: "all",
      value: "all",
      students: 9,
      rides_served: 14,
      rides_unserved: 4,
      ride_ratio: 1,
      ...figures(6.72, 14.78, "07:33:13", 12.84),
    },
    { slice: "school", value: "S1", students: 6, rides_unserved: 4, ...south },
    { slice: "school", value: "S2", ...east },
    { slice: "grade", value: "5", students: 5, rides_unserved: 2, ...south },
    { slice: "grade", value: "7", ...east },
    { slice: "grade", value: "K", students: 1, rides_served: 0, rides_unserved: 2 },
    { slice: "group_frl", value: "yes", suppressed: true },
  ];
  const shared = (mutate: (rows: Record<string, unknown>[], copy: Mutable) => unknown) =>
    verified((copy) => {
      copy.data.students[0].extra = { group_frl: "yes" };
      copy.rows.fairness = structuredClone(FAIRNESS);
      mutate(copy.rows.fairness, copy);
    });

  test("the table worked out by hand holds", async () => {
    expect((await shared(() => {})).violations).toEqual([]);
  });

  test.each<[string, string, (rows: Record<string, unknown>[], copy: Mutable) => unknown]>([
    ["routing.fairness-complete", "a school has no row", (rows) => rows.splice(1, 1)],
    ["routing.fairness-complete", "a school has two", (rows) => rows.push(rows[1])],
    [
      "routing.fairness-figures",
      "a mean ride is prettier than it is",
      (rows) => Object.assign(rows[1], { ride_min_mean: 8 }),
    ],
    ["routing.fairness-figures", "a figure is left out", (rows) => delete rows[2].walk_m_mean],
    [
      "routing.fairness-figures",
      "no school is said to be lost by one who comes late",
      (_rows, copy) => (copy.rows.bells[0].bell_start -= 13 * 60),
    ],
    [
      "routing.fairness-small-groups",
      "one student's ride is told as a group's",
      (rows) => Object.assign(rows[6], { ride_min_mean: 7 }),
    ],
  ])("%s: %s", async (rule, _what, mutate) => {
    expect(brokenRules(await shared(mutate))).toContain(rule);
  });
});

describe("turn by turn", () => {
  type Said = { run_id?: string; bus_id?: string; seq?: number; legs: [string, number][][] };
  /** One line a drive: what a sheet would say at least. */
  const said = (rows: Tables): Said[] => [
    ...rows.runs.map(({ run_id }) => ({
      run_id,
      legs: rows.run_stops
        .filter((row) => row.run_id === run_id && row.seq > 1)
        .map((row): [string, number][] => [["Drive on", row.leg_m]]),
    })),
    ...rows.routes.map(({ bus_id, seq, deadhead_m }) => ({
      bus_id,
      seq,
      legs: [[["Drive on", deadhead_m] as [string, number]]],
    })),
  ];
  const driven = (mutate: (directions: Said[]) => unknown) =>
    verified(({ rows }) => {
      rows.directions = said(rows);
      mutate(rows.directions);
    });

  test("directions as long as their drives hold", async () => {
    expect((await driven(() => {})).violations).toEqual([]);
  });

  test.each<[string, string, (directions: Said[]) => unknown]>([
    ["routing.directions-of-a-drive", "a leg is not said", ([run]) => run.legs.pop()],
    ["routing.directions-of-a-drive", "a run that does not exist", ([run]) => (run.run_id = "AM-9")],
    ["routing.directions-of-a-drive", "one run said twice", (all) => all.push(all[0])],
    ["routing.directions-length", "a turn is missing", ([run]) => (run.legs[0][0][1] -= 100)],
    ["routing.directions-length", "an empty drive ends half way", (all) => ((all.at(-1) as Said).legs[0][0][1] /= 2)],
  ])("%s: %s", async (rule, _what, mutate) => {
    expect(brokenRules(await driven(mutate))).toContain(rule);
  });
});
