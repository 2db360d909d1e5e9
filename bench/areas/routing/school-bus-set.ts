import { readFileSync } from "node:fs";
import { join } from "node:path";
import { readSbrp } from "@trivium/routing";
import { solveSbrpInThreads } from "@trivium/worker";
import { shared } from "../../instances.ts";
import type { BenchArea } from "../../measurement.ts";
import { wanted } from "../../wanted.ts";

/** The public tables' best totals over the eight instances, fixed arrival, without anyone's starting routes: BiRD with many scenarios a school. */
const PUBLISHED: Readonly<Record<number, number>> = { 2700: 722, 5400: 630 };

/** What the school-bus set is measured in: goals are best published totals, `null` where none is published. Mixed loads: 672 / 570 with free arrival windows. */
const SBRP_ROWS = [
  {
    setting: "fixed",
    says: "fixed arrival",
    timeS: 30,
    goals: PUBLISHED,
    of: "BiRD with many scenarios a school, as published",
  },
  { setting: "window", says: "arrival windows", timeS: 30, goals: null, of: "" },
  {
    setting: "mixed",
    says: "arrival windows and mixed loads",
    timeS: 60,
    goals: { 2700: 672, 5400: 570 } as Readonly<Record<number, number>>,
    of: "mixed loads with free arrival windows, as published",
  },
] as const;

async function sbrpTotal(
  folder: string,
  rideMaxS: number,
  { setting, timeS }: (typeof SBRP_ROWS)[number],
  say: (text: string) => void,
): Promise<number[]> {
  const buses: number[] = [];
  for (let number = 1; number <= 8; number++) {
    const path = (file: string) => readFileSync(join(folder, `RSRB0${number}`, file), "utf8");
    const instance = readSbrp(path("Schools.txt"), path("Stops.txt"));
    const solution = await solveSbrpInThreads(
      instance,
      { rideMaxS, setting },
      { limits: { timeS }, seed: 1, threads: 2 },
    );
    buses.push(solution.buses.length);
    say(`RSRB0${number}, ${setting}, ${rideMaxS} s: ${solution.buses.length} buses`);
  }
  return buses;
}

/** The public school-bus set, in each of its settings and both ride limits. */
export async function* schoolBusSetRows(say: (text: string) => void): ReturnType<BenchArea["rows"]> {
  const sbrp = shared("routing/sbrp-park");
  for (const row of SBRP_ROWS)
    for (const rideMaxS of [2700, 5400]) {
      if (!wanted(`sbrp ${row.setting} ${rideMaxS}`)) continue;
      const what = `public school-bus set, ${row.says}, ride ≤ ${rideMaxS} s, ${row.timeS} s an instance, two threads`;
      if (!sbrp) {
        yield { what, instance: "RSRB01–08", skipped: "the reference data is not beside the project" };
        continue;
      }
      const buses = await sbrpTotal(sbrp, rideMaxS, row, say);
      const total = buses.reduce((sum, each) => sum + each, 0);
      yield {
        what,
        instance: "RSRB01–08",
        result: `${total} buses (${buses.join(" ")})`,
        goal: row.goals ? `≤ ${row.goals[rideMaxS]} (${row.of})` : "to report",
        met: row.goals ? total <= row.goals[rideMaxS] : true,
      };
    }
}
