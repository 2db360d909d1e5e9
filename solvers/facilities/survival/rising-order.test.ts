import fc from "fast-check";
import { expect, test } from "vitest";
import { risingOrder } from "./rising-order.ts";

test("values rise, negative, infinite and equal ones too, and equal values stay in the order of their rows", () => {
  const value = fc.oneof(fc.double({ noNaN: true }), fc.constantFrom(0, -0, 1, -1, Infinity, -Infinity, 1e-310));
  fc.assert(
    fc.property(fc.array(value), (values) => {
      const rows = values
        .map((_, i) => i)
        .sort((a, b) => (values[a] < values[b] ? -1 : +(values[a] > values[b])) || a - b);
      expect([...risingOrder(Float64Array.from(values))]).toEqual(rows);
    }),
  );
});
