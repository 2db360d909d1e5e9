import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openCarrier, submitSolve } from "@trivium/jobs";
import { type Dataset, scenarioSchema } from "@trivium/model";
import { openStore } from "@trivium/store";
import { Killable } from "../../../test/faults/processes.ts";
import { say, trial } from "../../../test/faults/trials.ts";
import { redisServer, startRedis } from "../../../test/setup/redis.ts";
import { district, SAMPLE } from "../../instances.ts";
import type { Row } from "../../measurement.ts";
import { districtOfSchools } from "./district-of-schools.ts";
import { measured } from "./measured.ts";
import { partCostS } from "./part-cost.ts";

const SCHOOLS = 8;
/** Of all schools together: about a minute of one core. */
const ITERATIONS = 24_000;

interface Both {
  readonly one: Timed;
  readonly two: Timed;
  /** Seconds that a part costs on its way. */
  readonly partS: number;
}
const ratioOf = ({ one, two }: Both): number => one.seconds / two.seconds;
const samePlan = ({ one, two }: Both): boolean => one.planHash === two.planHash;
const worthIt = (both: Both): boolean => ratioOf(both) >= 1.8 && samePlan(both);

interface Timed {
  readonly seconds: number;
  /** Of them, the search alone, to half a second. */
  readonly searchS: number;
  readonly planHash: string;
}

/** One job by so many workers, each with one thread; from taken up to committed. */
async function timed(dataset: Dataset, workers: number): Promise<Timed> {
  const dir = await mkdtemp(join(tmpdir(), "trivium-workers-"));
  const redis = await startRedis(await redisServer());
  const store = await openStore(dir);
  const carrier = await openCarrier({ redisUrl: redis.url });
  const env = { TRIVIUM_HOME: dir, REDIS_URL: redis.url, DATABASE_URL: "", SOLVE_THREADS: "1" };
  const running = Array.from(
    { length: workers },
    () => new Killable(["packages/cli/trivium.mjs", "worker"], /worker: /, env),
  );
  try {
    const report = { dataset_hash: dataset.hash, errors: 0, warnings: 0, rows: {}, findings: [], completeness: [] };
    await store.datasets.add(dataset, report);
    const scenario = scenarioSchema.parse({ settings: { iterations: ITERATIONS, threads: SCHOOLS, seed: 1 } });
    const { scenario_id } = await store.scenarios.add(dataset.hash, scenario);
    await Promise.all(running.map((each) => each.start()));
    while ((await store.workers.list(4000)).length < workers) await pause();
    const { job_id } = await submitSolve(store, carrier, { scenario_id, area: "scheduling" });
    let said = "";
    let searchingMs = 0;
    let finishingMs = 0;
    for (;;) {
      const job = await store.jobs.get(job_id);
      const phase = job?.progress?.phase ?? "";
      if (phase !== said) say(`${workers} worker(s): ${phase}`);
      said = phase;
      if (/^(searching|annealing)/.test(phase)) searchingMs ||= Date.now();
      if (/^(finishing|verifying)/.test(phase)) finishingMs ||= Date.now();
      if (job?.ended_at) {
        if (job.status !== "succeeded") throw new Error(`the solve ${job.status}: ${job.error?.message}`);
        const plan = await store.plans.summary(job.plan_id ?? "");
        const seconds = (Date.parse(job.ended_at) - Date.parse(job.started_at ?? "")) / 1000;
        const searchS = ((finishingMs || Date.parse(job.ended_at)) - searchingMs) / 1000;
        return { seconds, searchS, planHash: plan?.plan_hash ?? "" };
      }
      await pause();
    }
  } finally {
    await Promise.all(running.map((each) => each.kill()));
    await carrier.close();
    await redis.stop();
    await store.close();
    await rm(dir, { recursive: true, force: true });
  }
}

/**
 * Seconds that n workers need: T(n) = s + w·⌈P/n⌉/P + b·[n > 1] + c·P.
 *
 * s does not shrink (building, finishing and verifying the whole plan), w is the search of all P parts, b what a helper takes to build
 * the problem before its first part, c what one part costs on its way through database and queue.
 */
const model = (n: number, parts: number, { s, w, b, c }: { s: number; w: number; b: number; c: number }) =>
  s + (w * Math.ceil(parts / n)) / parts + (n > 1 ? b + c * parts : 0);

export async function* workerRows(): AsyncGenerator<Row> {
  const tried = await trial("two-workers", bothTimed, worthIt);
  const { one, two, partS: c } = tried.outcome;
  const w = one.searchS;
  const s = one.seconds - w;
  const b = Math.max(0, two.seconds - s - w / 2 - c * SCHOOLS);
  /** A district of 64 schools: everything grows with the schools, a helper's building too. */
  const grown = { s: (s * 64) / SCHOOLS, w: (w * 64) / SCHOOLS, b: (b * 64) / SCHOOLS, c };
  const gain = (n: number) => (model(1, 64, grown) / model(n, 64, grown)).toFixed(1);
  const gainNight = (n: number) => {
    const night = { ...grown, w: 8 * 3600 };
    return (model(1, 64, night) / model(n, 64, night)).toFixed(1);
  };
  yield {
    what: "2 workers against 1, each with one thread",
    instance: `district of ${SCHOOLS} high schools, scheduling`,
    result: `${one.seconds.toFixed(1)} s → ${two.seconds.toFixed(1)} s: ${ratioOf(tried.outcome).toFixed(2)} ×; the same plan: ${samePlan(tried.outcome) ? "yes" : "NO"}`,
    goal: "≥ 1.8 ×, the same plan",
    met: worthIt(tried.outcome),
    ...measured(tried),
  };
  yield {
    what: "model of 16 and 64 workers",
    instance: "district of 64 such schools",
    result: `T(n) = s + w·⌈P/n⌉/P + b + c·P with, for ${SCHOOLS} schools, s = ${s.toFixed(1)} s, w = ${w.toFixed(1)} s, b = ${b.toFixed(1)} s, c = ${(c * 1000).toFixed(1)} ms: ${gain(16)} × with 16 and ${gain(64)} × with 64 at this length of search; ${gainNight(16)} × and ${gainNight(64)} × for eight hours of search`,
    goal: "a figure",
    met: true,
    ...measured(tried),
  };
}

async function bothTimed(): Promise<Both> {
  const dataset = districtOfSchools(await district(SAMPLE), "H1", SCHOOLS);
  const one = await timed(dataset, 1);
  return { one, two: await timed(dataset, 2), partS: await partCostS() };
}

const pause = () => new Promise<void>((resolve) => setTimeout(resolve, 50));
