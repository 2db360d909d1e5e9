import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { TriviumClient } from "@trivium/client";
import type { Job } from "@trivium/model";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { builtTrivium } from "./setup/built.ts";
import { postgresServer, type RunningPostgres, startPostgres } from "./setup/postgres.ts";
import { type RunningRedis, redisServer, startRedis } from "./setup/redis.ts";
import { startTrivium, type TriviumProcess, zippedDistrict } from "./setup/trivium.ts";

const SAMPLE = fileURLToPath(new URL("../data/sample", import.meta.url));
/** What a capital plan needs of the sample: read and built in a second. */
const FACILITIES_ONLY = /^(district\.json|schools\.csv|facilities\/.*)$/;
const dir = mkdtempSync(join(tmpdir(), "trivium-deployed-"));
const [redisThere, postgresThere] = await Promise.all([redisServer(), postgresServer()]);
const reasons = [redisThere, postgresThere].flatMap((each) => ("reason" in each ? [each.reason] : []));

/** The image's JavaScript as processes: what compose.yaml starts, without containers. */
describe.skipIf(reasons.length > 0 && process.env.CI !== "true")(
  `deployed as compose.yaml says${reasons.map((reason) => ` (${reason})`).join("")}`,
  () => {
    let redis: RunningRedis;
    let postgres: RunningPostgres;
    let env: Record<string, string>;
    let client: TriviumClient;
    let dataset_hash: string;
    const running: TriviumProcess[] = [];
    const present = join(dir, "present");
    const next = join(dir, "next");

    beforeAll(async () => {
      builtTrivium(present);
      asNextVersion(builtTrivium(next));
      [redis, postgres] = await Promise.all([startRedis(redisThere), startPostgres(postgresThere)]);
      env = {
        DATABASE_URL: await postgres.database(),
        REDIS_URL: redis.url,
        TRIVIUM_HOME: join(dir, "home"),
        LOG_LEVEL: "info",
      };
    });
    afterAll(async () => {
      await Promise.all(running.map((each) => each.kill()));
      await Promise.all([redis?.stop(), postgres?.stop()]);
      rmSync(dir, { recursive: true, force: true });
    });

    const started = (args: string[], home: string): TriviumProcess => {
      const process = startTrivium(args, env, home);
      running.push(process);
      return process;
    };
    async function api(home: string): Promise<{ process: TriviumProcess; client: TriviumClient; url: string }> {
      const process = started(["serve", "--port", "0"], home);
      const [, url] = await process.said(/serving (http:\S+)/);
      return { process, url, client: new TriviumClient(url, { reconnectMs: 100 }) };
    }
    const version = async (url: string) => (await (await fetch(`${url}/healthz`)).json()).version;

    test("a rolling upgrade in the middle of solves loses none: the new version takes up what the old one gives back", async () => {
      const old = { api: await api(present), workers: [started(["worker"], present), started(["worker"], present)] };
      await Promise.all(old.workers.map((worker) => worker.said(/worker: /)));
      expect(await version(old.api.url)).not.toBe("9.9.9");
      client = old.api.client;
      dataset_hash = (await client.uploadDataset(zippedDistrict(SAMPLE, FACILITIES_ONLY))).dataset.dataset_hash;
      const jobs = await submitted(client, dataset_hash, 2);
      await until(async () => (await client.jobs({ status: "running" })).items.length === 2);

      const now = { api: await api(next), worker: started(["worker"], next) };
      expect(await version(now.api.url)).toBe("9.9.9");
      // Both versions answer side by side on the schema of the new one.
      expect((await old.api.client.job(jobs[0])).scenario_id).toBe((await now.api.client.job(jobs[0])).scenario_id);
      jobs.push(
        ...(await submitted(old.api.client, dataset_hash, 1)),
        ...(await submitted(now.api.client, dataset_hash, 1)),
      );
      for (const process of [old.api.process, ...old.workers]) expect(await process.stop()).toBe(0);
      started(["worker"], next);

      const ended = await Promise.all(jobs.map((id) => endOf(now.api.client, id)));
      expect(ended.map(({ status, error }) => error?.code ?? status)).toEqual(jobs.map(() => "succeeded"));
      const plans = (await now.api.client.plans({ limit: 100 })).items;
      expect(plans.map(({ job_id }) => job_id).sort()).toEqual([...jobs].sort());
      client = now.api.client;
    });

    test("a stopped API ends its streams, lets calls in hand finish, and exits in order", async () => {
      const second = await api(next);
      const [job] = await submitted(second.client, dataset_hash, 1, 60);
      const stream = await fetch(`${second.url}/v1/jobs/${job}/events`);
      const call = await begunCall(`${second.url}/v1/scenarios`, JSON.stringify({ dataset_hash, name: "In hand" }));
      const exit = second.process.stop();
      expect(await stream.text()).toContain("event: status");
      expect(await call.finish()).toBe(201);
      expect(await exit).toBe(0);
      await expect(fetch(`${second.url}/healthz`)).rejects.toThrow();
      await client.cancel(job);
      expect((await endOf(client, job)).status).toBe("cancelled");
    });
  },
);

/** The version that comes after this one: its own number, and a step of the schema that this one does not know. */
function asNextVersion(home: string): void {
  const change = (file: string, from: RegExp, to: string) => {
    const path = join(home, file);
    const text = readFileSync(path, "utf8");
    expect(text).toMatch(from);
    writeFileSync(path, text.replace(from, to));
  };
  const step = `{ name: "9999-next", up: async ({ schema }) => {
    await schema.alterTable("jobs").addColumn("next", "text").execute();
    await schema.alterTable("plans").addColumn("next", "text").execute();
  } }`;
  change("packages/model/version.js", /VERSION = "[^"]+"/, 'VERSION = "9.9.9"');
  change("packages/store/migrations/index.js", /(MIGRATIONS\s*=\s*\[[^\]]*?),?\s*\];/, `$1, ${step}];`);
}

/** A call of which the server has the first half when this returns. */
async function begunCall(url: string, body: string): Promise<{ finish(): Promise<number | undefined> }> {
  const headers = { "Content-Type": "application/json", "Content-Length": Buffer.byteLength(body) };
  const call = request(url, { method: "POST", headers });
  await new Promise((resolve) => call.write(body.slice(0, 10), resolve));
  await new Promise((resolve) => setTimeout(resolve, 300));
  const { promise, resolve, reject } = Promise.withResolvers<number | undefined>();
  call.once("response", (response) => resolve(response.resume().statusCode)).once("error", reject);
  return {
    finish() {
      call.end(body.slice(10));
      return promise;
    },
  };
}

async function submitted(client: TriviumClient, dataset_hash: string, count: number, time_s = 2): Promise<string[]> {
  const jobs: string[] = [];
  for (let i = 0; i < count; i++) {
    const { scenario_id } = await client.createScenario({ dataset_hash, settings: { time_s, seed: i } });
    jobs.push((await client.solve({ scenario_id, area: "facilities" })).job_id);
  }
  return jobs;
}

async function endOf(client: TriviumClient, jobId: string): Promise<Job> {
  await until(async () => (await client.job(jobId)).ended_at !== null);
  return client.job(jobId);
}

async function until(met: () => Promise<boolean>): Promise<void> {
  while (!(await met())) await new Promise((resolve) => setTimeout(resolve, 200));
}
