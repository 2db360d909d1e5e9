/** So many at a time in this process, whoever hands the work over; the others wait for their turn. */
export class Slots {
  readonly count: number;
  #busy = 0;
  readonly #queue: (() => void)[] = [];

  constructor(count: number) {
    this.count = count;
  }

  get busy(): number {
    return this.#busy;
  }

  get idle(): number {
    return this.count - this.#busy;
  }

  async use(work: () => Promise<void>): Promise<void> {
    if (this.#busy < this.count) this.#busy++;
    // Whoever ends hands its place to the one that waits.
    else await new Promise<void>((resolve) => this.#queue.push(resolve));
    try {
      await work();
    } finally {
      const next = this.#queue.shift();
      if (next) next();
      else this.#busy--;
    }
  }
}
