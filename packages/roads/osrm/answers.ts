import { type Approach, type Coordinate, RoadError, type RoadNetwork, type Snap } from "@trivium/model";
import { encodePolyline } from "./polyline.ts";
import { checkOptions, type OsrmQuery, OsrmRefusal, parseQuery } from "./query.ts";
import { stepsJson, summaryOf } from "./step-json.ts";

export interface OsrmAnswer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

/** Options of all services. `hints` and `bearings` may be given empty, as some clients do. */
const GENERAL = {
  /** One for each coordinate, or none for "as it may be". */
  approaches: /^(curb|unrestricted)?(;(curb|unrestricted)?)*$/,
  radiuses: /^(unlimited|\d+(\.\d+)?)?(;(unlimited|\d+(\.\d+)?)?)*$/,
  hints: /^;*$/,
  bearings: /^;*$/,
  generate_hints: /^(true|false)$/,
  snapping: /^default$/,
  skip_waypoints: /^(true|false)$/,
} as const;

/** Farthest that a coordinate may lie from a road. */
const SNAP_M = 1000;

/**
 * Answers a request of OSRM's v1 HTTP protocol (`/route`, `/table`, `/nearest`; JSON) on any road network, so that every OSRM client can use it.
 * There is one route, also where alternatives are asked for. Not given: hints, bearings, annotations, and `/match`, `/trip`, `/tile`; asking
 * for them is refused with OSRM's own codes.
 * `overview=simplified` gives the full line.
 *
 * @param url path and query of the request
 * @param departS time of day, seconds: OSRM's protocol has none
 * @see https://project-osrm.org/docs/v26.4.0/http
 */
export async function answerOsrm(roads: RoadNetwork, url: string, departS = 43_200): Promise<OsrmAnswer> {
  try {
    const query = parseQuery(url);
    if (query.service === "route") return ok(await route(roads, query, departS));
    if (query.service === "table") return ok(await table(roads, query, departS));
    if (query.service === "nearest") return ok(await nearest(roads, query));
    throw new OsrmRefusal(
      "InvalidService",
      `The service ${query.service} is not given. There are route, table and nearest.`,
    );
  } catch (cause) {
    if (cause instanceof OsrmRefusal) return refused(cause.code, cause.message);
    if (cause instanceof RoadError) return refused("NoSegment", cause.message);
    throw cause;
  }
}

const ok = (body: Record<string, unknown>): OsrmAnswer => ({ status: 200, body: { code: "Ok", ...body } });
const refused = (code: string, message: string): OsrmAnswer => ({ status: 400, body: { code, message } });

/** @throws OsrmRefusal NoSegment where a coordinate has no road within its radius */
async function waypoints(roads: RoadNetwork, { points, options }: OsrmQuery): Promise<Record<string, unknown>[]> {
  const radiuses = options.get("radiuses")?.split(";");
  if (radiuses && radiuses.length !== points.length)
    throw new OsrmRefusal("InvalidOptions", `There are ${points.length} coordinates and ${radiuses.length} radiuses.`);
  const snaps = await roads.nearest(points, "bus", SNAP_M);
  return snaps.map((snap, i) => {
    const own = Number(radiuses?.[i] || Number.NaN);
    const radiusM = Number.isNaN(own) ? SNAP_M : Math.min(own, SNAP_M);
    if (snap === null || snap.distanceM > radiusM)
      throw new OsrmRefusal("NoSegment", `Coordinate ${i} is more than ${radiusM} m from any road that a bus may use.`);
    return waypoint(snap);
  });
}

const waypoint = ({ lon, lat, street, distanceM }: Snap) => ({
  location: [lon, lat],
  name: street,
  distance: distanceM,
});

