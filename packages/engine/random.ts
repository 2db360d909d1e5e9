/**
 * Seeded pseudo-random numbers: sfc32, 128 bits of state, period ≥ 2³², fast in 32-bit integers.
 * The same seed gives the same sequence on every machine; a fork is independent of how much the parent was used.
 *
 * @see Chris Doty-Humphrey, PractRand 0.94, "sfc32"; seeding by splitmix32
 */
export class Random {
  #a: number;
  #b: number;
  #c: number;
  #counter = 1;
  /** What this stream was started from; ships a stream to another thread. */
  readonly seed: number;

  constructor(seed: number) {
    this.seed = seed >>> 0;
    let state = this.seed;
    const mix = () => {
      state = (state + 0x9e3779b9) | 0;
      let word = state ^ (state >>> 16);
      word = Math.imul(word, 0x21f0aaad);
      word ^= word >>> 15;
      word = Math.imul(word, 0x735a2d97);
      return word ^ (word >>> 15);
    };
    this.#a = mix();
    this.#b = mix();
    this.#c = mix();
    for (let i = 0; i < 12; i++) this.bits();
  }

  /** 32 random bits as an unsigned integer. */
  bits(): number {
    const sum = (this.#a + this.#b + this.#counter) | 0;
    this.#counter = (this.#counter + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = ((this.#c << 21) | (this.#c >>> 11)) + sum;
    this.#c |= 0;
    return sum >>> 0;
  }

  /** Uniform in [0, 1). */
  unit(): number {
    return this.bits() / 4294967296;
  }

  /** Uniform whole number in [0, below); `below` from 1 to 2³². The bias is under below / 2³². */
  below(below: number): number {
    return Math.floor((this.bits() / 4294967296) * below);
  }

  /** In-place Fisher–Yates shuffle of the first `length` entries. */
  shuffle<T extends { [index: number]: unknown; length: number }>(items: T, length = items.length): T {
    for (let i = length - 1; i > 0; i--) {
      const j = this.below(i + 1);
      const held = items[i];
      items[i] = items[j];
      items[j] = held;
    }
    return items;
  }

  /** An independent stream for part `index` (a child, a chain, a school), fixed by the seed alone. */
  fork(index: number): Random {
    return new Random((Math.imul(this.seed ^ 0x5bd1e995, 0x9e3779b1) + Math.imul(index + 1, 0x85ebca6b)) >>> 0);
  }
}
