import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openStore } from "../../packages/store/index.ts";
import { freePort } from "../setup/debian.ts";
import { type RedisServer, startRedis } from "../setup/redis.ts";
import { type Submissions, submissions } from "./load.ts";
import { api, trialWorker } from "./processes.ts";
import { trialDistrict } from "./trial-district.ts";

export interface Flood extends Omit<Submissions, "accepted"> {
  readonly accepted: number;
  /** The most that waited at any look. */
  readonly mostWaiting: number;
  /** Accepted jobs that did not come to an end. */
  readonly dropped: number;
}

/** What the long form must come to. */
export const limitKept = (queueMax: number) => (flood: Flood) =>
  flood.failed.length + flood.unsaid + flood.dropped === 0 && flood.mostWaiting <= queueMax;

/** Many submissions in a short time against one API, with a worker that cannot keep up. */
export async function flood(options: {
  redis: RedisServer;
  count: number;
  seconds: number;
  queueMax: number;
  databaseUrl?: string;
}): Promise<Flood> {
  const { databaseUrl = "" } = options;
  const dir = await mkdtemp(join(tmpdir(), "trivium-flood-"));
  const store = await openStore(dir, databaseUrl ? { databaseUrl } : {});
  const scenarios = await trialDistrict(store);
  const redis = await startRedis(options.redis);
  const port = await freePort();
  const env = {
    TRIVIUM_HOME: dir,
    REDIS_URL: redis.url,
    DATABASE_URL: databaseUrl,
    QUEUE_MAX: String(options.queueMax),
  };
  const front = api(port, env);
  const worker = trialWorker(dir, redis.url, databaseUrl);
  let mostWaiting = 0;
  const look = setInterval(async () => {
    const waiting = (await store.jobs.list({ limit: 100_000 }, "queued")).items.length;
    mostWaiting = Math.max(mostWaiting, waiting);
  }, 500);
  try {
    await Promise.all([front.start(), worker.start()]);
    const url = `http://127.0.0.1:${port}`;
    const { accepted, ...outcome } = await submissions(url, scenarios.short, options.count, options.seconds);
    clearInterval(look);
    const open = new Set(accepted);
    for (const untilMs = Date.now() + 600_000; open.size > 0 && Date.now() < untilMs; await pause(200))
      for (const jobId of [...open].slice(0, 200)) if ((await store.jobs.get(jobId))?.ended_at) open.delete(jobId);
    return { ...outcome, accepted: accepted.length, mostWaiting, dropped: open.size };
  } finally {
    clearInterval(look);
    await Promise.all([front.kill(), worker.kill()]);
    await redis.stop();
    await store.close();
    await rm(dir, { recursive: true, force: true });
  }
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
