import type { Kernel } from "./kernel.ts";
import { KERNEL_WASM } from "./kernel.wasm.ts";

interface Exports {
  readonly memory: WebAssembly.Memory;
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
  triangles(firstEdge: number, heads: number, weights: number, vertices: number): void;
}

const PAGE_BYTES = 65_536;
let compiled: WebAssembly.Module | undefined;

const bytes = () => Buffer.from(KERNEL_WASM, "base64");

/** Does this runtime have WebAssembly with vectors? */
export function simdRuns(): boolean {
  return typeof WebAssembly === "object" && (compiled !== undefined || WebAssembly.validate(bytes()));
}

/** The kernel in WebAssembly. */
export class SimdKernel implements Kernel {
  private readonly exports: Exports;
  private doubles = new Float64Array(0);
  private edges = 0;

  constructor() {
    compiled ??= new WebAssembly.Module(bytes());
    this.exports = new WebAssembly.Instance(compiled).exports as unknown as Exports;
  }

  memory(doubles: number): Float64Array {
    if (this.doubles.length < doubles) this.doubles = new Float64Array(this.room(doubles * 8));
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
    if (depth <= 0) return;
    this.exports.product(a * 8, aStride * 8, b * 8, bStride * 8, c * 8, cStride * 8, rows, pairs, depth);
  }

  edgeWeights(edges: number): Float64Array {
    this.edges = edges;
    return new Float64Array(this.room(edges * 16), 0, 2 * edges).fill(Infinity);
  }

  triangles(firstEdge: Uint32Array, heads: Uint32Array): Float64Array {
    const headsAt = this.edges * 16;
    const firstAt = headsAt + heads.byteLength;
    const buffer = this.room(firstAt + firstEdge.byteLength);
    new Uint32Array(buffer, headsAt, heads.length).set(heads);
    new Uint32Array(buffer, firstAt, firstEdge.length).set(firstEdge);
    this.exports.triangles(firstAt, headsAt, 0, firstEdge.length - 1);
    return new Float64Array(buffer, 0, 2 * this.edges);
  }

  private room(bytesNeeded: number): ArrayBuffer {
    const { memory } = this.exports;
    const missing = bytesNeeded - memory.buffer.byteLength;
    if (missing > 0) {
      memory.grow(Math.ceil(missing / PAGE_BYTES));
      this.doubles = new Float64Array(0);
    }
    return memory.buffer;
  }
}
