import type { Dataset, LatLon, RoadNetwork } from "@trivium/model";
import type { Place } from "../problem.ts";

/** Farther from the road than this, the bus would not stand at the stop. */
const SNAP_MAX_M = 60;

/** A place where riders might board: where people stand (`lat`, `lon`) and where the bus does (`road`). */
export interface Candidate extends LatLon {
  readonly id: string;
  readonly title: string;
  readonly road: Place;
  /** Schools it may serve; null = all. */
  readonly schools: ReadonlySet<string> | null;
  readonly ridersMax: number;
}

/** The district's active stops where `stops.csv` is given, else corners and mid-block places near the homes. A stop off the roads that buses may stop on is no candidate. */
export async function candidatesOf(
  dataset: Dataset,
  roads: RoadNetwork,
  homes: readonly LatLon[],
  withinM: number,
): Promise<Candidate[]> {
  if (!dataset.present.has("stops") || dataset.tables.stops.length === 0) {
    const places = await roads.stopPlaces(homes, withinM);
    return places.map((place) => ({
      ...place,
      road: { id: place.id, lat: place.lat, lon: place.lon, title: place.title },
      schools: null,
      ridersMax: Infinity,
    }));
  }
  const rows = dataset.tables.stops.filter((stop) => stop.active !== false);
  const snaps = await roads.nearest(
    rows.map(({ lat, lon }) => ({ lat, lon })),
    "board",
    SNAP_MAX_M,
  );
  return rows.flatMap((stop, index) => {
    const snap = snaps[index];
    if (!snap) return [];
    const title = stop.title ?? stop.stop_id;
    return {
      id: stop.stop_id,
      lat: stop.lat,
      lon: stop.lon,
      title,
      road: { id: stop.stop_id, lat: snap.lat, lon: snap.lon, title },
      schools: stop.schools && stop.schools.length > 0 ? new Set(stop.schools) : null,
      ridersMax: stop.riders_max ?? Infinity,
    };
  });
}
