import { busColor } from "../../components/map/palette.ts";
import type { Bounds, Collection } from "../../components/map/route-map.tsx";
import type { Places, RoutingTables, Run } from "../../data/routing.ts";

type Feature = Collection["features"][number];
const collection = (features: Feature[]): Collection => ({ type: "FeatureCollection", features });
const point = (at: { lat: number; lon: number }, properties: Record<string, unknown>): Feature => ({
  type: "Feature",
  geometry: { type: "Point", coordinates: [at.lon, at.lat] },
  properties,
});

/** Each bus's colour, the same on every page. */
export const busColors = ({ buses }: RoutingTables, dark: boolean): ReadonlyMap<string, string> =>
  new Map(buses.map((bus, nth) => [bus, busColor(nth, dark)]));

const NO_BUS = "#7b8794";

/** Where a run goes: along the roads where its shape is known, else straight from stop to stop. */
const lineOf = ({ shapeOf, stopsOf }: RoutingTables, { run_id }: Run): [number, number][] =>
  (
    shapeOf.get(run_id) ??
    (stopsOf.get(run_id) ?? []).flatMap(({ lat, lon }) =>
      lat === undefined || lon === undefined ? [] : [[lon, lat] as const],
    )
  ).map(([lon, lat]) => [lon, lat]);

/** What the map shows of some runs of a plan. */
export function drawn(tables: RoutingTables, places: Places, shown: readonly Run[], dark: boolean, homes: boolean) {
  const colors = busColors(tables, dark);
  const colorOf = ({ bus_id }: Run) => (bus_id && colors.get(bus_id)) || NO_BUS;
  const schools = new Map(places.schools.map((school) => [school.school_id, school]));
  const runs = shown.flatMap((run): Feature[] => {
    const coordinates = lineOf(tables, run);
    if (coordinates.length < 2) return [];
    const properties = { run_id: run.run_id, color: colorOf(run) };
    return [{ type: "Feature", geometry: { type: "LineString", coordinates }, properties }];
  });
  const titles = new Map(places.stops.map(({ stop_id, title }) => [stop_id, title]));
  const stops = shown.flatMap((run) =>
    (tables.stopsOf.get(run.run_id) ?? []).flatMap(({ stop_id, lat, lon, boarding = 0, alighting = 0 }) =>
      lat === undefined || lon === undefined || schools.has(stop_id)
        ? []
        : [
            point(
              { lat, lon },
              {
                run_id: run.run_id,
                color: colorOf(run),
                riders: boarding + alighting,
                name: titles.get(stop_id) ?? "",
              },
            ),
          ],
    ),
  );
  return {
    runs: collection(runs),
    stops: collection(stops),
    schools: collection(places.schools.map((school) => point(school, { name: school.name }))),
    depots: collection(places.depots.map((depot) => point(depot, { name: depot.depot_id }))),
    homes: collection(homes ? places.homes.map((home) => point(home, { students: home.students })) : []),
  };
}

/** The box around lines and points; null around nothing. */
export function boundsOf(...collections: readonly Collection[]): Bounds | null {
  const box: Bounds = [Infinity, Infinity, -Infinity, -Infinity];
  const add = ([lon, lat]: readonly number[]) => {
    box[0] = Math.min(box[0], lon);
    box[1] = Math.min(box[1], lat);
    box[2] = Math.max(box[2], lon);
    box[3] = Math.max(box[3], lat);
  };
  for (const { geometry } of collections.flatMap(({ features }) => features)) {
    if (geometry.type === "Point") add(geometry.coordinates);
    else if (geometry.type === "LineString") geometry.coordinates.forEach(add);
  }
  return Number.isFinite(box[0]) ? box : null;
}
