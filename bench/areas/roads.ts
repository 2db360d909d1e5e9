import type { BenchArea } from "../measurement.ts";
import { durationRows } from "./roads/durations.ts";
import { embeddedRows } from "./roads/embedded.ts";
import { osrmRows } from "./roads/osrm.ts";

/** The embedded engine alone, and beside real OSRM on the same extracts and bus profile. */
export const roads: BenchArea = {
  name: "roads",
  async *rows(say) {
    yield* embeddedRows(say);
    yield* osrmRows(say);
    yield* durationRows(say);
  },
};
