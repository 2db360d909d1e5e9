import type { Drive, LatLon, MayCross, RoadNetwork, Snap } from "@trivium/model";

const METRES_PER_DEGREE = (6_371_008.8 * Math.PI) / 180;
const LAT = 40;
const LON = -90;
const EAST = METRES_PER_DEGREE * Math.cos((LAT * Math.PI) / 180);

/** The place `x` metres east and `y` metres north of the city's middle. */
export const at = (x: number, y: number): { lat: number; lon: number } => ({
  lat: LAT + y / METRES_PER_DEGREE,
  lon: LON + x / EAST,
});

const xOf = ({ lon }: LatLon): number => (lon - LON) * EAST;
const yOf = ({ lat }: LatLon): number => (lat - LAT) * METRES_PER_DEGREE;
const away = (a: LatLon, b: LatLon): number => Math.abs(xOf(a) - xOf(b)) + Math.abs(yOf(a) - yOf(b));

/** Streets run every 100 m both ways; the arterial lies along x = 1,050 m and only `arterial` may cross it. Buses drive 10 m/s, 8 m/s from 07:00 to 09:00. */
const ARTERIAL_X = 1050;
const speed = (departS: number): number => (departS >= 7 * 3600 && departS < 9 * 3600 ? 8 : 10);

/** A city of straight streets where every drive and walk can be worked out by hand. */
export const gridCity: RoadNetwork = {
  identity: { engine: "embedded", map_hash: "grid", profile: "bus", bands: ["00:00", "07:00", "09:00"] },
  nearest: async (points, _use, maxM) => points.map((point) => snapped(point, maxM)),
  matrix: async (sources, targets, departS) => {
    const metres = sources.flatMap((from) => targets.map((to) => away(from, to)));
    return {
      sources: sources.length,
      targets: targets.length,
      durationsS: Float64Array.from(metres, (m) => m / speed(departS)),
      distancesM: Float64Array.from(metres),
    };
  },
  drive: async (points, departS): Promise<Drive> => ({
    legs: points.slice(1).map((to, index) => {
      const distanceM = away(points[index], to);
      return { distanceM, durationS: distanceM / speed(departS) };
    }),
    coordinates: points.map(({ lat, lon }) => [lon, lat] as const),
  }),
  walk: async (origin, targets, { limitM, mayCross }) =>
    Float64Array.from(targets, (target) => walkM(origin, target, limitM, mayCross)),
  stopPlaces: async () => [],
};

function snapped(point: LatLon, maxM: number): Snap | null {
  const [x, y] = [Math.round(xOf(point) / 100) * 100, Math.round(yOf(point) / 100) * 100];
  const byX = Math.abs(xOf(point) - x) < Math.abs(yOf(point) - y);
  const road = byX ? at(x, yOf(point)) : at(xOf(point), y);
  const distanceM = away(point, road);
  return distanceM <= maxM ? { ...road, distanceM, street: "", osmWayId: "1", roadClass: "residential" } : null;
}

function walkM(from: LatLon, to: LatLon, limitM: number, mayCross: MayCross): number {
  const crosses = xOf(from) < ARTERIAL_X !== xOf(to) < ARTERIAL_X;
  const metres = away(from, to);
  return metres > limitM || (crosses && mayCross !== "arterial") ? Number.NaN : metres;
}
