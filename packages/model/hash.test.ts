import fc from "fast-check";
import { expect, test } from "vitest";
import { canonicalHash, canonicalJson, sha256 } from "./hash.ts";

test("the hash taken in pieces is that of the whole text", () => {
  fc.assert(
    fc.property(
      fc.anything({ maxDepth: 4, values: [fc.string({ unit: "binary" }), fc.double(), fc.boolean()] }),
      (value) => {
        expect(canonicalHash(value)).toBe(sha256(canonicalJson(value)));
      },
    ),
  );
  const rows = Array.from({ length: 5_000 }, (_, i) => ({
    b: `é${i}`,
    a: i,
    absent: undefined,
    list: [i, null],
    none: {},
  }));
  expect(canonicalHash({ rows })).toBe(sha256(canonicalJson({ rows })));
});
