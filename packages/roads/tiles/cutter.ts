import { GeoJSONVT } from "@maplibre/geojson-vt";
import { fromGeojsonVt } from "@maplibre/vt-pbf";
import type { RoadMap } from "../map/road-map.ts";
import { type RoadLine, roadLines } from "./road-lines.ts";

/** A tile of the web's square map: zoom, column from the west, row from the north. */
export interface TileAddress {
  readonly z: number;
  readonly x: number;
  readonly y: number;
}

/** Tiles are cut up to here; a closer look stretches the last (a unit is 0.6 m on the ground there at 40° north). */
export const TILE_ZOOM_MAX = 14;
const EXTENT = 4096;
const SPEC_VERSION = 2;

/** Layers of a tile by the OSM highway values that they hold, and from which zoom on: what would be a grey mass from afar is left out. */
const LAYERS = [
  ["highways", 0, /^(motorway|trunk)(_link)?$/],
  ["main", 8, /^(primary|secondary)(_link)?$/],
  ["through", 10, /^tertiary(_link)?$/],
  ["streets", 11, /^(residential|unclassified|living_street|road)$/],
  ["ways", 13, /^/],
] as const;

type Layer = { readonly name: string; readonly fromZoom: number; readonly index: GeoJSONVT };

/**
 * Cuts vector tiles (Mapbox Vector Tile 2.1) out of a road map: layers `highways`, `main`, `through`, `streets` and `ways`, lines with `class` (OSM's
 * highway) and `name`. The lines are sorted in once; each tile then takes milliseconds.
 */
export class TileCutter {
  readonly #layers: readonly Layer[];

  constructor(map: RoadMap) {
    const byLayer = Map.groupBy(roadLines(map), layerOf);
    this.#layers = LAYERS.flatMap(([name, fromZoom]) => {
      const features = byLayer.get(name) ?? [];
      if (features.length === 0) return [];
      const index = new GeoJSONVT({ type: "FeatureCollection", features }, { maxZoom: TILE_ZOOM_MAX, extent: EXTENT });
      return [{ name, fromZoom, index }];
    });
  }

  /** The tile's bytes; none where it is empty. */
  cut({ z, x, y }: TileAddress): Uint8Array | null {
    const found: Record<string, NonNullable<ReturnType<GeoJSONVT["getTile"]>>> = {};
    for (const { name, fromZoom, index } of this.#layers) {
      const tile = z < fromZoom ? null : index.getTile(z, x, y);
      if (tile) found[name] = tile;
    }
    return Object.keys(found).length === 0 ? null : fromGeojsonVt(found, { version: SPEC_VERSION, extent: EXTENT });
  }
}

const layerOf = ({ properties }: RoadLine): string =>
  LAYERS.find(([, , classes]) => classes.test(properties.class))?.[0] ?? "ways";
