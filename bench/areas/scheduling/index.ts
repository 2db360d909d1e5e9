import type { BenchArea } from "../../measurement.ts";
import { matrixRows, syntheticRows } from "./kind.ts";
import { loaderRow } from "./loader-alone.ts";
import { sampleRow } from "./sample.ts";
import { growthRows, unkindRows } from "./unkind.ts";
import { useRows } from "./uses.ts";

/** Share of requests met from nothing, against peers, a real school's conflicts and plans hidden in generated schools. Every plan has passed the verifier. Names for `BENCH_ONLY`: "j1", "j3", "matrix 1900 20s", "loader j1", "sample", "unkind 600", "growth", "uses". */
export const scheduling: BenchArea = {
  name: "scheduling",
  async *rows(say) {
    yield* syntheticRows(say);
    yield* matrixRows();
    yield* loaderRow(say);
    yield* sampleRow();
    yield* unkindRows();
    yield* growthRows();
    yield* useRows();
  },
};
