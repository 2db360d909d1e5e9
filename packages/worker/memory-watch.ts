import type { Worker } from "node:worker_threads";
import { InternalError } from "@trivium/model";

const LOOK_MS = 250;
const MB = 2 ** 20;

interface Watched {
  readonly worker: Worker;
  readonly capMb: number;
  readonly onBreach: (error: InternalError) => void;
  heldMb: number;
}

/**
 * Keeps each solve to its memory. A thread's own limit (`resourceLimits`) holds its JavaScript heap; typed arrays are counted by asking
 * the thread; WebAssembly and threads of threads show only in the process: when all solves together hold more than their caps, the one
 * that is known to hold most is ended, so the process and the other solves live.
 */
class MemoryWatch {
  readonly #watched = new Set<Watched>();
  #timer: NodeJS.Timeout | undefined;
  #baseMb = 0;

  /** Returns what ends the watch. */
  watch(worker: Worker, capMb: number, onBreach: (error: InternalError) => void): () => void {
    if (this.#watched.size === 0) this.#baseMb = rssMb();
    const entry: Watched = { worker, capMb, onBreach, heldMb: 0 };
    this.#watched.add(entry);
    this.#timer ??= setInterval(() => void this.#look(), LOOK_MS).unref();
    return () => {
      this.#watched.delete(entry);
      if (this.#watched.size > 0) return;
      clearInterval(this.#timer);
      this.#timer = undefined;
    };
  }

  async #look(): Promise<void> {
    await Promise.all([...this.#watched].map(measured));
    const entries = [...this.#watched].sort((a, b) => b.heldMb - a.heldMb);
    for (const entry of entries) if (entry.heldMb > entry.capMb) this.#breach(entry, entry.heldMb);
    const grownMb = rssMb() - this.#baseMb;
    const capMb = entries.reduce((sum, entry) => sum + entry.capMb, 0);
    if (entries.length > 0 && grownMb > capMb) this.#breach(entries[0], grownMb);
  }

  #breach(entry: Watched, heldMb: number): void {
    if (this.#watched.delete(entry)) entry.onBreach(memoryCap(entry.capMb, heldMb));
  }
}

/** A thread that is busy in native code answers late: what was known of it stands. */
async function measured(entry: Watched): Promise<void> {
  const late = new Promise<undefined>((resolve) => setTimeout(() => resolve(undefined), LOOK_MS));
  const heap = await Promise.race([entry.worker.getHeapStatistics().catch(() => undefined), late]);
  if (heap) entry.heldMb = (heap.total_heap_size + heap.external_memory + heap.malloced_memory) / MB;
}

const rssMb = () => process.memoryUsage.rss() / MB;

export const memoryCap = (capMb: number, heldMb = capMb): InternalError =>
  new InternalError(
    "memory-cap",
    `the solve took ${Math.round(heldMb)} MB, and may have ${Math.round(capMb)}. Maybe solve one school, or give solves more memory`,
    { values: { capMb, heldMb: Math.round(heldMb) } },
  );

/** Of this process. */
export const memoryWatch = new MemoryWatch();
