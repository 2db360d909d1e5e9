import { parentPort } from "node:worker_threads";
import { RoadError } from "@trivium/model";
import { preparedMap } from "../open.ts";
import { type TileAddress, TileCutter } from "./cutter.ts";

/** Entry of the thread that cuts tiles: sorting in a large district's lines takes seconds that nobody else shall wait for. */

export interface TileRequest extends TileAddress {
  readonly id: number;
  readonly mapPath: string;
  readonly cacheDir?: string;
}

export type TileAnswer =
  | { readonly id: number; readonly tile: Uint8Array | null }
  | { readonly id: number; readonly error: { readonly code: string; readonly message: string } };

/** Maps that are kept sorted in at a time. */
const MAPS_MAX = 3;
const cutters = new Map<string, Promise<TileCutter>>();

parentPort?.on("message", async ({ id, mapPath, cacheDir, ...address }: TileRequest) => {
  try {
    const tile = (await cutterOf(mapPath, cacheDir)).cut(address);
    parentPort?.postMessage({ id, tile } satisfies TileAnswer);
  } catch (error) {
    const code = error instanceof RoadError ? error.code : "tiles-failed";
    parentPort?.postMessage({ id, error: { code, message: String((error as Error).message) } } satisfies TileAnswer);
  }
});

function cutterOf(mapPath: string, cacheDir: string | undefined): Promise<TileCutter> {
  const known = cutters.get(mapPath);
  const cutter = known ?? preparedMap(mapPath, { cacheDir }).then((map) => new TileCutter(map));
  // The one used last comes last.
  cutters.delete(mapPath);
  cutters.set(mapPath, cutter);
  if (cutters.size > MAPS_MAX) cutters.delete(cutters.keys().next().value ?? "");
  if (!known) cutter.catch(() => cutters.delete(mapPath));
  return cutter;
}
