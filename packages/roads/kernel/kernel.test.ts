import { readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { assembled } from "../testing/assemble.ts";
import { PlainKernel } from "./plain.ts";
import { SimdKernel, simdRuns } from "./simd.ts";

test("the WebAssembly kernel is what its readable source assembles to", async () => {
  expect(readFileSync(new URL("./kernel.wasm.ts", import.meta.url), "utf8")).toBe(await assembled());
});

test("this runtime has vectors, so the fast kernel is the one in use", () => {
  expect(simdRuns()).toBe(true);
});

/** Weights as they occur: exact integers, some infinite. */
const weight = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: 0, max: 2 ** 30 }).map((n) => n * 2 ** 20) },
  { weight: 1, arbitrary: fc.constant(Infinity) },
);

test("both kernels give the min-plus product of their definition, to the last bit", () => {
  const shape = fc.record({
    rows: fc.integer({ min: 1, max: 11 }),
    pairs: fc.integer({ min: 1, max: 5 }),
    depth: fc.integer({ min: 1, max: 9 }),
    numbers: fc.array(weight, { minLength: 300, maxLength: 300 }),
  });
  fc.assert(
    fc.property(shape, ({ rows, pairs, depth, numbers }) => {
      const [a, b, c] = [0, 12 * depth, 12 * depth + 2 * pairs * depth];
      const size = c + rows * (2 * pairs + 1);
      const results = [new PlainKernel(), new SimdKernel()].map((kernel) => {
        const memory = kernel.memory(size);
        for (let i = 0; i < size; i++) memory[i] = numbers[i % numbers.length]!;
        const before = memory.slice(0, size);
        kernel.product(a, 12, b, 2 * pairs, c, 2 * pairs + 1, rows, pairs, depth);
        for (let r = 0; r < rows; r++) {
          for (let k = 0; k < 2 * pairs; k++) {
            let least = before[c + r * (2 * pairs + 1) + k]!;
            for (let d = 0; d < depth; d++)
              least = Math.min(least, before[a + 12 * d + r]! + before[b + 2 * pairs * d + k]!);
            before[c + r * (2 * pairs + 1) + k] = least;
          }
        }
        expect(memory.subarray(0, size)).toEqual(before);
        return memory.slice(0, size);
      });
      expect(results[0]).toEqual(results[1]);
    }),
    { numRuns: 200 },
  );
});

test("both kernels offer every path over a lower vertex to the edge above it", () => {
  // All pairs of six vertices are edges: vertex v has the higher ones as neighbours.
  const firstEdge = Uint32Array.from([0, 5, 9, 12, 14, 15, 15]);
  const heads = Uint32Array.from([1, 2, 3, 4, 5, 2, 3, 4, 5, 3, 4, 5, 4, 5, 5]);
  fc.assert(
    fc.property(fc.array(weight, { minLength: 30, maxLength: 30 }), (numbers) => {
      const results = [new PlainKernel(), new SimdKernel()].map((kernel) => {
        kernel.edgeWeights(heads.length).set(numbers);
        return kernel.triangles(firstEdge, heads).slice();
      });
      expect(results[0]).toEqual(results[1]);
      // The two highest vertices are joined by the shortest way of all (Floyd–Warshall).
      const distance = Array.from({ length: 6 }, (_, i) =>
        Array.from({ length: 6 }, (_, j) => (i === j ? 0 : Infinity)),
      );
      for (let v = 0; v < 6; v++) {
        for (let e = firstEdge[v]!; e < firstEdge[v + 1]!; e++) {
          distance[v]![heads[e]!] = numbers[2 * e]!;
          distance[heads[e]!]![v] = numbers[2 * e + 1]!;
        }
      }
      for (let k = 0; k < 6; k++)
        for (let i = 0; i < 6; i++)
          for (let j = 0; j < 6; j++) distance[i]![j] = Math.min(distance[i]![j]!, distance[i]![k]! + distance[k]![j]!);
      expect([results[0]![28], results[0]![29]]).toEqual([distance[4]![5], distance[5]![4]]);
    }),
    { numRuns: 100 },
  );
});
