import { z } from "zod";
import { insideRing } from "../geometry.ts";

type Ring = readonly (readonly [number, number])[];
/** Polygons, each an outer ring and its holes. */
export type Area = readonly (readonly Ring[])[];

const ring = z.array(z.tuple([z.number(), z.number()]).rest(z.number()));
const geometry = z.discriminatedUnion("type", [
  z.object({ type: z.literal("Polygon"), coordinates: z.array(ring) }),
  z.object({ type: z.literal("MultiPolygon"), coordinates: z.array(z.array(ring)) }),
]);
const feature = z.object({
  id: z.union([z.string(), z.number()]).optional(),
  properties: z.object({ id: z.union([z.string(), z.number()]).optional() }).nullish(),
  geometry,
});
const collection = z.object({ features: z.array(z.unknown()) });

/** Areas of a GeoJSON feature collection by feature id (or the property `id`); features that are no polygons are passed over. */
export function areasById(geojson: unknown): Map<string, Area> {
  const areas = new Map<string, Area>();
  const parsed = collection.safeParse(geojson);
  for (const each of parsed.success ? parsed.data.features : []) {
    const found = feature.safeParse(each);
    const id = found.data?.id ?? found.data?.properties?.id;
    if (!found.success || id === undefined) continue;
    const { type, coordinates } = found.data.geometry;
    areas.set(String(id), (type === "Polygon" ? [coordinates] : coordinates) as unknown as Area);
  }
  return areas;
}

export function inArea(lat: number, lon: number, area: Area): boolean {
  return area.some(
    ([outer, ...holes]) =>
      outer !== undefined && insideRing(lat, lon, outer) && !holes.some((hole) => insideRing(lat, lon, hole)),
  );
}
