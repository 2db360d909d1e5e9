import { parentPort } from "node:worker_threads";
import { type Mapping, type NamedMapping, type ReadDistrict, readDistrict } from "@trivium/intake";
import { type PackedError, packError } from "@trivium/jobs";

/** Entry of a thread that reads uploaded districts, one after the other: parsing and checking a large one takes seconds that nobody else shall wait. */
export interface ReadRequest {
  readonly path: string;
  readonly mapDir?: string;
  readonly mapping?: Mapping;
  readonly remembered?: readonly NamedMapping[];
}
export type ReadMessage = { readonly read: ReadDistrict } | { readonly error: PackedError };

parentPort?.on("message", async ({ path, ...options }: ReadRequest) => {
  const tell = (message: ReadMessage) => parentPort?.postMessage(message);
  try {
    tell({ read: await readDistrict(path, options) });
  } catch (error) {
    tell({ error: packError(error) });
  }
});
