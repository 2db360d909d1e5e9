import { readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { shared } from "../../instances.ts";
import type { BenchArea } from "../../measurement.ts";
import { wanted } from "../../wanted.ts";
import { ours } from "./ours.ts";

const THREADS = 2;

/** UniTime's own solver after 3 minutes on one thread of this kind of machine, by its own count. */
const UNITIME: Readonly<Record<string, number>> = {
  "wbg-fal10": 36,
  "lums-spr18": 168,
  "muni-fi-spr16": 3962,
  "muni-fsps-spr17": 3718,
  "tg-fal17": 7512,
  "yach-fal17": 1558,
};
/** Best known at the competition's end. Some are lower since: pu-d5-spr17 15,184, yach-fal17 1,074. So a gap below zero there is no fault of the count. */
const BEST_KNOWN: Readonly<Record<string, number>> = {
  "bet-fal17": 289_965,
  "muni-fi-spr16": 3756,
  "muni-fsps-spr17": 868,
  "tg-fal17": 4215,
  "lums-spr18": 95,
  "pu-d5-spr17": 15_910,
  "yach-fal17": 1239,
};

const shown = (penalty: number | undefined) => penalty?.toLocaleString("en-US") ?? "no timetable";

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** The public instances of ITC2019. Every timetable went through the verifier. Names for `BENCH_ONLY`: "180s tg-fal17", "600s bet-fal17"; rows over all instances say of how many they are. */
export const timetable: BenchArea = {
  name: "timetable",
  async *rows(say) {
    const folder = shared("scheduling/itc2019");
    if (!folder) {
      yield { what: "ITC2019", instance: "11 instances", skipped: "the reference data is not beside the project" };
      return;
    }
    const names = readdirSync(folder).map((file) => basename(file, ".xml.gz"));
    const measure = async (name: string, timeS: number) => {
      const { penalty } = await ours(join(folder, `${name}.xml.gz`), timeS, THREADS);
      const parts = penalty
        ? `: time ${penalty.time}, room ${penalty.room}, distribution ${penalty.distribution}, student ${penalty.student}`
        : "";
      say(`${name}, ${timeS} s: ${shown(penalty?.total)}${parts}`);
      return penalty?.total;
    };
    const short = `ITC2019, 3 min, ${THREADS} threads, 1 seed`;
    const quick = names.filter((name) => wanted(`180s ${name}`));
    let feasible = 0;
    for (const name of quick) {
      const total = await measure(name, 180);
      if (total !== undefined) feasible++;
      const peer = UNITIME[name];
      if (peer !== undefined)
        yield {
          what: `${short}: penalty`,
          instance: name,
          result: `${shown(total)}; UniTime ${shown(peer)}`,
          goal: "below UniTime's",
          met: total !== undefined && total < peer,
        };
      else
        yield {
          what: `${short}: penalty`,
          instance: name,
          result: shown(total),
          goal: "legal",
          met: total !== undefined,
        };
    }
    if (quick.length > 0)
      yield {
        what: `${short}: legal timetables`,
        instance: `${quick.length} of ${names.length} instances`,
        result: String(feasible),
        goal: "all (floor: 9 of 11)",
        met: feasible === quick.length,
      };
    const long = `ITC2019, 10 min, ${THREADS} threads, 1 seed`;
    const gaps: number[] = [];
    for (const name of names.filter((each) => each in BEST_KNOWN && wanted(`600s ${each}`))) {
      const total = await measure(name, 600);
      const gap = 100 * ((total ?? Number.POSITIVE_INFINITY) / BEST_KNOWN[name] - 1);
      gaps.push(gap);
      yield {
        what: `${long}: gap to the best known`,
        instance: name,
        result: `${shown(total)}, ${gap.toFixed(1)} %; best known ${shown(BEST_KNOWN[name])}`,
        goal: "≤ 10 % (floor: 25 %)",
        met: gap <= 10,
      };
    }
    if (gaps.length > 0)
      yield {
        what: `${long}: median gap to the best known`,
        instance: `${gaps.length} of ${Object.keys(BEST_KNOWN).length} instances`,
        result: `${median(gaps).toFixed(1)} %`,
        goal: "≤ 10 % (floor: 25 %)",
        met: median(gaps) <= 10,
      };
  },
};
