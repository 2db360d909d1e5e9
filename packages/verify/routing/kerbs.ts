import type { DriveLeg, LatLon, RoadNetwork } from "@trivium/model";
import { metresApart, type RoutingReading } from "./reading.ts";

/** How far a plan's seconds may lie from those of the engine that made it: whole seconds, and 1 %. */
export const LEG_TOLERANCE = { absolute: 2, relative: 0.01 } as const;
/** The same for metres. */
const METRES_TOLERANCE = { absolute: 5, relative: 0.01 } as const;

/**
 * Two engines differ at a junction. The embedded one lets the bus stand at the end of any street that meets there; OSRM puts it onto one of them, and
 * charges the turn into it and out of it, or the way round where that turn is forbidden. So a leg of a plan that the other engine made may be the drive
 * from any of the streets at its beginning to any of those at its end; each is driven from a point this far up the street, beyond the metre
 * within which the embedded engine takes a point for the junction.
 */
const UP_THE_STREET_M = 2;
/** Looked for in this many directions: streets that meet at less than 22° count as one. */
const DIRECTIONS = 16;
/** The metres up two streets at a service road's 15 km/h. */
const UP_THE_STREET_S = 1;

/** A leg by one of the streets at its ends: the tolerance of one engine, and the way up the two streets. */
const AT_KERB_TOLERANCE = {
  seconds: { ...LEG_TOLERANCE, absolute: LEG_TOLERANCE.absolute + UP_THE_STREET_S },
  metres: { ...METRES_TOLERANCE, absolute: METRES_TOLERANCE.absolute + 2 * UP_THE_STREET_M },
} as const;

/** A leg as the judging engine drives it, and how far the plan's may lie from it. */
interface JudgedLeg {
  readonly durationS: number;
  readonly distanceM: number;
  readonly seconds: { readonly absolute: number; readonly relative: number };
  readonly metres: { readonly absolute: number; readonly relative: number };
}

/** Was the plan made on the other engine? One that does not say so is held to the engine that judges it. */
export const madeByOther = ({ plan, roads }: RoutingReading): boolean =>
  (plan.provenance.roads?.engine ?? roads.identity.engine) !== roads.identity.engine;

/**
 * What the plan's leg is held against: the drive between the places themselves; where that disagrees and the other engine made the plan, the seconds and
 * the metres nearest to the plan's of all drives between the streets at both ends. They need not be of one drive: of two ways that take equally long
 * each engine may take either.
 *
 * @param drives from each of some places to each of others, as the leg was driven
 */
export async function judgedLeg(
  reading: RoutingReading,
  [from, to]: readonly [LatLon, LatLon],
  claimed: { readonly seconds: number; readonly metres: number },
  leg: DriveLeg,
  drives: (sources: readonly LatLon[], targets: readonly LatLon[]) => Promise<readonly DriveLeg[]>,
): Promise<JudgedLeg> {
  const { durationS, distanceM } = leg;
  const agrees =
    Math.abs(durationS - claimed.seconds) <= LEG_TOLERANCE.absolute &&
    Math.abs(distanceM - claimed.metres) <= METRES_TOLERANCE.absolute;
  if (agrees || !madeByOther(reading))
    return { durationS, distanceM, seconds: LEG_TOLERANCE, metres: METRES_TOLERANCE };
  const [sources, targets] = await streetsAt(reading.roads, [from, to]);
  const legs = [leg, ...(await drives(sources, targets))];
  return {
    durationS: closest(
      legs.map((each) => each.durationS),
      claimed.seconds,
    ),
    distanceM: closest(
      legs.map((each) => each.distanceM),
      claimed.metres,
    ),
    ...AT_KERB_TOLERANCE,
  };
}

/** Drives from each source to each target, all setting off at one time. */
export async function drivesBetween(
  roads: RoadNetwork,
  sources: readonly LatLon[],
  targets: readonly LatLon[],
  departS: number,
): Promise<DriveLeg[]> {
  const { durationsS, distancesM } = await roads.matrix(sources, targets, departS);
  return Array.from(durationsS, (durationS, cell) => ({ durationS, distanceM: distancesM[cell] }));
}

/** The value nearest to `to`; NaN where there is none. */
export function closest(values: readonly number[], to: number): number {
  const known = values.filter((value) => !Number.isNaN(value));
  return known.reduce(
    (best, value) => (Math.abs(value - to) < Math.abs(best - to) ? value : best),
    known[0] ?? Number.NaN,
  );
}

/** Points on every street that meets at each place, the place itself the first; in mid-street both ways along it. */
export async function streetsAt(roads: RoadNetwork, places: readonly LatLon[]): Promise<LatLon[][]> {
  const snaps = await roads.nearest(places.flatMap(ring), "bus", UP_THE_STREET_M);
  return places.map((place, index) => {
    const found: LatLon[] = [place];
    for (const snap of snaps.slice(index * DIRECTIONS, (index + 1) * DIRECTIONS))
      if (snap && found.every((known) => metresApart(known, snap) > 1)) found.push({ lat: snap.lat, lon: snap.lon });
    return found;
  });
}

function ring(place: LatLon): LatLon[] {
  const northM = metresApart(place, { lat: place.lat + 1e-3, lon: place.lon }) * 1e3;
  const eastM = metresApart(place, { lat: place.lat, lon: place.lon + 1e-3 }) * 1e3;
  return Array.from({ length: DIRECTIONS }, (_, i) => {
    const angle = (2 * Math.PI * i) / DIRECTIONS;
    return {
      lat: place.lat + (UP_THE_STREET_M * Math.cos(angle)) / northM,
      lon: place.lon + (UP_THE_STREET_M * Math.sin(angle)) / eastM,
    };
  });
}
