const DIGIT = 11;
const MASK = (1 << DIGIT) - 1;

/** Rows by rising value, equal values by row: a radix sort on the bits, O(n). No NaN. */
export function risingOrder(values: Float64Array): Int32Array {
  const n = values.length;
  const keys = sortableBits(values);
  let rows = new Int32Array(n);
  let next = new Int32Array(n);
  for (let i = 0; i < n; i++) rows[i] = i;
  const place = new Int32Array(MASK + 2);
  for (let word = 0; word < 2; word++)
    for (let shift = 0; shift < 32; shift += DIGIT) {
      place.fill(0);
      for (let i = 0; i < n; i++) place[((keys[2 * i + word] >>> shift) & MASK) + 1]++;
      if (n === 0 || place[((keys[word] >>> shift) & MASK) + 1] === n) continue;
      for (let digit = 0; digit < MASK; digit++) place[digit + 1] += place[digit];
      for (let k = 0; k < n; k++) {
        const row = rows[k];
        next[place[(keys[2 * row + word] >>> shift) & MASK]++] = row;
      }
      [rows, next] = [next, rows];
    }
  return rows;
}

/** Low and high word of each value (little-endian, as every machine that runs Node), so turned that unsigned order is numeric order. */
function sortableBits(values: Float64Array): Uint32Array {
  // + 0 makes −0 the same as 0.
  const bits = new Uint32Array(values.map((value) => value + 0).buffer);
  for (let i = 0; i < bits.length; i += 2) {
    const negative = bits[i + 1] >>> 31 === 1;
    if (negative) bits[i] = ~bits[i];
    bits[i + 1] = negative ? ~bits[i + 1] : bits[i + 1] | 0x80000000;
  }
  return bits;
}
