import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { readDistrict } from "@trivium/intake";
import type { Dataset } from "@trivium/model";

const root = fileURLToPath(new URL("../", import.meta.url));

/** The committed sample district. */
export const SAMPLE = join(root, "data", "sample");

/** A file or folder of the reference data beside the project, or undefined where it is absent. */
export function shared(path: string): string | undefined {
  const full = join(root, "..", "shared", "data", path);
  return existsSync(full) ? full : undefined;
}

export async function district(path: string, roadsFile?: string): Promise<Dataset> {
  const { dataset, report } = await readDistrict(path, roadsFile === undefined ? {} : { roadsFile });
  if (!dataset) throw new Error(`${path} has ${report.errors} errors: ${report.findings[0]?.message}`);
  return dataset;
}
