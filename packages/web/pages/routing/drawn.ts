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

/** Colours of two plans on one map, and of what both have. */
export const sideColors = (dark: boolean) =>
  dark
    ? ({ a: "#6fbbe8", b: "#f0a35e", both: "#a2b0be" } as const)
    : ({ a: "#0b5f8a", b: "#b4540a", both: "#51606e" } as const);
/** Pixels by which lines of two plans lie beside each other where both drive. */
const BESIDE_PX = 1.6;

interface Side {
  readonly tables: RoutingTables;
  readonly runs: readonly Run[];
}

/** What the map shows of two plans at once: each one's lines in its colour, stops in theirs or, where both call there, in a third. */
export function drawnBoth(places: Places, a: Side, b: Side, dark: boolean) {
  const colors = sideColors(dark);
  const [left, right] = [a, b].map(({ tables, runs }) => drawn(tables, places, runs, dark, false));
  const inColor = (features: readonly Feature[], color: string, offset: number): Feature[] =>
    features.map((feature) => ({ ...feature, properties: { ...feature.properties, color, offset } }));
  const key = ({ geometry }: Feature) => String(geometry.coordinates);
  const [leftStops, rightStops] = [left, right].map(({ stops }) => new Map(stops.features.map((f) => [key(f), f])));
  const stopsOf = (own: ReadonlyMap<string, Feature>, others: ReadonlyMap<string, Feature>, color: string) =>
    [...own].flatMap(([at, stop]) => inColor([stop], others.has(at) ? colors.both : color, 0));
  return {
    ...left,
    runs: collection([
      ...inColor(left.runs.features, colors.a, -BESIDE_PX),
      ...inColor(right.runs.features, colors.b, BESIDE_PX),
    ]),
    stops: collection([
      ...stopsOf(leftStops, rightStops, colors.a),
      ...stopsOf(rightStops, leftStops, colors.b).filter(({ properties }) => properties.color !== colors.both),
    ]),
  };
}
