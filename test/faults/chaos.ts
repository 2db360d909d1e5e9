import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Random } from "../../packages/engine/index.ts";
import type { Job } from "../../packages/model/index.ts";
import { openStore, type Store } from "../../packages/store/index.ts";
import { freePort } from "../setup/debian.ts";
import { type RedisServer, type RunningRedis, startRedis } from "../setup/redis.ts";
import { api, type Killable, trialWorker } from "./processes.ts";
import { type Kind, trialDistrict } from "./trial-district.ts";
import { say } from "./trials.ts";

export interface ChaosOptions {
  readonly seed: number;
  readonly jobs: number;
  readonly redis: RedisServer;
  /** An empty database of Postgres; absent: the embedded one. */
  readonly databaseUrl?: string;
}

export interface ChaosOutcome {
  readonly acknowledged: number;
  /** Jobs in the store beyond those: submissions that were stored, whose answer was lost with the process, and that were stored again. */
  readonly twins: number;
  /** Acknowledged jobs that the store does not know. */
  readonly lost: number;
  /** Jobs with more than one end in their events, or a plan that is not theirs. */
  readonly twice: number;
  /** Jobs that never ended after the last kill; those that were stored but whose acknowledgement was lost are among them. */
  readonly open: number;
  /** Seconds from the last kill to the last end. */
  readonly settledS: number;
  readonly kills: Readonly<Record<"worker" | "api" | "redis", number>>;
  readonly ends: Readonly<Record<string, number>>;
}

/** What the long form must come to. */
export const nothingLost = ({ lost, twice, twins, open, settledS }: ChaosOutcome): boolean =>
  lost + twice + twins + open === 0 && settledS <= 60;

const WORKERS = 3;
/** Submissions come in at this pace, milliseconds apart: a minute and more of kills for a thousand. */
const PACE_MS = 80;
/** For how long a job that does not end is waited for. */
const SETTLED_MS = 600_000;
/** Submissions that wait for an answer at a time. */
const AT_ONCE = 40;
const ANSWER_MS = 15_000;

/** Mixed jobs by the API while workers, API and Redis are killed without warning and started again, at random. */
export async function chaos({ seed, jobs, redis: server, databaseUrl }: ChaosOptions): Promise<ChaosOutcome> {
  const dir = await mkdtemp(join(tmpdir(), "trivium-chaos-"));
  const store = await openStore(dir, databaseUrl ? { databaseUrl } : {});
  const scenarios = await trialDistrict(store);
  let redis = await startRedis(server);
  const port = await freePort();
  const env = { TRIVIUM_HOME: dir, REDIS_URL: redis.url, DATABASE_URL: databaseUrl ?? "", QUEUE_MAX: "100000" };
  const front = api(port, env);
  const workers = Array.from({ length: WORKERS }, () => trialWorker(dir, redis.url, databaseUrl));
  try {
    await Promise.all([front.start(), ...workers.map((each) => each.start())]);
    const kills = { worker: 0, api: 0, redis: 0 };
    const redisPort = Number(new URL(redis.url).port);
    const revive = async () => {
      redis = await revived(redis, server, redisPort);
    };
    const stop = new AbortController();
    const killing = killAtRandom(new Random(seed).fork(1), { front, workers, revive, kills, stop: stop.signal });
    const acknowledged: string[] = [];
    const telling = setInterval(
      () => say(`seed ${seed}: ${acknowledged.length} of ${jobs} acknowledged, killed ${JSON.stringify(kills)}`),
      10_000,
    );
    await submitAll(new Random(seed).fork(2), { url: `http://127.0.0.1:${port}`, scenarios, jobs, acknowledged });
    clearInterval(telling);
    stop.abort();
    await killing;
    const letDie = keptAlive(workers);
    const outcome = await settled(store, acknowledged).finally(letDie);
    return { ...outcome, kills };
  } finally {
    await Promise.all([front, ...workers].map((each) => each.kill()));
    await redis.stop();
    await store.close();
    await rm(dir, { recursive: true, force: true });
  }
}

async function revived(old: RunningRedis, server: RedisServer, port: number): Promise<RunningRedis> {
  await old.stop();
  return startRedis(server, port);
}

