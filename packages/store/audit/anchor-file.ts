import { readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Anchor } from "./chain.ts";

/** How often the anchor is written at most. */
const QUIET_MS = 1000;

/** The log's last known end, in a file outside of the database: entries that are cut off there are missed here. */
export class AnchorFile {
  readonly #path: string;
  #latest: Anchor | undefined;
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<void> = Promise.resolve();

  constructor(dir: string) {
    this.#path = join(dir, "audit-anchor.json");
  }

  note(anchor: Anchor): void {
    this.#latest = { seq: anchor.seq, hash: anchor.hash };
    this.#timer ??= setTimeout(() => void this.flush(), QUIET_MS).unref();
  }

  /** Best effort: a full disk stops no work for the sake of a second proof. */
  flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#writing = this.#writing.then(async () => {
      const latest = this.#latest;
      this.#latest = undefined;
      const known = latest && (await this.read());
      if (!latest || (known && known.seq >= latest.seq)) return;
      const partial = `${this.#path}.${process.pid}.partial`;
      await writeFile(partial, JSON.stringify(latest), { mode: 0o600 });
      await rename(partial, this.#path);
    });
    this.#writing = this.#writing.catch(() => {});
    return this.#writing;
  }

  async read(): Promise<Anchor | undefined> {
    try {
      return JSON.parse(await readFile(this.#path, "utf8")) as Anchor;
    } catch {
      return undefined;
    }
  }
}
