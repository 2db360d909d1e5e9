import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const folder = fileURLToPath(new URL("./results/peers/", import.meta.url));

/** What a peer took, measured once for each version and instance: delete the file to measure it again. */
export async function measuredOnce(
  name: string,
  measure: () => Promise<Readonly<Record<string, number>>>,
): Promise<Readonly<Record<string, number>>> {
  const path = join(folder, `${name}.json`);
  if (existsSync(path)) return JSON.parse(readFileSync(path, "utf8"));
  const figures = await measure();
  mkdirSync(folder, { recursive: true });
  writeFileSync(path, `${JSON.stringify(figures, null, 2)}\n`);
  return figures;
}
