import { expect, test } from "vitest";
import { nearest, plainId } from "./nearest.ts";

test("a slip of the keyboard finds the id that was meant", () => {
  const ids = ["BIO1", "BIO2", "CHEM1", "ALGEBRA-1"];
  expect(nearest("CHM1", ids)).toBe("CHEM1");
  expect(nearest("algebra1", ids)).toBe("ALGEBRA-1");
  expect(nearest("HISTORY", ids)).toBeUndefined();
});

test("ids that differ by case, dashes and leading zeros look alike, others do not", () => {
  expect(plainId("RTU-001")).toBe(plainId("rtu1"));
  expect(plainId("S10")).not.toBe(plainId("S1"));
  expect(plainId("S1-01")).not.toBe(plainId("S10-1"));
  expect(plainId("A100")).not.toBe(plainId("A1"));
});