async function route(roads: RoadNetwork, query: OsrmQuery, departS: number) {
  const { points, options } = query;
  checkOptions(options, {
    overview: /^(full|simplified|false)$/,
    geometries: /^(polyline|polyline6|geojson)$/,
    steps: /^(true|false)$/,
    alternatives: /^(true|false|\d+)$/,
    annotations: /^false$/,
    continue_straight: /^(default|false)$/,
    ...GENERAL,
  });
  if (points.length < 2) throw new OsrmRefusal("InvalidOptions", "A route needs two coordinates or more.");
  const snapped = await waypoints(roads, query);
  const steps = options.get("steps") === "true";
  const drive = await roads.drive(points, departS, { steps, approach: approachOf(options, points.length) });
  if (drive.legs.some((leg) => Number.isNaN(leg.durationS)))
    throw new OsrmRefusal("NoRoute", "No road leads from each coordinate to the next.");
  const draw = (coordinates: readonly Coordinate[]) => line(coordinates, options.get("geometries") ?? "polyline");
  const legs = drive.legs.map((leg) => ({
    distance: leg.distanceM,
    duration: leg.durationS,
    weight: leg.durationS,
    summary: summaryOf(leg),
    steps: stepsJson(leg, draw),
  }));
  const total = (key: "distance" | "duration") => legs.reduce((sum, leg) => sum + leg[key], 0);
  const geometry = options.get("overview") === "false" ? {} : { geometry: draw(drive.coordinates) };
  return {
    routes: [
      {
        legs,
        distance: total("distance"),
        duration: total("duration"),
        weight: total("duration"),
        weight_name: "duration",
        ...geometry,
      },
    ],
    ...(options.get("skip_waypoints") === "true" ? {} : { waypoints: snapped }),
  };
}

/** How the bus stands at the points; the roads know one way for all of them. */
function approachOf(options: ReadonlyMap<string, string>, count: number): Approach {
  const each = options.get("approaches")?.split(";") ?? [];
  if (each.length === 0) return "either";
  if (each.length !== count)
    throw new OsrmRefusal("InvalidOptions", `There are ${count} coordinates and ${each.length} approaches.`);
  const curbs = each.filter((approach) => approach === "curb").length;
  if (curbs > 0 && curbs < count)
    throw new OsrmRefusal("InvalidOptions", "The approaches must be the same for all coordinates here.");
  return curbs > 0 ? "curb" : "either";
}

function line(coordinates: readonly Coordinate[], format: string): unknown {
  if (format === "geojson") return { type: "LineString", coordinates };
  return encodePolyline(coordinates, format === "polyline6" ? 6 : 5);
}

async function table(roads: RoadNetwork, query: OsrmQuery, departS: number) {
  const { points, options } = query;
  checkOptions(options, {
    sources: /^(all|\d+(;\d+)*)$/,
    destinations: /^(all|\d+(;\d+)*)$/,
    annotations: /^(duration|distance|duration,distance|distance,duration)$/,
    ...GENERAL,
  });
  const sources = chosen(points.length, options.get("sources"));
  const targets = chosen(points.length, options.get("destinations"));
  const snapped = await waypoints(roads, query);
  const pick = (indices: readonly number[]) => indices.map((index) => points[index]!);
  const matrix = await roads.matrix(pick(sources), pick(targets), departS, {
    approach: approachOf(options, points.length),
  });
  const rows = (values: Float64Array) =>
    sources.map((_, i) =>
      Array.from(values.subarray(i * targets.length, (i + 1) * targets.length), (value) =>
        Number.isNaN(value) ? null : value,
      ),
    );
  const wanted = options.get("annotations") ?? "duration";
  return {
    ...(wanted.includes("duration") ? { durations: rows(matrix.durationsS) } : {}),
    ...(wanted.includes("distance") ? { distances: rows(matrix.distancesM) } : {}),
    ...(options.get("skip_waypoints") === "true"
      ? {}
      : {
          sources: sources.map((index) => snapped[index]),
          destinations: targets.map((index) => snapped[index]),
        }),
  };
}

function chosen(count: number, list: string | undefined): number[] {
  if (list === undefined || list === "all") return Array.from({ length: count }, (_, i) => i);
  return list.split(";").map((text) => {
    if (Number(text) >= count)
      throw new OsrmRefusal("InvalidOptions", `There is no coordinate ${text}: they count from 0 to ${count - 1}.`);
    return Number(text);
  });
}

async function nearest(roads: RoadNetwork, query: OsrmQuery) {
  const { points, options } = query;
  checkOptions(options, { number: /^1$/, ...GENERAL });
  if (points.length !== 1) throw new OsrmRefusal("InvalidOptions", "Nearest is asked for one coordinate.");
  return { waypoints: await waypoints(roads, query) };
}
