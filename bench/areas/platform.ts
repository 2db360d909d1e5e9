import type { BenchArea } from "../measurement.ts";
import { faultRows } from "./platform/faults.ts";
import { intakeRows } from "./platform/intake.ts";
import { workerRows } from "./platform/workers.ts";

/** What the platform stands, and what it adds to a solve. */
export const platform: BenchArea = {
  name: "platform",
  async *rows(say) {
    yield* intakeRows();
    yield* workerRows();
    yield* faultRows(say);
  },
};
