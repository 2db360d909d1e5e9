import type { FindingList } from "../report.ts";
import { readJson } from "./json.ts";

export const AREAS_FILE = "roads/areas.geojson";

/** The named areas of speed factors, parsed; undefined where there are none or they cannot be read, which is a finding. */
export function readAreas(files: ReadonlyMap<string, Uint8Array>, findings: FindingList): unknown {
  const bytes = files.get(AREAS_FILE);
  if (!bytes) return undefined;
  const json = readJson(bytes);
  const why = json.ok ? shapeProblem(json.value) : json.why;
  if (why === undefined && json.ok) return json.value;
  findings.add({
    code: "bad-geojson",
    severity: "error",
    area: "roads",
    file: AREAS_FILE,
    message: `${AREAS_FILE} cannot be used: ${why}`,
    expected: "a GeoJSON FeatureCollection of Polygons or MultiPolygons, each with an id",
    mend: "export the areas again as GeoJSON, with an id for each feature",
  });
  return undefined;
}

interface Feature {
  readonly id?: unknown;
  readonly properties?: { readonly id?: unknown } | null;
  readonly geometry?: { readonly type?: unknown } | null;
}

/** Ids of the features: `id`, or the property of that name. */
export function areaIds(geojson: unknown): string[] {
  return features(geojson).flatMap((feature) => {
    const id = feature.id ?? feature.properties?.id;
    return id === undefined || id === null ? [] : [String(id)];
  });
}

function features(geojson: unknown): readonly Feature[] {
  const list = (geojson as { features?: unknown } | undefined)?.features;
  return Array.isArray(list) ? (list as Feature[]).filter((each) => typeof each === "object" && each !== null) : [];
}

function shapeProblem(value: unknown): string | undefined {
  const collection = value as { type?: unknown; features?: unknown } | null;
  if (collection?.type !== "FeatureCollection" || !Array.isArray(collection.features))
    return "it is no FeatureCollection";
  const wrong = (collection.features as (Feature | null)[]).findIndex(
    (feature) => feature?.geometry?.type !== "Polygon" && feature?.geometry?.type !== "MultiPolygon",
  );
  if (wrong >= 0) return `feature ${wrong + 1} is no polygon`;
  return areaIds(value).length < collection.features.length ? "a feature has no id" : undefined;
}
