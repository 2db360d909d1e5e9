import type { LayerSpecification, StyleSpecification } from "maplibre-gl";

interface Palette {
  readonly land: string;
  readonly way: string;
  readonly street: string;
  readonly main: string;
  readonly highway: string;
  readonly casing: string;
  readonly text: string;
  readonly halo: string;
}

const LIGHT: Palette = {
  land: "#f1f3f0",
  way: "#d6dcda",
  street: "#ffffff",
  main: "#fdf0cf",
  highway: "#f8d79c",
  casing: "#b3bdbd",
  text: "#4d5a60",
  halo: "#f7f9f7",
};
const DARK: Palette = {
  land: "#12191f",
  way: "#1b242c",
  street: "#2a353f",
  main: "#374450",
  highway: "#4c5864",
  casing: "#0c1216",
  text: "#9fadb9",
  halo: "#12191f",
};

const FONT = ["DejaVu Sans", "Segoe UI", "Roboto", "sans-serif"];

/** The district's own roads, and nothing from elsewhere: names are drawn with the machine's own letters. */
export function baseStyle(datasetHash: string, dark: boolean): StyleSpecification {
  const palette = dark ? DARK : LIGHT;
  return {
    version: 8,
    sources: {
      roads: {
        type: "vector",
        tiles: [`${location.origin}/v1/datasets/${datasetHash}/roads/{z}/{x}/{y}`],
        maxzoom: 14,
        attribution: "© OpenStreetMap contributors",
      },
    },
    layers: [{ id: "land", type: "background", paint: { "background-color": palette.land } }, ...roadLayers(palette)],
  };
}

/** Layers of a tile from the least road to the greatest, with their width in pixels at zooms 10, 13 and 16. */
const ROADS = [
  ["ways", "way", 0, 0.6, 3],
  ["streets", "street", 0.5, 1.8, 9],
  ["through", "street", 1, 2.8, 11],
  ["main", "main", 1.4, 4, 13],
  ["highways", "highway", 1.8, 5, 14],
] as const;

function roadLayers(palette: Palette): LayerSpecification[] {
  const width = (far: number, middle: number, near: number, more: number) =>
    ["interpolate", ["exponential", 1.4], ["zoom"], 10, far + more / 2, 13, middle + more, 16, near + more] as never;
  const line = (layer: string, id: string, color: string, widths: readonly [number, number, number], more: number) => ({
    id,
    type: "line" as const,
    source: "roads",
    "source-layer": layer,
    layout: { "line-cap": "round" as const, "line-join": "round" as const },
    paint: { "line-color": color, "line-width": width(...widths, more) },
  });
  const casings = ROADS.slice(1).map(([layer, , ...widths]) =>
    line(layer, `${layer}-casing`, palette.casing, widths, 1.2),
  );
  const fills = ROADS.map(([layer, tone, ...widths]) => line(layer, layer, palette[tone], widths, 0));
  return [...casings, ...fills, ...ROADS.slice(1).map(([layer]) => nameLayer(layer, palette))];
}

function nameLayer(layer: string, { text, halo }: Palette): LayerSpecification {
  return {
    id: `${layer}-names`,
    type: "symbol",
    source: "roads",
    "source-layer": layer,
    minzoom: layer === "streets" ? 14.5 : 12,
    filter: ["has", "name"],
    layout: {
      "symbol-placement": "line",
      "text-field": ["get", "name"],
      "text-font": FONT,
      "text-size": 11,
      "text-max-angle": 30,
      "symbol-spacing": 400,
    },
    paint: { "text-color": text, "text-halo-color": halo, "text-halo-width": 1.4 },
  };
}

export const TEXT = { font: FONT, colors: (dark: boolean) => (dark ? DARK : LIGHT) };
