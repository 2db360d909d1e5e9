import { Worker } from "node:worker_threads";
import { RoadError } from "@trivium/model";
import type { TileAddress } from "./cutter.ts";
import type { TileAnswer, TileRequest } from "./tile-thread.ts";

interface Waiting {
  readonly resolve: (tile: Uint8Array | null) => void;
  readonly reject: (error: unknown) => void;
}

/** Tiles of road maps, cut in a thread that the first one starts; it is in nobody's way when the process wants to end. */
export class RoadTiles {
  readonly #cacheDir: string | undefined;
  readonly #waiting = new Map<number, Waiting>();
  #thread: Worker | undefined;
  #last = 0;

  /** @param cacheDir where prepared maps are kept, as for `openRoads` */
  constructor(cacheDir?: string) {
    this.#cacheDir = cacheDir;
  }

  /** A tile of a map file; null where no road is. @throws RoadError as `openMap`, tiles-stopped */
  tile(mapPath: string, address: TileAddress): Promise<Uint8Array | null> {
    const thread = this.#started();
    const id = ++this.#last;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      thread.ref();
      const request: TileRequest = { ...address, id, mapPath, ...(this.#cacheDir ? { cacheDir: this.#cacheDir } : {}) };
      thread.postMessage(request);
    });
  }

  async close(): Promise<void> {
    await this.#thread?.terminate();
  }

  #started(): Worker {
    if (this.#thread) return this.#thread;
    const thread = new Worker(new URL("./tile-thread.ts", import.meta.url));
    thread.on("message", (answer: TileAnswer) => {
      const waiting = this.#waiting.get(answer.id);
      this.#waiting.delete(answer.id);
      if (this.#waiting.size === 0) thread.unref();
      if ("error" in answer) waiting?.reject(new RoadError(answer.error.code, answer.error.message));
      else waiting?.resolve(answer.tile);
    });
    const stopped = (cause: unknown) => {
      this.#thread = undefined;
      const error = new RoadError("tiles-stopped", `The thread that draws road maps has stopped (${String(cause)}).`);
      for (const { reject } of this.#waiting.values()) reject(error);
      this.#waiting.clear();
    };
    thread.on("error", stopped);
    thread.on("exit", stopped);
    this.#thread = thread;
    return thread;
  }
}
