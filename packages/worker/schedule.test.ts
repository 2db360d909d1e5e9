import fc from "fast-check";
import { expect, test } from "vitest";
import { recordsOf, scheduleOf } from "./schedule.ts";

const record = fc.record(
  { checkpoints: fc.array(fc.integer({ min: 1 })), cancelledAt: fc.integer({ min: 1 }) },
  { requiredKeys: ["checkpoints"] },
);

test("budget records come back from a plan's schedule as they were, cancelled or not", () => {
  fc.assert(
    fc.property(fc.array(record), (records) => {
      expect(recordsOf(scheduleOf(records))).toEqual(records);
    }),
  );
});
