/** A design held column by column: `values[j × n + i]` is row i, column j. */
export interface ColumnDesign {
  readonly n: number;
  readonly columns: number;
  readonly values: Float64Array;
}

/**
 * Rows a block. The sums below are kernels over blocks of rows: column after column, so that the inner loops are long, run along memory and keep
 * their sums in registers, while the block stays in the first-level cache.
 */
export const BLOCK = 512;

/** A row-by-row design column by column; with `ones` a column of ones before the others, with `order` the rows in that order. */
export function byColumn(
  design: Float64Array,
  n: number,
  columns: number,
  { ones = false, order }: { readonly ones?: boolean; readonly order?: Int32Array } = {},
): ColumnDesign {
  const before = ones ? 1 : 0;
  const values = new Float64Array(n * (columns + before));
  if (ones) values.fill(1, 0, n);
  for (let i = 0; i < n; i++) {
    const row = (order ? order[i] : i) * columns;
    for (let j = 0; j < columns; j++) values[(j + before) * n + i] = design[row + j];
  }
  return { n, columns: columns + before, values };
}

/** into[i] += Σ_j x_j[from + i] θ_j, i < count. */
export function addPredictor(
  x: ColumnDesign,
  from: number,
  count: number,
  theta: Float64Array,
  into: Float64Array,
): void {
  const { values } = x;
  for (let j = 0; j < x.columns; j++) {
    const at = j * x.n + from;
    const factor = theta[j];
    for (let i = 0; i < count; i++) into[i] += factor * values[at + i];
  }
}

/** into[start + j] += Σ_i w[i] x_j[from + i], i < count. */
export function addMoments(
  x: ColumnDesign,
  from: number,
  count: number,
  w: Float64Array,
  into: Float64Array,
  start = 0,
): void {
  const { values } = x;
  for (let j = 0; j < x.columns; j++) {
    const at = j * x.n + from;
    let sum = 0;
    for (let i = 0; i < count; i++) sum += w[i] * values[at + i];
    into[start + j] += sum;
  }
}

const scaled = new Float64Array(BLOCK);

/** into[j × size + m] += Σ_i w[i] x_j[from + i] x_m[from + i], m ≤ j, i < count ≤ BLOCK: the lower triangle of Xᵀ W X, three sums at a time. */
export function addSecondMoments(
  x: ColumnDesign,
  from: number,
  count: number,
  w: Float64Array,
  into: Float64Array,
  size: number,
): void {
  const { n, columns, values } = x;
  for (let j = 0; j < columns; j++) {
    const own = j * n + from;
    for (let i = 0; i < count; i++) scaled[i] = w[i] * values[own + i];
    for (let m = 0; m <= j; m += 3) {
      const a = m * n + from;
      // Past the diagonal a column is read once more and its sum dropped.
      const b = m + 1 <= j ? a + n : a;
      const c = m + 2 <= j ? b + n : a;
      let sumA = 0;
      let sumB = 0;
      let sumC = 0;
      for (let i = 0; i < count; i++) {
        const s = scaled[i];
        sumA += s * values[a + i];
        sumB += s * values[b + i];
        sumC += s * values[c + i];
      }
      into[j * size + m] += sumA;
      if (m + 1 <= j) into[j * size + m + 1] += sumB;
      if (m + 2 <= j) into[j * size + m + 2] += sumC;
    }
  }
}

/** Columns of a row-by-row design with mean 0 and spread (root mean square) 1; one that never varies becomes 0 and has spread 0. */
export function standardized(design: Float64Array, n: number, columns: number) {
  const mean = new Float64Array(columns);
  const spread = new Float64Array(columns);
  const scaled = new Float64Array(n * columns);
  for (let i = 0, at = 0; i < n; i++) for (let j = 0; j < columns; j++, at++) mean[j] += design[at];
  for (let j = 0; j < columns; j++) mean[j] /= n;
  for (let i = 0, at = 0; i < n; i++)
    for (let j = 0; j < columns; j++, at++) {
      const away = design[at] - mean[j];
      scaled[at] = away;
      spread[j] += away * away;
    }
  for (let j = 0; j < columns; j++) spread[j] = Math.sqrt(spread[j] / n);
  const inverse = spread.map((each) => (each > 0 ? 1 / each : 1));
  for (let i = 0, at = 0; i < n; i++) for (let j = 0; j < columns; j++, at++) scaled[at] *= inverse[j];
  return { scaled, mean, spread };
}
