import { mkdtemp, rm } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Job } from "../../packages/model/index.ts";
import { openStore } from "../../packages/store/index.ts";
import { freePort } from "../setup/debian.ts";
import { type PostgresServer, startPostgres } from "../setup/postgres.ts";
import { type RedisServer, startRedis } from "../setup/redis.ts";
import { api, trialWorker } from "./processes.ts";
import { trialDistrict } from "./trial-district.ts";

/** What became of an installation while something that it needs was away. */
export interface Outage {
  readonly accepted: number;
  /** Accepted solves that did not succeed at their first attempt. */
  readonly troubled: number;
  readonly refused: number;
  /** Refusals that were no 503, or did not say when to come again. */
  readonly unsaid: number;
  readonly slowestRefusalMs: number;
  /** Reads that were not answered. */
  readonly unread: number;
}

/** What the long form must come to. */
export const refusedInTime = ({ troubled, unsaid, unread, slowestRefusalMs }: Outage): boolean =>
  troubled + unsaid + unread === 0 && slowestRefusalMs <= 1000;

/** The queue is gone: what was accepted goes on, what is new is refused, what is there is read. */
export async function redisGone(redis: RedisServer, awayMs: number): Promise<Outage> {
  await using at = await installation(redis);
  for (let i = 0; i < 12; i++) await at.submit("long");
  await at.withoutRedis(async () => {
    for (const untilMs = Date.now() + awayMs; Date.now() < untilMs; await pause(200)) {
      await at.submit("short");
      await at.read("/v1/jobs", 200);
      await at.read("/readyz", 503);
    }
    await at.allEnd();
  });
  while (!(await at.submit("short", "may be refused"))) await pause(200);
  // Awaited: else the installation is gone before it is looked at.
  return await at.outcome();
}

/** The queue forgets everything, over and over, while solves come in. */
export async function redisFlushed(redis: RedisServer, forMs: number): Promise<Outage> {
  await using at = await installation(redis);
  for (const untilMs = Date.now() + forMs; Date.now() < untilMs; await pause(50)) {
    await at.submit("short");
    await at.flush();
  }
  // Awaited: else the installation is gone before it is looked at.
  return await at.outcome();
}

/** The database is stopped and started again: nothing is stored meanwhile, and no attempt is counted for it. */
export async function postgresRestarted(redis: RedisServer, postgres: PostgresServer, awayMs: number): Promise<Outage> {
  const server = await startPostgres(postgres);
  try {
    await using at = await installation(redis, await server.database());
    for (let i = 0; i < 12; i++) await at.submit("long");
    const restarted = server.restart(awayMs);
    while (await at.submit("short")) await pause(20);
    while (!(await at.submit("short"))) await pause(100);
    await restarted;
    return await at.outcome();
  } finally {
    await server.stop();
  }
}

/** API and two workers as processes, on Redis and the given database. */
async function installation(server: RedisServer, databaseUrl = "") {
  const dir = await mkdtemp(join(tmpdir(), "trivium-outage-"));
  const store = await openStore(dir, databaseUrl ? { databaseUrl } : {});
  const scenarios = await trialDistrict(store);
  let redis = await startRedis(server);
  const port = await freePort();
  const front = api(port, { TRIVIUM_HOME: dir, REDIS_URL: redis.url, DATABASE_URL: databaseUrl });
  const all = [front, ...[1, 2].map(() => trialWorker(dir, redis.url, databaseUrl))];
  await Promise.all(all.map((each) => each.start()));
  const url = `http://127.0.0.1:${port}`;
  const accepted: string[] = [];
  const seen = { refused: 0, unsaid: 0, slowestRefusalMs: 0, unread: 0 };
  const job = (id: string): Promise<Job | undefined> => store.jobs.get(id).catch(() => undefined);
  const allEnd = async () => {
    for (const id of accepted) while (!(await job(id))?.ended_at) await pause(100);
  };
  return {
    /** False: it was refused. One that is refused by chance, at the moment when things come back, counts for nothing. */
    async submit(kind: "short" | "long", chance?: "may be refused"): Promise<boolean> {
      const beganMs = performance.now();
      const response = await fetch(`${url}/v1/solves`, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ scenario_id: scenarios[kind], area: "facilities" }),
      });
      const answer = (await response.json()) as Job;
      if (response.status === 202) accepted.push(answer.job_id);
      else if (!chance) {
        seen.refused++;
        seen.slowestRefusalMs = Math.max(seen.slowestRefusalMs, performance.now() - beganMs);
        if (response.status !== 503 || !/^\d+$/.test(response.headers.get("Retry-After") ?? "")) seen.unsaid++;
      }
      return response.status === 202;
    },
    async read(path: string, status: number): Promise<void> {
      const response = await fetch(url + path);
      await response.body?.cancel();
      if (response.status !== status) seen.unread++;
    },
    async withoutRedis(act: () => Promise<void>): Promise<void> {
      await redis.stop();
      await act();
      redis = await startRedis(server, Number(new URL(redis.url).port));
    },
    flush: () => flushed(redis.url),
    allEnd,
    async outcome(): Promise<Outage> {
      await allEnd();
      const jobs = await Promise.all(accepted.map(job));
      const troubled = jobs.filter((each) => each?.status !== "succeeded" || each.attempt !== 1).length;
      return { accepted: accepted.length, troubled, ...seen };
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(all.map((each) => each.kill()));
      await redis.stop();
      await store.close();
      await rm(dir, { recursive: true, force: true });
    },
  };
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** FLUSHALL by hand: Redis reads a line of plain text. */
function flushed(url: string): Promise<void> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => socket.write("FLUSHALL\r\n"));
    socket.once("data", () => {
      socket.destroy();
      resolve();
    });
    socket.once("error", reject);
  });
}
