/** A 4-ary heap of the numbers 0…capacity−1 by key, with decrease-key; nothing is allocated after construction. */
export class IndexedQueue {
  readonly keys: Float64Array;
  private readonly heap: Int32Array;
  /** Place in the heap, −1 = not in it. */
  private readonly place: Int32Array;
  size = 0;

  constructor(capacity: number) {
    this.keys = new Float64Array(capacity);
    this.heap = new Int32Array(capacity);
    this.place = new Int32Array(capacity).fill(-1);
  }

  clear(): void {
    for (let i = 0; i < this.size; i++) this.place[this.heap[i]!] = -1;
    this.size = 0;
  }

  /** Puts an item in, or lowers its key; a key that is not lower changes nothing. */
  push(item: number, key: number): void {
    let i = this.place[item]!;
    if (i < 0) i = this.size++;
    else if (key >= this.keys[item]!) return;
    this.keys[item] = key;
    while (i > 0) {
      const up = (i - 1) >> 2;
      const parent = this.heap[up]!;
      if (!this.before(item, key, parent)) break;
      this.heap[i] = parent;
      this.place[parent] = i;
      i = up;
    }
    this.heap[i] = item;
    this.place[item] = i;
  }

  /** Takes out the item with the least key, of equal ones the lowest item. Only when `size` > 0. */
  pop(): number {
    const top = this.heap[0]!;
    this.place[top] = -1;
    const item = this.heap[--this.size]!;
    if (this.size === 0) return top;
    const key = this.keys[item]!;
    let i = 0;
    for (;;) {
      const child = this.leastChild(i);
      if (child < 0 || !this.before(this.heap[child]!, this.keys[this.heap[child]!]!, item, key)) break;
      this.heap[i] = this.heap[child]!;
      this.place[this.heap[i]!] = i;
      i = child;
    }
    this.heap[i] = item;
    this.place[item] = i;
    return top;
  }

  private before(item: number, key: number, other: number, otherKey = this.keys[other]!): boolean {
    return key < otherKey || (key === otherKey && item < other);
  }

  private leastChild(i: number): number {
    const first = 4 * i + 1;
    if (first >= this.size) return -1;
    let least = first;
    for (let child = first + 1; child < Math.min(first + 4, this.size); child++) {
      if (this.before(this.heap[child]!, this.keys[this.heap[child]!]!, this.heap[least]!)) least = child;
    }
    return least;
  }
}
