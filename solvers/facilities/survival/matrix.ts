/**
 * Cholesky factor of a symmetric matrix, A = L Lᵀ (lower triangle, row by row).
 *
 * @returns L, or the index of the first column that adds nothing to those before it (pivot ≤ `tolerance` × its diagonal)
 */
export function cholesky(matrix: Float64Array, size: number, tolerance = 1e-12): Float64Array | number {
  const factor = new Float64Array(size * size);
  for (let j = 0; j < size; j++) {
    let pivot = matrix[j * size + j];
    for (let k = 0; k < j; k++) pivot -= factor[j * size + k] ** 2;
    if (!(pivot > tolerance * Math.abs(matrix[j * size + j])) || !(pivot > 0)) return j;
    const root = Math.sqrt(pivot);
    factor[j * size + j] = root;
    for (let i = j + 1; i < size; i++) {
      let sum = matrix[i * size + j];
      for (let k = 0; k < j; k++) sum -= factor[i * size + k] * factor[j * size + k];
      factor[i * size + j] = sum / root;
    }
  }
  return factor;
}

/** x with L Lᵀ x = b. */
export function choleskySolve(factor: Float64Array, size: number, right: Float64Array): Float64Array {
  const x = Float64Array.from(right);
  for (let i = 0; i < size; i++) {
    for (let k = 0; k < i; k++) x[i] -= factor[i * size + k] * x[k];
    x[i] /= factor[i * size + i];
  }
  for (let i = size - 1; i >= 0; i--) {
    for (let k = i + 1; k < size; k++) x[i] -= factor[k * size + i] * x[k];
    x[i] /= factor[i * size + i];
  }
  return x;
}

/** (L Lᵀ)⁻¹, full and symmetric, row by row. */
export function choleskyInverse(factor: Float64Array, size: number): Float64Array {
  const inverse = new Float64Array(size * size);
  const unit = new Float64Array(size);
  for (let j = 0; j < size; j++) {
    unit.fill(0);
    unit[j] = 1;
    const column = choleskySolve(factor, size, unit);
    for (let i = 0; i < size; i++) inverse[i * size + j] = column[i];
  }
  return inverse;
}

/** T A Tᵀ for square T and A of the same size: the covariance of T θ. */
export function congruence(transform: Float64Array, matrix: Float64Array, size: number): Float64Array {
  const half = multiply(transform, matrix, size);
  const transposed = new Float64Array(size * size);
  for (let i = 0; i < size; i++) for (let j = 0; j < size; j++) transposed[j * size + i] = transform[i * size + j];
  return multiply(half, transposed, size);
}

function multiply(a: Float64Array, b: Float64Array, size: number): Float64Array {
  const product = new Float64Array(size * size);
  for (let i = 0; i < size; i++)
    for (let k = 0; k < size; k++) {
      const factor = a[i * size + k];
      if (factor === 0) continue;
      for (let j = 0; j < size; j++) product[i * size + j] += factor * b[k * size + j];
    }
  return product;
}
