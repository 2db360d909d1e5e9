import type { Kernel } from "./kernel.ts";

/** The kernel in JavaScript. */
export class PlainKernel implements Kernel {
  private doubles = new Float64Array(0);
  private weights = new Float64Array(0);

  memory(doubles: number): Float64Array {
    if (this.doubles.length < doubles) this.doubles = new Float64Array(doubles);
    return this.doubles;
  }

  product(
    a: number,
    aStride: number,
    b: number,
    bStride: number,
    c: number,
    cStride: number,
    rows: number,
    pairs: number,
    depth: number,
  ): void {
    let row = 0;
    for (; row + 4 <= rows; row += 4) {
      fourRows(this.doubles, a + row, aStride, b, bStride, c + row * cStride, cStride, pairs, depth);
    }
    for (; row < rows; row++) oneRow(this.doubles, a + row, aStride, b, bStride, c + row * cStride, pairs, depth);
  }

  edgeWeights(edges: number): Float64Array {
    this.weights = new Float64Array(2 * edges).fill(Infinity);
    return this.weights;
  }

  triangles(firstEdge: Uint32Array, heads: Uint32Array): Float64Array {
    const { weights } = this;
    for (let v = 0; v + 1 < firstEdge.length; v++) {
      const last = firstEdge[v + 1]!;
      for (let i = firstEdge[v]!; i < last; i++) {
        const upI = weights[2 * i]!;
        const downI = weights[2 * i + 1]!;
        if (upI === Infinity && downI === Infinity) continue;
        // Higher neighbours of v above x are neighbours of x as well, in the same order: one pointer walks along.
        let edge = firstEdge[heads[i]!]!;
        for (let j = i + 1; j < last; j++) {
          const y = heads[j]!;
          while (heads[edge] !== y) edge++;
          const there = downI + weights[2 * j]!;
          const back = weights[2 * j + 1]! + upI;
          if (there < weights[2 * edge]!) weights[2 * edge] = there;
          if (back < weights[2 * edge + 1]!) weights[2 * edge + 1] = back;
        }
      }
    }
    return weights;
  }
}

/** Four rows of two columns at a time: eight sums share six loads. */
function fourRows(
  m: Float64Array,
  a: number,
  aStride: number,
  b: number,
  bStride: number,
  c: number,
  cStride: number,
  pairs: number,
  depth: number,
): void {
  for (let pair = 0; pair < pairs; pair++) {
    let c0 = c + 2 * pair;
    let x0 = m[c0]!;
    let y0 = m[c0 + 1]!;
    c0 += cStride;
    let x1 = m[c0]!;
    let y1 = m[c0 + 1]!;
    c0 += cStride;
    let x2 = m[c0]!;
    let y2 = m[c0 + 1]!;
    c0 += cStride;
    let x3 = m[c0]!;
    let y3 = m[c0 + 1]!;
    for (let d = 0, i = a, j = b + 2 * pair; d < depth; d++, i += aStride, j += bStride) {
      const bx = m[j]!;
      const by = m[j + 1]!;
      const a0 = m[i]!;
      const a1 = m[i + 1]!;
      const a2 = m[i + 2]!;
      const a3 = m[i + 3]!;
      if (a0 + bx < x0) x0 = a0 + bx;
      if (a0 + by < y0) y0 = a0 + by;
      if (a1 + bx < x1) x1 = a1 + bx;
      if (a1 + by < y1) y1 = a1 + by;
      if (a2 + bx < x2) x2 = a2 + bx;
      if (a2 + by < y2) y2 = a2 + by;
      if (a3 + bx < x3) x3 = a3 + bx;
      if (a3 + by < y3) y3 = a3 + by;
    }
    m[c0] = x3;
    m[c0 + 1] = y3;
    c0 -= cStride;
    m[c0] = x2;
    m[c0 + 1] = y2;
    c0 -= cStride;
    m[c0] = x1;
    m[c0 + 1] = y1;
    c0 -= cStride;
    m[c0] = x0;
    m[c0 + 1] = y0;
  }
}

function oneRow(
  m: Float64Array,
  a: number,
  aStride: number,
  b: number,
  bStride: number,
  c: number,
  pairs: number,
  depth: number,
): void {
  for (let pair = 0; pair < pairs; pair++) {
    let x = m[c + 2 * pair]!;
    let y = m[c + 2 * pair + 1]!;
    for (let d = 0, i = a, j = b + 2 * pair; d < depth; d++, i += aStride, j += bStride) {
      const own = m[i]!;
      if (own + m[j]! < x) x = own + m[j]!;
      if (own + m[j + 1]! < y) y = own + m[j + 1]!;
    }
    m[c + 2 * pair] = x;
    m[c + 2 * pair + 1] = y;
  }
}
