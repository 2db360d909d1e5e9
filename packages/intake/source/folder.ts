import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

/** Folders are searched this deep: `scheduling/courses.csv` is at 2. */
const DEPTH_MAX = 3;
const READ = /\.(csv|tsv|txt|json|geojson)$/i;

/** Text files of a district folder by their path inside it. Maps are not read: they are hashed where they lie. */
export async function readFolder(folder: string, wanted: ReadonlySet<string>): Promise<Map<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>();
  await walk(folder, "", 1, async (path) => {
    if (READ.test(path) || wanted.has(path)) files.set(path, await readFile(join(folder, path)));
  });
  return files;
}

async function walk(
  root: string,
  inside: string,
  depth: number,
  visit: (path: string) => Promise<void>,
): Promise<void> {
  const entries = await readdir(join(root, inside), { withFileTypes: true });
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (entry.name.startsWith(".")) continue;
    const path = inside === "" ? entry.name : `${inside}/${entry.name}`;
    if (entry.isDirectory()) {
      if (depth < DEPTH_MAX) await walk(root, path, depth + 1, visit);
    } else await visit(path);
  }
}
