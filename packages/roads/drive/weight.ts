/**
 * A weight is travel time and distance in one double: milliseconds × 2²⁴ + decimetres. Sums are exact integers up to
 * 2⁵³ (149 hours, 1,677 km), so every way of adding up a path gives the same bits, and of equally fast paths the shorter wins.
 */
const MS = 2 ** 24;

export const weight = (ms: number, dm: number): number => ms * MS + dm;
export const msOf = (w: number): number => Math.floor(w / MS);
export const secondsOf = (w: number): number => (Number.isFinite(w) ? msOf(w) / 1000 : Number.NaN);
export const metresOf = (w: number): number => (Number.isFinite(w) ? (w - msOf(w) * MS) / 10 : Number.NaN);
export const ofTurn = (ms: number): number => ms * MS;

/** A row of weights → seconds and metres from place `at` on, NaN where there is no way. */
export function unweigh(row: Float64Array, seconds: Float64Array, metres: Float64Array, at: number): void {
  for (let j = 0; j < row.length; j++) {
    const w = row[j]!;
    const ms = Math.floor(w / MS);
    // Infinity − Infinity is NaN, and NaN × 0 as well; for a number this adds nothing.
    const dm = w - ms * MS;
    seconds[at + j] = ms / 1000 + dm * 0;
    metres[at + j] = dm / 10;
  }
}
