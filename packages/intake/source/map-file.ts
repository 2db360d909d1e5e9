import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, open, rename, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type MapFile, sha256 } from "@trivium/model";

/** A map where it lies: its hash is taken in a stream, it is never held in memory. */
export async function mapFileAt(path: string): Promise<MapFile> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(path)) hash.update(chunk as Uint8Array);
  return { path, sha256: hash.digest("hex"), bytes: (await stat(path)).size };
}

/** A map that came inside a zip, put on disk under its own hash, so that the same map is kept once. */
export async function keepMap(bytes: Uint8Array, folder: string): Promise<MapFile> {
  const hash = sha256(bytes);
  const path = join(folder, `${hash}.osm.pbf`);
  const there = await stat(path).catch(() => undefined);
  if (there?.size !== bytes.length) {
    await mkdir(folder, { recursive: true });
    const temporary = `${path}.${process.pid}.part`;
    await writeFile(temporary, bytes);
    await rename(temporary, path);
  }
  return { path, sha256: hash, bytes: bytes.length };
}

/** Whether the file opens as OpenStreetMap's PBF does: a block header named OSMHeader. */
export async function looksLikePbf(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(64), 0, 64, 0);
    return buffer.subarray(0, bytesRead).includes("OSMHeader");
  } finally {
    await file.close();
  }
}
