import type { Drive, LatLon, RoadNetwork, Snap, StopPlace, TravelMatrix, WalkOptions } from "@trivium/model";

const METRES_PER_DEGREE = 111_320;
const BLOCK_M = 100;
const COLLECTOR_EVERY_M = 500;
const ARTERIAL_EVERY_M = 1000;
const SPEED_M_S = 9;
const PEAK = { fromS: 7 * 3600, toS: 9 * 3600, factor: 0.8 };

/** Metres east and north of the city's corner. */
interface Spot {
  readonly x: number;
  readonly y: number;
}

/**
 * A city of square blocks for tests: streets every 100 m, every fifth a collector, every tenth an arterial, all two-way.
 * Drives and walks are true shortest ways on that grid between points on its streets (Manhattan metric), slower from 7 to 9.
 */
export const gridCity = (): RoadNetwork => ({
  identity: { engine: "embedded", map_hash: "grid-city", profile: "test", bands: ["00:00", "07:00", "09:00"] },
  nearest: async (points, _use, maxM) =>
    points.map((point) => {
      const snap = snapOf(point);
      return snap.distanceM <= maxM ? snap : null;
    }),
  matrix: async (sources, targets, departS) => matrixOf(sources, targets, departS),
  drive: async (points, departS) => driveOf(points, departS),
  walk: async (origin, targets, options) => Float64Array.from(targets, (target) => walkOf(origin, target, options)),
  stopPlaces: async (near, withinM) => cornersNear(near, withinM),
});

/** A point `x` metres east and `y` north of the corner. */
export const at = (x: number, y: number): LatLon => ({ lat: 40 + y / METRES_PER_DEGREE, lon: -75 + x / LON_M });
const LON_M = METRES_PER_DEGREE * Math.cos((40 * Math.PI) / 180);

const spotOf = ({ lat, lon }: LatLon): Spot => ({ x: (lon + 75) * LON_M, y: (lat - 40) * METRES_PER_DEGREE });
const onGrid = (value: number): number => Math.round(value / BLOCK_M) * BLOCK_M;

/** The nearer of the street to the west or east and the street to the north or south. */
function onStreet(spot: Spot): Spot {
  const byX = Math.abs(spot.x - onGrid(spot.x));
  const byY = Math.abs(spot.y - onGrid(spot.y));
  return byX <= byY ? { x: onGrid(spot.x), y: spot.y } : { x: spot.x, y: onGrid(spot.y) };
}

const between = (a: Spot, b: Spot): number => Math.abs(a.x - b.x) + Math.abs(a.y - b.y);

function snapOf(point: LatLon): Snap {
  const spot = spotOf(point);
  const road = onStreet(spot);
  const line = road.x === onGrid(spot.x) ? road.x : road.y;
  return {
    ...at(road.x, road.y),
    distanceM: Math.hypot(road.x - spot.x, road.y - spot.y),
    street: `street ${line}`,
    osmWayId: String(line),
    roadClass: classOf(line),
  };
}

function classOf(line: number): "secondary" | "tertiary" | "residential" {
  if (line % ARTERIAL_EVERY_M === 0) return "secondary";
  return line % COLLECTOR_EVERY_M === 0 ? "tertiary" : "residential";
}

const speedAt = (departS: number): number =>
  departS >= PEAK.fromS && departS < PEAK.toS ? SPEED_M_S * PEAK.factor : SPEED_M_S;

function matrixOf(sources: readonly LatLon[], targets: readonly LatLon[], departS: number): TravelMatrix {
  const from = sources.map((point) => onStreet(spotOf(point)));
  const to = targets.map((point) => onStreet(spotOf(point)));
  const distancesM = Float64Array.from(from.flatMap((a) => to.map((b) => between(a, b))));
  return {
    sources: from.length,
    targets: to.length,
    distancesM,
    durationsS: distancesM.map((metres) => metres / speedAt(departS)),
  };
}

function driveOf(points: readonly LatLon[], departS: number): Drive {
  const { distancesM, durationsS } = matrixOf(points, points, departS);
  const legs = points.slice(1).map((_, k) => {
    const cell = k * points.length + k + 1;
    return { distanceM: distancesM[cell], durationS: durationsS[cell] };
  });
  return { legs, coordinates: points.map(({ lat, lon }) => [lon, lat] as const) };
}

function walkOf(origin: LatLon, target: LatLon, options: WalkOptions): number {
  const [a, b] = [spotOf(origin), spotOf(target)];
  const [from, to] = [onStreet(a), onStreet(b)];
  const metres = Math.hypot(a.x - from.x, a.y - from.y) + between(from, to) + Math.hypot(b.x - to.x, b.y - to.y);
  if (metres > options.limitM) return Number.NaN;
  const barred = { none: 100, residential: COLLECTOR_EVERY_M, collector: ARTERIAL_EVERY_M, arterial: 0 }[
    options.mayCross
  ];
  const crosses = (p: number, q: number) =>
    barred > 0 && Math.floor((Math.max(p, q) - 1e-6) / barred) > Math.floor((Math.min(p, q) + 1e-6) / barred);
  return crosses(a.x, b.x) || crosses(a.y, b.y) ? Number.NaN : metres;
}

function cornersNear(near: readonly LatLon[], withinM: number): StopPlace[] {
  const corners = new Map<string, StopPlace>();
  for (const point of near) {
    const { x, y } = spotOf(point);
    for (let column = onGrid(x - withinM); column <= x + withinM; column += BLOCK_M)
      for (let row = onGrid(y - withinM); row <= y + withinM; row += BLOCK_M) {
        if (Math.hypot(column - x, row - y) > withinM) continue;
        const id = `C${column}_${row}`;
        if (!corners.has(id)) corners.set(id, { id, ...at(column, row), title: id, corner: true });
      }
  }
  return [...corners.values()];
}
