import type { LatLon } from "@trivium/model";
import { distanceM } from "../../../packages/roads/geometry.ts";
import { buildRoadMap } from "../../../packages/roads/map/build.ts";

/** A place this near to a junction is at it, to the embedded engine. */
const AT_JUNCTION_M = 1.1;
const CELLS_PER_DEGREE = 10_000;

/** Is a road point at a junction of this extract? */
export async function junctionsOf(path: string): Promise<(point: LatLon) => boolean> {
  const { bus } = await buildRoadMap(path, "");
  const cells = new Map<string, LatLon[]>();
  const cellOf = (lat: number, lon: number) => [Math.round(lat * CELLS_PER_DEGREE), Math.round(lon * CELLS_PER_DEGREE)];
  bus.nodeLat.forEach((lat, node) => {
    const lon = bus.nodeLon[node]!;
    const key = cellOf(lat, lon).join();
    cells.set(key, [...(cells.get(key) ?? []), { lat, lon }]);
  });
  return ({ lat, lon }) => {
    const [y, x] = cellOf(lat, lon) as [number, number];
    for (const dy of [-1, 0, 1]) {
      for (const dx of [-1, 0, 1]) {
        for (const node of cells.get(`${y + dy},${x + dx}`) ?? []) {
          if (distanceM(lat, lon, node.lat, node.lon) <= AT_JUNCTION_M) return true;
        }
      }
    }
    return false;
  };
}
