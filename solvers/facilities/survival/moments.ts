/** Σ r, Σ r x and (lower triangle) Σ r x xᵀ of a set of lives with relative hazard rates r. */
export class Moments {
  sum = 0;
  readonly first: Float64Array;
  readonly second: Float64Array;
  readonly #p: number;

  constructor(p: number) {
    this.#p = p;
    this.first = new Float64Array(p);
    this.second = new Float64Array(p * p);
  }

  clear(): void {
    this.sum = 0;
    this.first.fill(0);
    this.second.fill(0);
  }

  add(design: Float64Array, i: number, hazard: number): void {
    const p = this.#p;
    this.sum += hazard;
    for (let j = 0; j < p; j++) {
      const scaled = hazard * design[i * p + j];
      this.first[j] += scaled;
      for (let m = 0; m <= j; m++) this.second[j * p + m] += scaled * design[i * p + m];
    }
  }
}
