import { cancelledElsewhere, cancelledInTime } from "../../../test/faults/cancel.ts";
import { type ChaosOutcome, chaos, nothingLost } from "../../../test/faults/chaos.ts";
import { embeddedKills, resumedInTime } from "../../../test/faults/embedded-kills.ts";
import { postgresRestarted, redisFlushed, redisGone, refusedInTime } from "../../../test/faults/outages.ts";
import { answeredInTime, readsWhileSolving } from "../../../test/faults/reads.ts";
import { flood, limitKept } from "../../../test/faults/submissions.ts";
import { type Trial, trial } from "../../../test/faults/trials.ts";
import { postgresServer, startPostgres } from "../../../test/setup/postgres.ts";
import { redisServer } from "../../../test/setup/redis.ts";
import type { Row } from "../../measurement.ts";
import { measured } from "./measured.ts";

const SEEDS = [1, 2, 3, 4, 5];
const JOBS = 1000;
const FLOOD = { count: 5000, seconds: 10, queueMax: 1000 };
const AWAY_MS = 60_000;

/** Kills, floods, outages and reads under load, each against real processes, Redis and Postgres; what `npm run test:faults` tried is kept. */
export async function* faultRows(): AsyncGenerator<Row> {
  const redis = await redisServer();
  const server = await postgresServer();
  if ("reason" in redis) throw new Error(redis.reason);
  if ("reason" in server) throw new Error(server.reason);
  yield await readsRow();
  yield await cancelRow();
  yield await killsRow();
  const away = {
    "redis-gone": ["Redis gone for 60 s", () => redisGone(redis, AWAY_MS)],
    "redis-flushed": ["Redis flushed for 60 s, 10 times a second or more", () => redisFlushed(redis, AWAY_MS)],
    "postgres-restarted": ["Postgres away for 30 s", () => postgresRestarted(redis, server, AWAY_MS / 2)],
  } as const;
  for (const [name, [what, run]] of Object.entries(away)) yield await outageRow(name, what, run);
  const onEmbedded = (seed: number) => chaos({ seed, jobs: JOBS, redis });
  yield await floodRow("embedded", "embedded database", () => flood({ ...FLOOD, redis }));
  yield await killedRow("embedded", "embedded database", onEmbedded);
  const postgres = await startPostgres(server);
  try {
    yield await floodRow("postgres", "Postgres", async () =>
      flood({ ...FLOOD, redis, databaseUrl: await postgres.database() }),
    );
    yield await killedRow("postgres", "Postgres", async (seed) =>
      chaos({ seed, jobs: JOBS, redis, databaseUrl: await postgres.database() }),
    );
  } finally {
    await postgres.stop();
  }
}

async function killedRow(name: string, database: string, run: (seed: number) => Promise<ChaosOutcome>): Promise<Row> {
  const trials: Trial<ChaosOutcome>[] = [];
  for (const seed of SEEDS) trials.push(await trial(`chaos-${name}-seed-${seed}`, () => run(seed), nothingLost));
  const outcomes = trials.map((each) => each.outcome);
  const sum = (of: (outcome: ChaosOutcome) => number) => outcomes.reduce((all, each) => all + of(each), 0);
  const settled = outcomes.map((each) => each.settledS.toFixed(0)).join(", ");
  return {
    what: `${JOBS} mixed jobs, kill −9 of workers, API and Redis, ${SEEDS.length} seeds`,
    instance: database,
    result: `${sum((each) => each.acknowledged)} acknowledged; ${sum((each) => each.lost)} lost, ${sum((each) => each.twice)} committed twice, ${sum((each) => each.twins)} stored twice, ${sum((each) => each.open)} open; all ended ${settled} s after the last kill; ${sum((each) => each.kills.worker)} workers, ${sum((each) => each.kills.api)} APIs, ${sum((each) => each.kills.redis)} Redis killed`,
    goal: "0 lost, 0 twice, all ended within 60 s",
    met: outcomes.every(nothingLost),
    ...measured(trials[trials.length - 1]),
    shared: trials.some((each) => each.shared),
  };
}

async function floodRow(name: string, database: string, run: () => ReturnType<typeof flood>): Promise<Row> {
  const met = limitKept(FLOOD.queueMax);
  const tried = await trial(`flood-${name}`, run, met);
  const { accepted, refused, failed, dropped, mostWaiting, tookS, slowestMs } = tried.outcome;
  return {
    what: "5,000 submissions in 10 s, 1,000 may wait",
    instance: database,
    result: `${accepted} accepted, ${refused} refused with Retry-After, ${failed.length} failed, ${dropped} dropped; most waiting ${mostWaiting}; answered in ${tookS.toFixed(1)} s, the slowest in ${slowestMs.toFixed(0)} ms`,
    goal: "limit kept, none accepted and dropped",
    met: met(tried.outcome) && accepted + refused === FLOOD.count,
    ...measured(tried),
  };
}

async function killsRow(): Promise<Row> {
  const tried = await trial("embedded-kills", () => embeddedKills(100), resumedInTime);
  const { acknowledged, lost, slowestResumeS, integrity } = tried.outcome;
  return {
    what: "embedded process killed 100 times in mid-work",
    instance: "one process",
    result: `${acknowledged} acknowledged, ${lost} lost; at work again in ${slowestResumeS.toFixed(1)} s at the slowest, the process's start included; integrity check ${integrity}`,
    goal: "0 lost, resumed in 5 s, integrity ok",
    met: resumedInTime(tried.outcome),
    ...measured(tried),
  };
}

async function readsRow(): Promise<Row> {
  const tried = await trial("reads-while-solving", () => readsWhileSolving(200, 30), answeredInTime);
  const { p50Ms, p99Ms, count, failed } = tried.outcome;
  return {
    what: "reads at 200/s while all cores solve",
    instance: "sample district, one process",
    result: `p50 ${p50Ms.toFixed(0)} ms, p99 ${p99Ms.toFixed(0)} ms of ${count}, ${failed} failed`,
    goal: "p99 ≤ 150 ms",
    met: answeredInTime(tried.outcome),
    ...measured(tried),
  };
}

async function cancelRow(): Promise<Row> {
  const redis = await redisServer();
  if ("reason" in redis) throw new Error(redis.reason);
  const tried = await trial("cancel", () => cancelledElsewhere(redis), cancelledInTime);
  const { tookMs, plan } = tried.outcome;
  return {
    what: "cancel by the API, of a solve on another machine",
    instance: "sample district, capital plan",
    result: `ended ${(tookMs / 1000).toFixed(1)} s after it was asked for, its best plan kept and ${plan.verified ? "verified" : "NOT verified"}`,
    goal: "2 s, best plan kept",
    met: cancelledInTime(tried.outcome),
    ...measured(tried),
  };
}

async function outageRow(name: string, what: string, run: () => ReturnType<typeof redisGone>): Promise<Row> {
  const tried = await trial(name, run, refusedInTime);
  const { accepted, troubled, refused, unsaid, slowestRefusalMs, unread } = tried.outcome;
  return {
    what,
    instance: "API and two workers",
    result: `${accepted} accepted, ${troubled} of them lost or tried twice; ${refused} refused, the slowest in ${slowestRefusalMs.toFixed(0)} ms, ${unsaid} without 503 and Retry-After; ${unread} reads unanswered`,
    goal: "reads work, new solves 503 + Retry-After in 1 s, nothing lost",
    met: refusedInTime(tried.outcome),
    ...measured(tried),
  };
}
