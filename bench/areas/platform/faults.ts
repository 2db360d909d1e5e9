import { chaos } from "../../../test/faults/chaos.ts";
import { embeddedKills } from "../../../test/faults/embedded-kills.ts";
import { readsWhileSolving } from "../../../test/faults/reads.ts";
import { flood } from "../../../test/faults/submissions.ts";
import { postgresServer, startPostgres } from "../../../test/setup/postgres.ts";
import { redisServer } from "../../../test/setup/redis.ts";
import type { Row } from "../../measurement.ts";

const SEEDS = [1, 2, 3, 4, 5];
const JOBS = 1000;

/** Kills, floods and reads under load, each against real processes, Redis and Postgres. */
export async function* faultRows(say: (text: string) => void): AsyncGenerator<Row> {
  const redis = await redisServer();
  if ("reason" in redis) throw new Error(redis.reason);
  yield await killedRow("embedded database", async (seed) => chaos({ seed, jobs: JOBS, redis }), say);
  const postgres = await startPostgres(await postgresServer());
  try {
    const onPostgres = async (seed: number) =>
      chaos({ seed, jobs: JOBS, redis, databaseUrl: await postgres.database() });
    yield await killedRow("Postgres", onPostgres, say);
    yield await floodRow("Postgres", await flood({ ...FLOOD, redis, databaseUrl: await postgres.database() }));
  } finally {
    await postgres.stop();
  }
  yield await floodRow("embedded database", await flood({ ...FLOOD, redis }));
  const kills = await embeddedKills(100);
  yield {
    what: "embedded process killed 100 times in mid-work",
    instance: "one process",
    result: `${kills.acknowledged} acknowledged, ${kills.lost} lost; at work again in ${kills.slowestResumeS.toFixed(1)} s at the slowest, the process's start included; integrity check ${kills.integrity}`,
    goal: "0 lost, resumed in 5 s, integrity ok",
    met: kills.lost === 0 && kills.slowestResumeS <= 5 && kills.integrity === "ok",
  };
  const read = await readsWhileSolving(200, 30);
  yield {
    what: "reads at 200/s while all cores solve",
    instance: "sample district, one process",
    result: `p50 ${read.p50Ms.toFixed(0)} ms, p99 ${read.p99Ms.toFixed(0)} ms of ${read.count}, ${read.failed} failed`,
    goal: "p99 ≤ 150 ms",
    met: read.p99Ms <= 150 && read.failed === 0,
  };
}

const FLOOD = { count: 5000, seconds: 10, queueMax: 1000 };

async function killedRow(
  database: string,
  run: (seed: number) => ReturnType<typeof chaos>,
  say: (text: string) => void,
): Promise<Row> {
  const outcomes: Awaited<ReturnType<typeof chaos>>[] = [];
  for (const seed of SEEDS) {
    outcomes.push(await run(seed));
    say(`seed ${seed}: ${JSON.stringify(outcomes.at(-1))}`);
  }
  const sum = (of: (outcome: (typeof outcomes)[number]) => number) => outcomes.reduce((all, each) => all + of(each), 0);
  const [lost, twice, open] = [sum((each) => each.lost), sum((each) => each.twice), sum((each) => each.open)];
  const settledS = Math.max(...outcomes.map((each) => each.settledS));
  return {
    what: `${JOBS} mixed jobs, kill −9 of workers, API and Redis, ${SEEDS.length} seeds`,
    instance: database,
    result: `${sum((each) => each.acknowledged)} acknowledged; ${lost} lost, ${twice} committed twice, ${open} open; all ended ${settledS.toFixed(0)} s after the last kill; ${sum((each) => each.kills.worker)} workers, ${sum((each) => each.kills.api)} APIs, ${sum((each) => each.kills.redis)} Redis killed`,
    goal: "0 lost, 0 twice, all ended within 60 s",
    met: lost + twice + open === 0 && settledS <= 60,
  };
}

function floodRow(database: string, outcome: Awaited<ReturnType<typeof flood>>): Row {
  const { accepted, refused, failed, unsaid, dropped, mostWaiting, tookS, slowestMs } = outcome;
  return {
    what: "5,000 submissions in 10 s, 1,000 may wait",
    instance: database,
    result: `${accepted} accepted, ${refused} refused with Retry-After, ${failed.length} failed, ${dropped} dropped; most waiting ${mostWaiting}; answered in ${tookS.toFixed(1)} s, the slowest in ${slowestMs.toFixed(0)} ms`,
    goal: "limit kept, none accepted and dropped",
    met: failed.length + unsaid + dropped === 0 && mostWaiting <= 1000 && accepted + refused === 5000,
  };
}
