import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { preparedMap } from "../open.ts";
import { TILE_ZOOM_MAX, type TileAddress, TileCutter } from "./cutter.ts";
import { roadLines } from "./road-lines.ts";
import { RoadTiles } from "./road-tiles.ts";

const path = fileURLToPath(new URL("../../../data/sample/roads/map.osm.pbf", import.meta.url));
const map = await preparedMap(path, {});
const lines = roadLines(map);

/** The tile that a point lies in. @see OpenStreetMap wiki, Slippy map tilenames */
function tileOf([lon, lat]: readonly [number, number], z: number): TileAddress {
  const n = 2 ** z;
  const phi = (lat * Math.PI) / 180;
  const y = Math.floor(((1 - Math.asinh(Math.tan(phi)) / Math.PI) / 2) * n);
  return { z, x: Math.floor(((lon + 180) / 360) * n), y };
}
const textOf = (tile: Uint8Array | null) => new TextDecoder("latin1").decode(tile ?? new Uint8Array());

test("every street is drawn once: lines have as many pieces as the streets of buses and those of walkers alone", () => {
  const pieces = (points: number) => points - 1;
  const drawn = lines.reduce((sum, { geometry }) => sum + pieces(geometry.coordinates.length), 0);
  const driven = (way: number) => map.ways.forwardKmh[way] > 0 || map.ways.backwardKmh[way] > 0;
  const piecesOf = ({ shapeStart }: { shapeStart: Uint32Array }, street: number) =>
    pieces(shapeStart[street + 1] - shapeStart[street]);
  let expected = 0;
  map.bus.way.forEach((_, street) => {
    if (map.bus.copyOf[street] === street) expected += piecesOf(map.bus, street);
  });
  map.walk.way.forEach((way, street) => {
    if (map.walk.usable[street] === 1 && !driven(way)) expected += piecesOf(map.walk, street);
  });
  expect(drawn).toBe(expected);
  expect(lines.length).toBeGreaterThan(500);
});

test("a named street is in the tile it lies in, from the zoom of its class on, and in none elsewhere", () => {
  const street = lines.find(({ properties }) => properties.name && properties.class === "residential");
  if (!street) throw new Error("the sample has no named residential street");
  const cutter = new TileCutter(map);
  const name = street.properties.name ?? "";
  const [at] = street.geometry.coordinates;
  expect(textOf(cutter.cut(tileOf(at, TILE_ZOOM_MAX)))).toContain(name);
  expect(textOf(cutter.cut(tileOf(at, 9)))).not.toContain(name);
  expect(cutter.cut(tileOf([at[0] + 90, at[1]], TILE_ZOOM_MAX))).toBeNull();
});

test("the thread cuts the same tile, and says what is wrong with a file that is no map", async () => {
  const tiles = new RoadTiles();
  const address = tileOf(lines[0].geometry.coordinates[0], 12);
  expect(await tiles.tile(path, address)).toEqual(new TileCutter(map).cut(address));
  await expect(tiles.tile(`${path}.gone`, address)).rejects.toMatchObject({ name: "RoadError", code: "map-missing" });
  await tiles.close();
});
