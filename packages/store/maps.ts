import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { copyFile, mkdir, open, rename } from "node:fs/promises";
import { join } from "node:path";
import type { MapFile } from "@trivium/model";

/** Maps beside the database, each under its hash: a dataset stays whole when the upload's folder is gone. */
export class Maps {
  readonly #dir: string;

  constructor(dir: string) {
    this.#dir = dir;
  }

  pathOf(sha256: string): string {
    return join(this.#dir, `${sha256}.osm.pbf`);
  }

  /** Copies the map in, whole and on disk before it has its name. */
  async keep(map: MapFile): Promise<void> {
    const path = this.pathOf(map.sha256);
    if (existsSync(path)) return;
    await mkdir(this.#dir, { recursive: true });
    const partial = join(this.#dir, `${randomUUID()}.part`);
    await copyFile(map.path, partial);
    const file = await open(partial, "r+");
    await file.sync();
    await file.close();
    await rename(partial, path);
  }
}
