import { InternalError, type LatLon, parseClock, type RoadNetwork } from "@trivium/model";

/** Whole seconds and metres from one of the points to another, leaving at a time of day. */
export type Travel = (from: number, to: number, departS: number) => { readonly s: number; readonly m: number };

/** Buses are back before half past five: later bands are not asked for. */
const LAST_OUT_S = 17.5 * 3600;

/** Drives between all pairs of points in every time band that a bus may be out in. */
export async function travelBetween(roads: RoadNetwork, points: readonly LatLon[]): Promise<Travel> {
  const starts = roads.identity.bands.map((band) => parseClock(band) ?? 0).filter((start) => start < LAST_OUT_S);
  const matrices = await Promise.all(starts.map((start) => roads.matrix(points, points, start)));
  if (matrices.some(({ durationsS }) => durationsS.some(Number.isNaN)))
    throw new InternalError("cut-off", "some stop cannot be driven to. Maybe a closure cuts its street off?");
  return (from, to, departS) => {
    const band = Math.max(
      0,
      starts.findLastIndex((start) => start <= departS),
    );
    const cell = from * points.length + to;
    return { s: Math.round(matrices[band].durationsS[cell]), m: Math.round(matrices[band].distancesM[cell]) };
  };
}
