import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** Name inside the export's folder → content. */
export type ExportFiles = ReadonlyMap<string, string | Uint8Array>;

/**
 * Writes an export's files whole or not at all: each under a temporary name first, renamed when all are on disk.
 * @returns paths of the files, in order
 */
export async function writeFiles(folder: string, files: ExportFiles): Promise<string[]> {
  await mkdir(folder, { recursive: true });
  const named = [...files].map(([name, content]) => {
    const path = join(folder, name);
    return { path, temporary: `${path}.${process.pid}.part`, content };
  });
  try {
    for (const { temporary, content } of named) await writeFile(temporary, content, { flush: true });
    for (const { temporary, path } of named) await rename(temporary, path);
  } catch (error) {
    for (const { temporary } of named) await rm(temporary, { force: true });
    throw error;
  }
  return named.map(({ path }) => path);
}
