import { mkdtemp, rm } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import type { Job } from "../../packages/model/index.ts";
import { openStore } from "../../packages/store/index.ts";
import { freePort } from "../setup/debian.ts";
import { postgresServer, startPostgres } from "../setup/postgres.ts";
import { redisServer, startRedis } from "../setup/redis.ts";
import { LONG } from "./long.ts";
import { api, trialWorker } from "./processes.ts";
import { trialDistrict } from "./trial-district.ts";

const redisThere = await redisServer();
const postgresThere = await postgresServer();
const reason = [redisThere, postgresThere].flatMap((each) => ("reason" in each ? [each.reason] : []))[0];
const skip = Boolean(reason) && process.env.CI !== "true";
const AWAY_MS = LONG ? 60_000 : 2_000;

describe.skipIf(skip)(`what is there while something is away${reason ? ` (${reason})` : ""}`, () => {
  const closing: (() => Promise<unknown>)[] = [];
  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close();
  });

  /** API and two workers as processes, on Redis and the given database. */
  async function running(databaseUrl = "") {
    const dir = await mkdtemp(join(tmpdir(), "trivium-outage-"));
    closing.push(() => rm(dir, { recursive: true, force: true }));
    const store = await openStore(dir, databaseUrl ? { databaseUrl } : {});
    closing.push(() => store.close());
    const scenarios = await trialDistrict(store);
    let redis = await startRedis(redisThere);
    closing.push(() => redis.stop());
    const port = await freePort();
    const front = api(port, { TRIVIUM_HOME: dir, REDIS_URL: redis.url, DATABASE_URL: databaseUrl });
    const workers = [1, 2].map(() => trialWorker(dir, redis.url, databaseUrl));
    const all = [front, ...workers];
    await Promise.all(all.map((each) => each.start()));
    closing.push(() => Promise.all(all.map((each) => each.kill())));
    const url = `http://127.0.0.1:${port}`;
    const submit = async (scenario_id: string) => {
      const beganMs = performance.now();
      const response = await fetch(`${url}/v1/solves`, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ scenario_id, area: "facilities" }),
      });
      return {
        status: response.status,
        retryAfter: response.headers.get("Retry-After"),
        tookMs: performance.now() - beganMs,
        job: (await response.json()) as Job,
      };
    };
    const read = async (path: string) => (await fetch(`${url}${path}`)).status;
    const allEnd = async (jobIds: readonly string[]) => {
      const ends = new Set<string>();
      while (ends.size < jobIds.length) {
        for (const id of jobIds) if ((await store.jobs.get(id).catch(() => undefined))?.ended_at) ends.add(id);
        await pause(100);
      }
    };
    return {
      url,
      store,
      scenarios,
      submit,
      read,
      allEnd,
      redisUrl: redis.url,
      async withoutRedis(act: () => Promise<void>) {
        const redisPort = Number(new URL(redis.url).port);
        await redis.stop();
        await act();
        redis = await startRedis(redisThere, redisPort);
      },
    };
  }

  test("Redis gone: reads work, new solves are refused within a second with Retry-After, nothing acknowledged is lost", {
    timeout: 300_000,
  }, async () => {
    const at = await running();
    const before: string[] = [];
    for (let i = 0; i < 12; i++) before.push((await at.submit(at.scenarios.long)).job.job_id);
    await at.withoutRedis(async () => {
      for (const untilMs = Date.now() + AWAY_MS; Date.now() < untilMs; await pause(200)) {
        const refused = await at.submit(at.scenarios.short);
        expect(refused).toMatchObject({ status: 503, retryAfter: expect.stringMatching(/^\d+$/) });
        expect(refused.tookMs).toBeLessThan(1000);
        expect(await at.read("/v1/jobs")).toBe(200);
        expect(await at.read("/readyz")).toBe(503);
      }
      // What was accepted goes on without the queue.
      await at.allEnd(before);
    });
    while ((await at.submit(at.scenarios.short)).status !== 202) await pause(200);
  });

  test("Redis flushed over and over while solves come in: all of them end", { timeout: 300_000 }, async () => {
    const at = await running();
    const accepted: string[] = [];
    for (const untilMs = Date.now() + AWAY_MS; Date.now() < untilMs; await pause(50)) {
      const answer = await at.submit(at.scenarios.short);
      if (answer.status === 202) accepted.push(answer.job.job_id);
      await flushed(at.redisUrl);
    }
    await at.allEnd(accepted);
    expect(accepted.length).toBeGreaterThan(5);
  });

  test("Postgres restarted: new solves are refused within a second, then everything goes on, and no attempt is counted for it", {
    timeout: 300_000,
  }, async () => {
    const server = await startPostgres(postgresThere);
    closing.push(() => server.stop());
    const at = await running(await server.database());
    const before: string[] = [];
    for (let i = 0; i < 12; i++) before.push((await at.submit(at.scenarios.long)).job.job_id);
    const restarted = server.restart(AWAY_MS / 2);
    let refusals = 0;
    for (let back = false; !back; await pause(100)) {
      const answer = await at.submit(at.scenarios.short);
      if (answer.status !== 202) {
        refusals++;
        expect(answer).toMatchObject({ status: 503, retryAfter: expect.stringMatching(/^\d+$/) });
        expect(answer.tookMs).toBeLessThan(1000);
      } else before.push(answer.job.job_id);
      back = refusals > 0 && answer.status === 202;
    }
    await restarted;
    await at.allEnd(before);
    for (const id of before) expect(await at.store.jobs.get(id)).toMatchObject({ status: "succeeded", attempt: 1 });
  });
});

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
