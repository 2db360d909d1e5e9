import type { ExpressionSpecification, FilterSpecification, LayerSpecification } from "maplibre-gl";
import { TEXT } from "./base-style.ts";

/** Sources that a routes' map is given as GeoJSON: what is drawn lowest comes first. */
export const SOURCES = ["homes", "runs", "stops", "depots", "schools"] as const;
export type SourceName = (typeof SOURCES)[number];

const NONE: FilterSpecification = ["==", ["get", "run_id"], ""];

/** Which features of a layer are of the chosen run. */
export const ofRun = (runId: string | null): FilterSpecification =>
  runId === null ? NONE : ["==", ["get", "run_id"], runId];

/** Lines of runs other than the chosen one stand back. */
export const runOpacity = (chosen: string | null): number => (chosen === null ? 0.85 : 0.22);

/** So do stops of other runs. */
export const stopOpacity = (chosen: string | null): ExpressionSpecification | number =>
  chosen === null ? 0.85 : ["case", ["==", ["get", "run_id"], chosen], 1, 0.22];

export function runLayers(dark: boolean): LayerSpecification[] {
  const { text, halo } = TEXT.colors(dark);
  const ink = dark ? "#e4eaf0" : "#16202a";
  const paper = dark ? "#161e26" : "#ffffff";
  const label = (id: SourceName, size: number): LayerSpecification => ({
    id: `${id}-names`,
    type: "symbol",
    source: id,
    minzoom: id === "stops" ? 14 : 9,
    layout: {
      "text-field": ["get", "name"],
      "text-font": TEXT.font,
      "text-size": size,
      "text-anchor": "top",
      "text-offset": [0, 0.8],
      "text-optional": true,
    },
    paint: {
      "text-color": id === "stops" ? text : ink,
      "text-halo-color": id === "stops" ? halo : paper,
      "text-halo-width": 1.6,
    },
  });
  const byZoom = (far: number, near: number) => ["interpolate", ["linear"], ["zoom"], 10, far, 15, near] as never;
  const rounded = { "line-cap": "round", "line-join": "round" } as const;
  return [
    {
      id: "homes",
      type: "circle",
      source: "homes",
      paint: {
        "circle-radius": ["interpolate", ["linear"], ["sqrt", ["get", "students"]], 1, 2.2, 20, 26] as never,
        "circle-color": ink,
        "circle-opacity": ["case", [">", ["get", "students"], 1], 0.16, 0.4],
      },
    },
    {
      id: "runs",
      type: "line",
      source: "runs",
      layout: rounded,
      paint: {
        "line-color": ["get", "color"],
        "line-width": byZoom(1.6, 4),
        "line-opacity": runOpacity(null),
        "line-offset": ["coalesce", ["get", "offset"], 0],
      },
    },
    {
      id: "run-casing",
      type: "line",
      source: "runs",
      filter: NONE,
      layout: rounded,
      paint: { "line-color": paper, "line-width": byZoom(6, 11) },
    },
    {
      id: "run",
      type: "line",
      source: "runs",
      filter: NONE,
      layout: rounded,
      paint: { "line-color": ["get", "color"], "line-width": byZoom(3.5, 7) },
    },
    {
      id: "stops",
      type: "circle",
      source: "stops",
      paint: {
        "circle-radius": [
          "interpolate",
          ["linear"],
          ["zoom"],
          10,
          ["+", 0.8, ["*", 0.35, ["sqrt", ["get", "riders"]]]],
          15,
          ["+", 3, ["*", 1.5, ["sqrt", ["get", "riders"]]]],
        ] as never,
        "circle-color": paper,
        "circle-stroke-color": ["get", "color"],
        "circle-stroke-width": byZoom(0.8, 2),
        "circle-opacity": runOpacity(null),
      },
    },
    {
      id: "depots",
      type: "circle",
      source: "depots",
      paint: { "circle-radius": 6, "circle-color": paper, "circle-stroke-color": ink, "circle-stroke-width": 3 },
    },
    {
      id: "schools",
      type: "circle",
      source: "schools",
      paint: { "circle-radius": 7, "circle-color": ink, "circle-stroke-color": paper, "circle-stroke-width": 2 },
    },
    label("stops", 11),
    label("depots", 12),
    label("schools", 13),
  ];
}
