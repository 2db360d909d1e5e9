import type { BenchArea } from "../../measurement.ts";
import { dayRows } from "./days.ts";
import { schoolBusSetRows } from "./school-bus-set.ts";

/**
 * Buses and dollars against today's service on the sample district, a district on real roads, the public school-bus set. District plans have
 * passed the verifier. Names for `BENCH_ONLY`: "sample", "harrisburg", "sbrp fixed 2700", "sbrp window 5400", "sbrp mixed 2700".
 */
export const routing: BenchArea = {
  name: "routing",
  async *rows(say) {
    yield* dayRows();
    yield* schoolBusSetRows(say);
  },
};
