/** Numbers whose count is not known beforehand, without boxing them. */
export class Growing {
  private values = new Float64Array(1024);
  length = 0;

  constructor(first: readonly number[] = []) {
    for (const value of first) this.push(value);
  }

  push(value: number): void {
    if (this.length === this.values.length) this.grow(this.length + 1);
    this.values[this.length++] = value;
  }

  /** Makes so many more places, to be written by whoever asked. */
  extend(count: number): void {
    if (this.length + count > this.values.length) this.grow(this.length + count);
    this.length += count;
  }

  private grow(least: number): void {
    const larger = new Float64Array(Math.max(least, this.values.length * 2));
    larger.set(this.values.subarray(0, this.length));
    this.values = larger;
  }

  /** The numbers with what room there is after them; void after the next push. */
  get all(): Float64Array {
    return this.values;
  }

  float64(): Float64Array {
    return this.values.slice(0, this.length);
  }

  uint32(): Uint32Array {
    return Uint32Array.from(this.values.subarray(0, this.length));
  }

  uint8(): Uint8Array {
    return Uint8Array.from(this.values.subarray(0, this.length));
  }
}
