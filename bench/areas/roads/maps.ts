import { Random } from "@trivium/engine";
import type { LatLon, RoadNetwork } from "@trivium/model";

/** South, west, north, east. */
type Box = readonly [number, number, number, number];

/** The extracts, with rough boxes of their towns for points to measure with. */
export const MAPS: Readonly<Record<string, Box>> = {
  "harrisburg-pa": [40.21, -76.845, 40.31, -76.755],
  "columbus-oh": [39.9, -83.1, 40.05, -82.9],
  "porto-metro": [41.1, -8.7, 41.25, -8.5],
  "nyc-dimacs": [40.55, -74.2, 41.0, -73.7],
};

/** Random points of a box, the same ones each time. */
function pointsIn([south, west, north, east]: Box, count: number, seed = 1): LatLon[] {
  const random = new Random(seed);
  return Array.from({ length: count }, () => ({
    lat: south + random.unit() * (north - south),
    lon: west + random.unit() * (east - west),
  }));
}

/** Random points within `maxM` of a road that a bus may use: as they are, or (`onRoad`) at the road. */
export async function placesIn(
  box: Box,
  count: number,
  network: RoadNetwork,
  maxM = 300,
  onRoad = true,
): Promise<LatLon[]> {
  const places: LatLon[] = [];
  for (let seed = 1; places.length < count && seed < 100; seed++) {
    const asked = pointsIn(box, count, seed);
    const snaps = await network.nearest(asked, "bus", maxM);
    snaps.forEach((snap, i) => {
      if (snap !== null) places.push(onRoad ? { lat: snap.lat, lon: snap.lon } : asked[i]!);
    });
  }
  return places.slice(0, count);
}

/** Wall-clock seconds of some work. */
export async function seconds(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
}

/** The fastest of a few: what else runs on the machine only slows. */
export async function fastest(times: number, work: () => Promise<unknown>): Promise<number> {
  let best = Infinity;
  for (let i = 0; i < times; i++) best = Math.min(best, await seconds(work));
  return best;
}
