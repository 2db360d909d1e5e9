import { type Dataset, METRES_PER_MILE, type Plan, parseClock, planHash, type RoutingDecisions } from "@trivium/model";
import { verifyPlan } from "../../index.ts";
import type { RiderRow, RouteRow, RunRow, StayRow } from "../reading.ts";
import { at, gridCity } from "./grid-city.ts";
import { smallDistrict } from "./small-district.ts";

/** Where each place of the plan lies, metres. */
const PLACES: Readonly<Record<string, readonly [x: number, y: number]>> = {
  YARD: [0, -2000],
  S1: [0, 0],
  S2: [3000, 0],
  A: [0, 2000],
  B: [500, 2000],
  C: [3000, 2000],
  D: [3500, 2000],
  home: [540, 3000],
};

/** A row as a dispatcher writes it: place, begin and end of loading, riders there with their walk. */
type Sheet = readonly (readonly [
  place: string,
  arrive: string,
  depart: string,
  riders: Readonly<Record<string, number | null>>,
])[];

type Sheets = readonly (readonly [run: string, sheet: Sheet])[];
type Routes = readonly (readonly [from: string, to: string, depart: string, run: string | undefined])[];

/**
 * One bus does it all. Driving at 8 m/s in the morning peak and 10 m/s else; a stop takes 20 s + 3 s a rider, the wheelchair 180 s more.
 * AM-1: home 07:29:50 + 203 s, 1,040 m to B = 130 s and a short wait, 23 s there, 500 m to A = 63 s, 26 s there, 2,000 m to S1 = 250 s.
 */
const SHEETS: Sheets = [
  [
    "AM-1",
    [
      ["home", "07:29:50", "07:33:13", { chair: null }],
      ["B", "07:35:28", "07:35:51", { b1: 200 }],
      ["A", "07:36:54", "07:37:20", { a1: 100, a2: 100 }],
      ["S1", "07:48:00", "07:50:00", {}],
    ],
  ],
  [
    "AM-2",
    [
      ["D", "08:40:00", "08:40:26", { d1: 100, silent: 200 }],
      ["C", "08:41:29", "08:41:52", { c1: 100 }],
      ["S2", "08:46:02", "08:50:00", {}],
    ],
  ],
  [
    "PM-1",
    [
      ["S1", "15:01:00", "15:06:00", {}],
      ["A", "15:09:20", "15:09:46", { a1: 100, a2: 100 }],
      ["B", "15:10:36", "15:10:59", { b1: 200 }],
      ["home", "15:12:43", "15:16:06", { chair: null }],
    ],
  ],
  [
    "PM-2",
    [
      ["S2", "16:00:00", "16:06:00", {}],
      ["C", "16:09:20", "16:09:43", { c1: 100 }],
      ["D", "16:10:33", "16:10:59", { d1: 100, silent: 200 }],
    ],
  ],
];

const seconds = (time: string): number => parseClock(time) ?? Number.NaN;
const speed = (departS: number): number => (departS >= 7 * 3600 && departS < 9 * 3600 ? 8 : 10);
const metres = (from: string, to: string): number =>
  Math.abs(PLACES[from][0] - PLACES[to][0]) + Math.abs(PLACES[from][1] - PLACES[to][1]);
const miles = (m: number): number => Math.round((m / METRES_PER_MILE) * 100) / 100;
const minutes = (s: number): number => Math.round(s / 6) / 10;
const stopId = (place: string): string => (place === "home" ? "HOME-chair" : place);

/** The hand-made legal plan, with its true figures. */
export const legalPlan = (): Promise<Plan<"routing">> => planOf(smallDistrict(), SHEETS, ROUTES);

/** The same with one morning run for both schools, in a district where S2 begins at 08:15. */
export const mixedPlan = (dataset: Dataset): Promise<Plan<"routing">> => planOf(dataset, MIXED_SHEETS, MIXED_ROUTES);

async function planOf(dataset: Dataset, sheets: Sheets, routes: Routes): Promise<Plan<"routing">> {
  const runs: RunRow[] = [];
  const run_stops: StayRow[] = [];
  const assignments: RiderRow[] = [];
  for (const [run_id, sheet] of sheets) {
    const stays = staysOf(run_id, sheet);
    run_stops.push(...stays);
    runs.push(runOf(run_id, stays));
    assignments.push(...ridersOf(run_id, sheet));
  }
  const decisions: RoutingDecisions = {
    runs,
    run_stops,
    assignments,
    routes: routes.map(routeOf),
    shapes: sheets.map(([run_id, sheet]) => ({ run_id, coordinates: lineThrough(sheet.map(([place]) => place)) })),
    bells: dataset.tables.bells.map(({ school_id, bell_start, bell_end }) => ({ school_id, bell_start, bell_end })),
  };
  const unmet = (["AM", "PM"] as const).flatMap((direction) => [
    { student_id: "nowhere", direction, reason_code: "no_location" as const },
    { student_id: "cut-off", direction, reason_code: "barred_crossing" as const },
  ]);
  const draft = sealed({ ...EMPTY, dataset_hash: dataset.hash, decisions, unmet, metrics: { draft: true } });
  const { figures } = await verifyPlan(dataset, draft, { roads: gridCity });
  return sealed({ ...draft, metrics: figures });
}

/** The plan with the hash of what it now holds. */
export const sealed = (plan: Plan<"routing">): Plan<"routing"> => ({
  ...plan,
  provenance: { plan_hash: planHash(plan.decisions, plan.metrics) },
});

