import type { BenchArea } from "../measurement.ts";
import { faultRows } from "./platform/faults.ts";
import { hostileRows } from "./platform/hostile.ts";
import { intakeRows } from "./platform/intake.ts";
import { workerRows } from "./platform/workers.ts";

/** What the platform stands, and what it adds to a solve. */
export const platform: BenchArea = {
  name: "platform",
  async *rows() {
    yield* intakeRows();
    yield* workerRows();
    yield* faultRows();
    yield* hostileRows();
  },
};
