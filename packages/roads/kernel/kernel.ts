import { PlainKernel } from "./plain.ts";
import { SimdKernel, simdRuns } from "./simd.ts";

/**
 * The two inner loops of the hierarchy on a block of memory of their own. There are two kernels with the same results to the last bit,
 * since sums of weights are exact: one in JavaScript, one in WebAssembly with two lanes.
 * All places are counted in doubles from the start of the memory.
 */
export interface Kernel {
  /** Makes room for that many doubles and gives the memory; views of before are void. Its content is not kept. */
  memory(doubles: number): Float64Array;

  /**
   * A min-plus product, added (by minimum) to what `c` holds:
   * `c[r][k] = min(c[r][k], min over d of a[d][r] + b[d][k])` for r < rows, k < 2 × pairs, d < depth.
   * Row d of `a` begins at `a + d × aStride`, of `b` at `b + d × bStride`; row r of `c` at `c + r × cStride`.
   */
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
  ): void;

  /** Makes room for the weights of a hierarchy's edges and gives it, all infinite: place 2e is edge e upward, 2e + 1 downward. */
  edgeWeights(edges: number): Float64Array;

  /**
   * The triangles of a customization, on the last `edgeWeights`: for each vertex in order and each pair x < y of its higher neighbours,
   * the path x → v → y is offered to the edge between x and y, both ways. @returns the weights
   */
  triangles(firstEdge: Uint32Array, heads: Uint32Array): Float64Array;
}

export type KernelName = "simd" | "plain";

/** The fastest kernel that runs here, or the one that is named. */
export function newKernel(name: KernelName = simdRuns() ? "simd" : "plain"): Kernel {
  return name === "simd" ? new SimdKernel() : new PlainKernel();
}
