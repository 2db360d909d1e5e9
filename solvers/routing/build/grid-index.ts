import type { LatLon } from "@trivium/model";

const METRES_PER_DEGREE = 111_320;

/** Points in square cells: finds those within a straight distance without looking at all. */
export class GridIndex {
  readonly #points: readonly LatLon[];
  readonly #cellM: number;
  readonly #cells = new Map<string, number[]>();
  readonly #lonScale: number;

  constructor(points: readonly LatLon[], cellM: number) {
    this.#points = points;
    this.#cellM = Math.max(1, cellM);
    this.#lonScale = Math.cos(((points[0]?.lat ?? 0) * Math.PI) / 180) * METRES_PER_DEGREE;
    points.forEach((point, index) => {
      const key = this.#key(this.#cell(point.lon * this.#lonScale), this.#cell(point.lat * METRES_PER_DEGREE));
      const cell = this.#cells.get(key);
      if (cell) cell.push(index);
      else this.#cells.set(key, [index]);
    });
  }

  /** Indices of the points within `withinM` of a place, ascending. */
  near(place: LatLon, withinM: number): number[] {
    const x = place.lon * this.#lonScale;
    const y = place.lat * METRES_PER_DEGREE;
    const found: number[] = [];
    for (let column = this.#cell(x - withinM); column <= this.#cell(x + withinM); column++)
      for (let row = this.#cell(y - withinM); row <= this.#cell(y + withinM); row++)
        for (const index of this.#cells.get(this.#key(column, row)) ?? []) {
          const point = this.#points[index];
          if (Math.hypot(point.lon * this.#lonScale - x, point.lat * METRES_PER_DEGREE - y) <= withinM)
            found.push(index);
        }
    return found.sort((a, b) => a - b);
  }

  #cell(metres: number): number {
    return Math.floor(metres / this.#cellM);
  }

  #key(column: number, row: number): string {
    return `${column}:${row}`;
  }
}