async function killAtRandom(
  random: Random,
  around: {
    front: Killable;
    workers: readonly Killable[];
    revive: () => Promise<void>;
    kills: Record<"worker" | "api" | "redis", number>;
    stop: AbortSignal;
  },
): Promise<void> {
  const { front, workers, revive, kills, stop } = around;
  while (!stop.aborted) {
    await pause(300 + random.below(700));
    const die = random.below(10);
    if (die < 6) {
      kills.worker++;
      await again(workers[random.below(workers.length)]);
    } else if (die < 8) {
      kills.api++;
      await again(front);
    } else {
      kills.redis++;
      await revive();
    }
  }
  // A poisonous job may have ended a worker by itself just now.
  await Promise.all([front, ...workers].filter((each) => !each.isAlive).map((each) => each.start()));
}

async function again(process: Killable): Promise<void> {
  await process.kill();
  await process.start();
}

/** As a service manager does: a worker that a poisonous job killed is started again, until the returned function is called. */
function keptAlive(workers: readonly Killable[]): () => void {
  const timer = setInterval(() => {
    for (const worker of workers) if (!worker.isAlive) void worker.start();
  }, 500);
  return () => clearInterval(timer);
}

/**
 * Every submission until it is acknowledged, under one Idempotency-Key as a careful client does it: what was stored though its answer was lost
 * is not stored again. One in twenty of the jobs is asked to be cancelled.
 */
async function submitAll(
  random: Random,
  to: { url: string; scenarios: Record<Kind, string>; jobs: number; acknowledged: string[] },
): Promise<void> {
  const { url, scenarios, jobs, acknowledged } = to;
  const cancels: Promise<void>[] = [];
  const beganMs = performance.now();
  const submit = async (i: number) => {
    const die = random.below(100);
    const kind: Kind = i === 0 || die < 1 ? "poison" : die < 6 ? "throw" : die < 20 ? "long" : "short";
    const priority = (["low", "normal", "high"] as const)[random.below(3)];
    const cancel = random.below(20) === 0 && kind !== "poison";
    await pause(Math.max(0, beganMs + i * PACE_MS - performance.now()));
    const jobId = await submitted(url, `chaos ${i}`, { scenario_id: scenarios[kind], area: "facilities", priority });
    acknowledged.push(jobId);
    if (cancel) cancels.push(cancelled(url, jobId));
  };
  let next = 0;
  const lane = async () => {
    while (next < jobs) await submit(next++);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
  await Promise.all(cancels);
}

async function submitted(url: string, key: string, body: object): Promise<string> {
  for (;;) {
    const response = await called(`${url}/v1/solves`, {
      method: "POST",
      headers: { "Content-Type": "application/json", "Idempotency-Key": key },
      body: JSON.stringify(body),
    });
    if (response?.status === 202) return ((await response.json()) as Job).job_id;
    await pause(200);
  }
}

async function cancelled(url: string, jobId: string): Promise<void> {
  while (!(await called(`${url}/v1/jobs/${jobId}/cancel`, { method: "POST" }))?.ok) await pause(200);
}

const called = (url: string, init: RequestInit): Promise<Response | undefined> =>
  fetch(url, { ...init, signal: AbortSignal.timeout(ANSWER_MS) }).catch(() => undefined);

async function settled(store: Store, acknowledged: readonly string[]): Promise<Omit<ChaosOutcome, "kills">> {
  const sinceMs = performance.now();
  const stored = (await store.jobs.list({ limit: 100_000 })).items.map((job) => job.job_id);
  const open = new Set([...acknowledged, ...stored]);
  while (open.size > 0 && performance.now() - sinceMs < SETTLED_MS) {
    for (const jobId of open) if ((await store.jobs.get(jobId))?.ended_at) open.delete(jobId);
    await pause(100);
  }
  const settledS = (performance.now() - sinceMs) / 1000;
  let lost = 0;
  let twice = 0;
  const ends: Record<string, number> = {};
  for (const jobId of acknowledged) {
    const job = await store.jobs.get(jobId);
    if (!job) lost++;
    else {
      const end = job.error ? `${job.status} (${job.error.code})` : job.status;
      ends[end] = (ends[end] ?? 0) + 1;
      if (!(await endedOnce(store, job))) twice++;
    }
  }
  return {
    acknowledged: acknowledged.length,
    twins: stored.length - new Set(acknowledged).size,
    lost,
    twice,
    open: open.size,
    settledS,
    ends,
  };
}

async function endedOnce(store: Store, job: Job): Promise<boolean> {
  const events = await store.jobs.events(job.job_id, 0);
  const ends = events.filter(({ kind, data }) => kind === "status" && (data as Job).ended_at !== null);
  const plan = job.plan_id === null ? null : await store.plans.summary(job.plan_id);
  const rightPlan = plan === null ? job.status !== "succeeded" : plan?.job_id === job.job_id;
  return ends.length <= 1 && rightPlan;
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
