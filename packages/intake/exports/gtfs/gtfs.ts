import { applyScenario, type Dataset, formatClock, InputError, type Plan } from "@trivium/model";
import { stringify } from "csv-stringify/sync";
import type { ExportResources } from "../export-plan.ts";
import type { ExportFiles } from "../files.ts";
import { serviceDays } from "./service-days.ts";

type RoutingPlan = Plan<"routing">;
type Run = RoutingPlan["decisions"]["runs"][number];
type RunStop = RoutingPlan["decisions"]["run_stops"][number];

/** Local bus: the extended type 712 (school bus) is not known to every reader. */
const ROUTE_TYPE = 3;
const NOT_AVAILABLE = 1;
const REGULAR = 0;
/** Stops at a rider's own door: who reads a feed need not know where a child lives. */
const AT_HOME = /^HOME-/;

/**
 * The service as a GTFS feed: a route a bus, a trip a run, a block a bus's day. Door-to-door stops are left out (they are homes), and runs that
 * have nothing else with them.
 * @throws InputError dataset-missing; feed-url-missing where district.json has no `url`, which GTFS asks of an agency
 * @see General Transit Feed Specification, Schedule Reference
 */
export function gtfsFiles(plan: RoutingPlan, resources: ExportResources): ExportFiles {
  if (!resources.dataset)
    throw new InputError("dataset-missing", "a feed names schools, stops and the time zone. Maybe give --data DIR");
  const dataset = applyScenario(resources.dataset, plan.scenario);
  const url = dataset.district.url;
  if (url === undefined)
    throw new InputError(
      "feed-url-missing",
      'district.json has no "url": GTFS asks for the agency\'s page. Maybe "https://www.…"',
      {
        path: "district.json",
      },
    );
  const stopsOf = Map.groupBy(
    plan.decisions.run_stops.filter((stop) => !AT_HOME.test(stop.stop_id) && stop.lat !== undefined),
    (stop) => stop.run_id,
  );
  const trips = plan.decisions.runs.filter(
    (run) => run.bus_id !== undefined && (stopsOf.get(run.run_id)?.length ?? 0) >= 2,
  );
  const stops = trips.flatMap((run) => [...(stopsOf.get(run.run_id) ?? [])].sort((a, b) => a.seq - b.seq));
  const days = serviceDays(dataset);
  const shapes = shapesOf(plan, trips);
  return new Map([
    [
      "agency.txt",
      table(
        ["agency_id", "agency_name", "agency_url", "agency_timezone"],
        [["1", dataset.district.name, url, dataset.district.timezone]],
      ),
    ],
    ["feed_info.txt", feedInfo(plan, dataset, url, days)],
    ["calendar.txt", calendar(days)],
    ["routes.txt", routes(trips)],
    ["stops.txt", stopPlaces(stops, dataset)],
    ["trips.txt", tripRows(trips, dataset, new Set(shapes.keys()))],
    ["stop_times.txt", stopTimes(trips, stops)],
    ["shapes.txt", shapeRows(shapes)],
  ]);
}

const table = (header: readonly string[], rows: readonly (readonly (string | number | undefined)[])[]): string =>
  stringify([header, ...rows.map((row) => row.map((cell) => cell ?? ""))]);

type Days = ReturnType<typeof serviceDays>;
const SERVICE = "school-days";

function feedInfo(plan: RoutingPlan, dataset: Dataset, url: string, { first, last }: Days): string {
  return table(
    ["feed_publisher_name", "feed_publisher_url", "feed_lang", "feed_start_date", "feed_end_date", "feed_version"],
    [[dataset.district.name, url, "en", first, last, plan.provenance.plan_hash.slice(0, 16)]],
  );
}

function calendar({ first, last }: Days): string {
  return table(
    [
      "service_id",
      "monday",
      "tuesday",
      "wednesday",
      "thursday",
      "friday",
      "saturday",
      "sunday",
      "start_date",
      "end_date",
    ],
    [[SERVICE, 1, 1, 1, 1, 1, 0, 0, first, last]],
  );
}

function routes(trips: readonly Run[]): string {
  const buses = [...new Set(trips.map((run) => run.bus_id as string))].sort();
  return table(
    ["route_id", "agency_id", "route_short_name", "route_long_name", "route_type"],
    buses.map((bus) => [bus, "1", shortName(bus), `Bus ${bus}`, ROUTE_TYPE]),
  );
}

/** GTFS wants a short name of at most 12 characters. */
const shortName = (bus: string): string => (bus.length <= 12 ? bus : "");

function stopPlaces(stops: readonly RunStop[], dataset: Dataset): string {
  const title = new Map<string, string>([
    ...dataset.tables.stops.map((stop) => [stop.stop_id, stop.title ?? ""] as const),
    ...dataset.tables.schools.map((school) => [school.school_id, school.name] as const),
  ]);
  const place = new Map(stops.map((stop) => [stop.stop_id, stop]));
  return table(
    ["stop_id", "stop_name", "stop_lat", "stop_lon"],
    [...place].map(([id, stop]) => [id, title.get(id) || `Stop ${id}`, stop.lat?.toFixed(6), stop.lon?.toFixed(6)]),
  );
}

function tripRows(trips: readonly Run[], dataset: Dataset, drawn: ReadonlySet<string>): string {
  const school = new Map(dataset.tables.schools.map((each) => [each.school_id, each.name]));
  return table(
    ["route_id", "service_id", "trip_id", "trip_headsign", "direction_id", "block_id", "shape_id"],
    trips.map((run) => {
      const names = run.school_ids.map((id) => school.get(id) ?? id).join(", ");
      const headsign = run.direction === "AM" ? `To ${names}` : `From ${names}`;
      return [
        run.bus_id,
        SERVICE,
        run.run_id,
        headsign,
        run.direction === "AM" ? 0 : 1,
        run.bus_id,
        drawn.has(run.run_id) ? run.run_id : "",
      ];
    }),
  );
}

/** Riders board where the plan lets them board and leave where it lets them leave; the bus keeps to these times. */
function stopTimes(trips: readonly Run[], stops: readonly RunStop[]): string {
  const known = new Set(trips.map((run) => run.run_id));
  return table(
    [
      "trip_id",
      "arrival_time",
      "departure_time",
      "stop_id",
      "stop_sequence",
      "pickup_type",
      "drop_off_type",
      "timepoint",
    ],
    stops
      .filter((stop) => known.has(stop.run_id))
      .map((stop) => [
        stop.run_id,
        formatClock(stop.arrive),
        formatClock(stop.depart),
        stop.stop_id,
        stop.seq,
        (stop.boarding ?? 0) > 0 ? REGULAR : NOT_AVAILABLE,
        (stop.alighting ?? 0) > 0 ? REGULAR : NOT_AVAILABLE,
        1,
      ]),
  );
}

type Line = readonly (readonly [lon: number, lat: number])[];

function shapesOf(plan: RoutingPlan, trips: readonly Run[]): ReadonlyMap<string, Line> {
  const known = new Set(trips.map((run) => run.run_id));
  const shapes = (plan.decisions.shapes ?? []).filter(
    (shape) => known.has(shape.run_id) && shape.coordinates.length > 1,
  );
  return new Map(shapes.map((shape) => [shape.run_id, shape.coordinates]));
}

function shapeRows(shapes: ReadonlyMap<string, Line>): string {
  return table(
    ["shape_id", "shape_pt_lat", "shape_pt_lon", "shape_pt_sequence"],
    [...shapes].flatMap(([id, line]) => line.map(([lon, lat], at) => [id, lat.toFixed(6), lon.toFixed(6), at])),
  );
}