const directionOf = (run: string): "AM" | "PM" => (run.startsWith("AM") ? "AM" : "PM");

/** School of each rider of the small district. */
const schoolOf = (student: string): string => (["c1", "d1", "silent"].includes(student) ? "S2" : "S1");
const isSchool = (place: string): boolean => place === "S1" || place === "S2";

function staysOf(run_id: string, sheet: Sheet): StayRow[] {
  const everyone = sheet.flatMap(([, , , riders]) => Object.keys(riders));
  let load = 0;
  return sheet.map(([place, arrive, depart, riders], index) => {
    const here = isSchool(place) ? everyone.filter((student) => schoolOf(student) === place) : Object.keys(riders);
    const boards = isSchool(place) === (directionOf(run_id) === "PM");
    load += boards ? here.length : -here.length;
    const before = sheet[index - 1];
    const leg_m = before ? metres(before[0], place) : 0;
    return {
      run_id,
      seq: index + 1,
      stop_id: stopId(place),
      ...at(...PLACES[place]),
      leg_m,
      leg_s: before ? Math.ceil(leg_m / speed(seconds(before[2]))) : 0,
      arrive: seconds(arrive),
      depart: seconds(depart),
      boarding: boards ? here.length : 0,
      alighting: boards ? 0 : here.length,
      load,
    };
  });
}

function runOf(run_id: string, stays: readonly StayRow[]): RunRow {
  const distance_m = stays.reduce((sum, stay) => sum + (stay.leg_m ?? 0), 0);
  const [depart, arrive] = [stays[0].depart, stays[stays.length - 1].arrive];
  return {
    run_id,
    direction: directionOf(run_id),
    school_ids: stays.map((stay) => stay.stop_id).filter(isSchool),
    bus_id: "B1",
    depart,
    arrive,
    riders_max: Math.max(...stays.map((stay) => stay.load ?? 0)),
    distance_m,
    miles: miles(distance_m),
    minutes: minutes(arrive - depart),
  };
}

function ridersOf(run_id: string, sheet: Sheet): RiderRow[] {
  const direction = directionOf(run_id);
  return sheet.flatMap(([place, arrive, depart, riders]) =>
    Object.entries(riders).map(([student_id, walk_m]) => {
      const school = schoolOf(student_id);
      const [, schoolArrive, schoolDepart] = sheet.find(([each]) => each === school) ?? sheet[0];
      const [board, alight] =
        direction === "AM" ? [seconds(depart), seconds(schoolArrive)] : [seconds(schoolDepart), seconds(arrive)];
      return {
        student_id,
        direction,
        stop_id: stopId(place),
        run_id,
        bus_id: "B1",
        ...(walk_m === null ? {} : { walk_m }),
        board,
        alight,
        ride_min: minutes(alight - board),
        direct_min: minutes(metres(place, school) / speed(board)),
      };
    }),
  );
}

/** North or south first, then east or west. */
function lineThrough(places: readonly string[]): [lon: number, lat: number][] {
  const corners = places.flatMap((place, index): (readonly [number, number])[] => {
    const before = PLACES[places[index - 1] ?? place];
    return [[before[0], PLACES[place][1]], PLACES[place]];
  });
  return corners.map(([x, y]) => [at(x, y).lon, at(x, y).lat]);
}

/** From, to, departure, and the run that the deadhead leads to. */
const ROUTES: Routes = [
  ["YARD", "home", "07:20:00", "AM-1"],
  ["S1", "D", "07:50:00", "AM-2"],
  ["S2", "YARD", "08:50:00", undefined],
  ["YARD", "S1", "14:50:00", "PM-1"],
  ["home", "S2", "15:16:06", "PM-2"],
  ["D", "YARD", "16:10:59", undefined],
];

const MIXED_SHEETS: Sheets = [
  [
    "AM-3",
    [
      ["home", "07:10:00", "07:13:23", { chair: null }],
      ["D", "07:21:38", "07:22:04", { d1: 100, silent: 200 }],
      ["C", "07:23:07", "07:23:30", { c1: 100 }],
      ["B", "07:28:43", "07:29:06", { b1: 200 }],
      ["A", "07:30:09", "07:30:35", { a1: 100, a2: 100 }],
      ["S1", "07:34:45", "07:36:45", {}],
      ["S2", "07:43:00", "07:50:00", {}],
    ],
  ],
  ...SHEETS.slice(2),
];
const MIXED_ROUTES: Routes = [
  ["YARD", "home", "06:58:00", "AM-3"],
  ["S2", "YARD", "07:50:00", undefined],
  ...ROUTES.slice(3),
];

function routeOf([from, to, depart, run_id]: Routes[number], index: number): RouteRow {
  const deadhead_m = metres(from, to);
  const deadhead_s = Math.ceil(deadhead_m / speed(seconds(depart)));
  return {
    bus_id: "B1",
    seq: index + 1,
    ...(run_id ? { run_id } : {}),
    deadhead_m,
    deadhead_s,
    deadhead_miles: miles(deadhead_m),
    deadhead_min: minutes(deadhead_s),
  };
}

const EMPTY: Plan<"routing"> = {
  area: "routing",
  trivium_version: "0",
  dataset_hash: "",
  scenario: { name: "As it stands", changes: [], settings: {} },
  seed: 1,
  iterations: 0,
  threads: 1,
  elapsed_s: 0,
  status: "feasible",
  metrics: {},
  bound: null,
  decisions: { runs: [], run_stops: [], assignments: [], routes: [], bells: [] },
  unmet: [],
  verification: null,
  provenance: { plan_hash: "" },
};
