/** Sets of small integers, one a bucket; adding, removing and walking through are O(1) an item, nothing is allocated after the start. */
export class Buckets {
  readonly items: Int32Array;
  readonly count: Int32Array;
  readonly capacity: number;
  readonly #place: Int32Array;

  constructor(buckets: number, capacity: number) {
    this.capacity = capacity;
    this.items = new Int32Array(buckets * capacity);
    this.count = new Int32Array(buckets);
    this.#place = new Int32Array(capacity).fill(-1);
  }

  /** An item is in one bucket at most. */
  add(bucket: number, item: number): void {
    this.#place[item] = this.count[bucket];
    this.items[bucket * this.capacity + this.count[bucket]++] = item;
  }

  remove(bucket: number, item: number): void {
    const base = bucket * this.capacity;
    const last = this.items[base + --this.count[bucket]];
    const place = this.#place[item];
    this.items[base + place] = last;
    this.#place[last] = place;
    this.#place[item] = -1;
  }
}
