import { todayOf } from "@trivium/worker";
import { district, SAMPLE } from "../../instances.ts";
import { wanted } from "../../wanted.ts";
import { solved } from "./ours.ts";
import { percent, type Rows } from "./words.ts";

/** The sample's high school, whose schedule of today is where the search starts. */
export async function* sampleRow(): Rows {
  if (!wanted("sample")) return;
  const dataset = await district(SAMPLE);
  const { metrics, gap } = await solved({ name: "sample", dataset, timeS: 30, threads: 1 });
  const today = Number((await todayOf({ dataset, area: "scheduling" }))?.metrics.requests_met_share ?? Number.NaN);
  yield {
    what: "requests met in 30 s, one thread, verified legal",
    instance: "sample high school",
    result: `${percent(metrics.requests_met_share)}; today ${percent(today)}; gap to the bound ${percent(gap)}`,
    goal: "legal and better than today's",
    met: metrics.requests_met_share > today,
  };
}
