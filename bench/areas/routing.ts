import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Dataset } from "@trivium/model";
import { readSbrp } from "@trivium/routing";
import { solvePlan, solveSbrpInThreads, todayOf } from "@trivium/worker";
import { district, SAMPLE, shared } from "../instances.ts";
import type { BenchArea } from "../measurement.ts";

const usd = (value: number) => `$${Math.round(value).toLocaleString("en-US")}`;

async function solvedDay(dataset: Dataset) {
  const scenario = { name: "bench", changes: [], settings: { time_s: 60, threads: 2, seed: 1 } };
  const plan = await solvePlan({ dataset, area: "routing", scenario });
  return { plan, metrics: plan.metrics as Record<string, number> };
}

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

/** Buses and dollars against today's service on the sample district, a district on real roads, the public school-bus set. District plans have passed the verifier. */
export const routing: BenchArea = {
  name: "routing",
  async *rows(say) {
    const dataset = await district(SAMPLE);
    const { plan, metrics } = await solvedDay(dataset);
    const today = (await todayOf({ dataset, area: "routing" }))?.metrics as Record<string, number>;
    yield {
      what: "a whole day in 60 s, two threads",
      instance: "sample district",
      result: `${metrics.buses_used} buses, ${usd(metrics.cost_usd_per_year)} a year, mean ride ${metrics.ride_min_mean.toFixed(1)} min, ${metrics.riders_unserved} unserved; today's (generated) ${today.buses_used} buses, ${usd(today.cost_usd_per_year)}, ${today.ride_min_mean.toFixed(1)} min; bound ${plan.bound?.best_possible ?? "none"}`,
      goal: "every eligible rider served, ≥ 10 % fewer buses than today's",
      met: metrics.riders_unserved === 0 && metrics.buses_used <= 0.9 * today.buses_used,
    };

    const harrisburg = shared("osm/harrisburg-pa.osm.pbf");
    if (harrisburg) {
      const dir = mkdtempSync(join(tmpdir(), "trivium-harrisburg-"));
      const generator = fileURLToPath(new URL("../../data/generate.ts", import.meta.url));
      execFileSync(process.execPath, [generator, "--roads", harrisburg, "--out", dir], { stdio: "ignore" });
      const laid = await solvedDay(await district(dir, harrisburg));
      yield {
        what: "a whole day in 60 s, two threads",
        instance: "the sample's people on Harrisburg's roads",
        result: `${laid.metrics.buses_used} buses, ${laid.metrics.rides_served} rides served, ${laid.metrics.rides_unserved} not, each with its reason; longest ride ${laid.metrics.ride_min_max.toFixed(0)} min`,
        goal: "solved end to end, verified",
        met: laid.plan.verification?.ok === true,
      };
    } else
      yield { what: "a whole day", instance: "Harrisburg", skipped: "the reference data is not beside the project" };

    const sbrp = shared("routing/sbrp-park");
    for (const row of SBRP_ROWS)
      for (const rideMaxS of [2700, 5400]) {
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
  },
};
