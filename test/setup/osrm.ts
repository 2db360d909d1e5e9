import { fileURLToPath } from "node:url";
import { type OsrmExecutables, osrmExecutables } from "@trivium/roads";

/** Where the checkout keeps what its tests bring. */
export const OSRM_CACHE = fileURLToPath(new URL("../../.cache/", import.meta.url));

/** A real OSRM: as Trivium itself finds it (`OSRM_BIN`, the PATH, the wheel into `.cache/`); else the reason why there is none, which `CI=true` does not accept. */
export async function realOsrm(): Promise<OsrmExecutables | { readonly reason: string }> {
  try {
    const { OSRM_BIN: bin, PATH: path } = process.env;
    return await osrmExecutables({ ...(bin ? { bin } : {}), path: path ?? "", cacheDir: OSRM_CACHE });
  } catch (error) {
    if (process.env.CI === "true") throw error;
    return { reason: (error as Error).message };
  }
}
