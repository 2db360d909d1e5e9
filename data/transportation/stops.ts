import { InternalError, type LatLon, type RoadNetwork, type TableRow } from "@trivium/model";
import { metresBetween } from "../town/plane.ts";
import type { StreetPiece } from "../town/streets.ts";
import type { Ride } from "./rides.ts";

export interface StopPoint extends LatLon {
  readonly id: string;
  readonly title: string;
}

/** Where a ride boards or alights, and the walk there; no walk for those fetched at home. */
export interface Boarding {
  readonly stop: StopPoint;
  readonly walkM?: number;
}

const CORNER_REACH_M = 420;
const AT_HOME_M = 120;
/** So much farther people are sent to a stop that exists. */
const KNOWN_STOP_M = 300;

/** Street corners where a bus may stop: where pieces of two or more named streets, or three pieces, meet. */
async function corners(pieces: readonly StreetPiece[], roads: RoadNetwork): Promise<StopPoint[]> {
  const meeting = new Map<string, { at: LatLon; names: string[] }>();
  for (const piece of pieces)
    for (const at of [piece.from, piece.to]) {
      const key = `${at.lat},${at.lon}`;
      const corner = meeting.get(key) ?? { at, names: [] };
      corner.names.push(piece.name);
      meeting.set(key, corner);
    }
  const places = [...meeting.values()].filter(({ names }) => names.length > 2 || new Set(names).size > 1);
  const snaps = await roads.nearest(
    places.map(({ at }) => at),
    "board",
    25,
  );
  return places.flatMap(({ names }, index) => {
    const snap = snaps[index];
    const title = [...new Set(names.filter((name) => name !== ""))].slice(0, 2).join(" & ");
    return snap ? [{ id: "", title, lat: snap.lat, lon: snap.lon }] : [];
  });
}

/**
 * "A stop at every corner": each ride boards at the nearest corner that may be walked to, or, where none can be, at a stop of its own
 * on the street nearest to its home. Only corners that someone uses become stops.
 */
export async function assignStops(
  rides: readonly Ride[],
  pieces: readonly StreetPiece[],
  roads: RoadNetwork,
): Promise<{ stops: TableRow<"stops">[]; boardings: Boarding[] }> {
  const all = await corners(pieces, roads);
  const stops = new Map<string, StopPoint>();
  const named = ({ lat, lon, title }: Omit<StopPoint, "id">): StopPoint => {
    const key = `${lat.toFixed(6)},${lon.toFixed(6)}`;
    const known = stops.get(key);
    if (known) return known;
    const stop = {
      id: `ST${String(stops.size + 1).padStart(4, "0")}`,
      title,
      lat: Number(lat.toFixed(6)),
      lon: Number(lon.toFixed(6)),
    };
    stops.set(key, stop);
    return stop;
  };
  const boardings: Boarding[] = [];
  const used = new Set<StopPoint>();
  for (const ride of rides) {
    const corner = ride.atHome ? null : await nearestCorner(ride, all, used, roads);
    if (corner) {
      used.add(corner.place);
      boardings.push({ stop: named(corner.place), walkM: corner.walkM });
    } else boardings.push(await atOwnStreet(ride, roads, named));
  }
  const rows = [...stops.values()].map(({ id, ...stop }) => ({ stop_id: id, ...stop, active: true }));
  return { stops: rows, boardings };
}

/** The corner with the shortest allowed walk; one that is a stop already counts as if it were nearer. */
async function nearestCorner(
  { rule, home }: Ride,
  all: readonly StopPoint[],
  used: ReadonlySet<StopPoint>,
  roads: RoadNetwork,
): Promise<{ place: StopPoint; walkM: number } | null> {
  const near = all.filter((corner) => metresBetween(corner, home) < Math.min(CORNER_REACH_M, rule.stop_walk_max_m));
  if (near.length === 0) return null;
  const options = { limitM: rule.stop_walk_max_m, mayCross: rule.may_cross ?? "arterial", grade: rule.grade };
  const walks = await roads.walk(home, near, options);
  const worth = (index: number) => walks[index] - (used.has(near[index]) ? KNOWN_STOP_M : 0);
  let best = -1;
  walks.forEach((walkM, index) => {
    if (walkM <= rule.stop_walk_max_m && (best < 0 || worth(index) < worth(best))) best = index;
  });
  return best < 0 ? null : { place: near[best], walkM: Math.ceil(walks[best]) };
}

async function atOwnStreet(
  ride: Ride,
  roads: RoadNetwork,
  named: (stop: Omit<StopPoint, "id">) => StopPoint,
): Promise<Boarding> {
  const [snap] = await roads.nearest([ride.home], "board", ride.atHome ? AT_HOME_M : ride.rule.stop_walk_max_m);
  if (!snap)
    throw new InternalError(
      "no-street",
      `student ${ride.student.student_id} lives beside no street where a bus may stop`,
    );
  const at = { lat: Number(snap.lat.toFixed(6)), lon: Number(snap.lon.toFixed(6)) };
  if (ride.atHome) return { stop: { id: `HOME-${ride.student.student_id}`, title: "at home", ...at } };
  const stop = named({ ...at, title: snap.street });
  const options = {
    limitM: ride.rule.stop_walk_max_m,
    mayCross: ride.rule.may_cross ?? "arterial",
    grade: ride.rule.grade,
  };
  const [walkM] = await roads.walk(ride.home, [stop], options);
  return { stop, walkM: Math.ceil(Number.isNaN(walkM) ? snap.distanceM : walkM) };
}
