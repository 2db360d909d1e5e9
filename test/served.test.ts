import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type JobEvent, TriviumClient } from "@trivium/client";
import type { Job, Plan } from "@trivium/model";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type RunningRedis, redisServer, startRedis } from "./setup/redis.ts";
import { startTrivium, type TriviumProcess, zippedDistrict } from "./setup/trivium.ts";

const SAMPLE = fileURLToPath(new URL("../data/sample", import.meta.url));
const ONE_OF_MANY = { reconnectMs: 100 };
const running: TriviumProcess[] = [];
const home = mkdtempSync(join(tmpdir(), "trivium-served-"));
afterAll(async () => {
  await Promise.all(running.map((process) => process.kill()));
  rmSync(home, { recursive: true, force: true });
});

function started(args: string[], env: Record<string, string>): TriviumProcess {
  const process = startTrivium(args, env);
  running.push(process);
  return process;
}

async function served(env: Record<string, string>, port = "0"): Promise<{ process: TriviumProcess; url: string }> {
  const process = started(["serve", "--port", port], env);
  const [, url] = await process.said(/serving (http:\S+)/);
  return { process, url };
}

/** Follows a job until one of its events is what is waited for. */
async function until(client: TriviumClient, jobId: string, wanted: (event: JobEvent) => boolean): Promise<JobEvent> {
  for await (const event of client.follow(jobId)) if (wanted(event)) return event;
  throw new Error(`job ${jobId} ended before what was waited for`);
}

async function end(client: TriviumClient, jobId: string): Promise<Job> {
  await until(client, jobId, (event) => event.kind === "status" && event.job.ended_at !== null);
  return client.job(jobId);
}

const searching = (event: JobEvent) => event.kind === "progress" && event.progress.iterations > 0;

describe("the sample district by the API, in one process", () => {
  const env = { TRIVIUM_HOME: join(home, "embedded"), REDIS_URL: "" };
  let client: TriviumClient;
  let server: { process: TriviumProcess; url: string };
  let dataset_hash: string;
  beforeAll(async () => {
    server = await served(env);
    client = new TriviumClient(server.url, ONE_OF_MANY);
    dataset_hash = (await client.uploadDataset(zippedDistrict(SAMPLE))).dataset.dataset_hash;
  });

  test("a capital plan is solved, compared with today's, explained and exported; a what-if changes it", async () => {
    const settings = { iterations: 5000, seed: 3 };
    const base = await client.createScenario({ dataset_hash, settings });
    const { plan_id } = await end(
      client,
      (await client.solve({ scenario_id: base.scenario_id, area: "facilities" })).job_id,
    );
    const plan = await client.plan(plan_id ?? "");
    expect(plan.verification).toMatchObject({ ok: true, violation_count: 0 });
    const values = { horizon_years: 5 };
    const what_if = await client.createScenario({
      from: base.scenario_id,
      name: "Five years",
      changes: [{ op: "settings", area: "facilities", values }],
    });
    const shorter = await end(
      client,
      (await client.solve({ scenario_id: what_if.scenario_id, area: "facilities" })).job_id,
    );
    expect(shorter).toMatchObject({ status: "succeeded" });
    expect((await client.compare({ a: "today", b: plan_id ?? "" })).figures.length).toBeGreaterThan(3);
    const between = await client.compare({ a: plan_id ?? "", b: shorter.plan_id ?? "" });
    expect(between.a).not.toBe(between.b);
    const [{ asset_id: id }] = (plan as Plan<"facilities">).decisions.plan;
    expect((await client.explain({ plan_id: plan_id ?? "", subject: { kind: "asset", id } })).summary).toContain(id);
    expect((await client.exportPlan(plan_id ?? "", "xlsx")).length).toBeGreaterThan(1000);
  });

  test("a server killed in the middle of a solve takes it up again, and cancelling it keeps a verified plan", async () => {
    const { scenario_id } = await client.createScenario({ dataset_hash, settings: { time_s: 3600 } });
    const { job_id } = await client.solve({ scenario_id, area: "scheduling" });
    await until(client, job_id, searching);
    await server.process.kill();
    server = await served(env, new URL(server.url).port);
    await until(client, job_id, (event) => event.kind === "status" && event.job.attempt === 2);
    for (let job = await client.job(job_id); !job.progress?.iterations; job = await client.job(job_id))
      await new Promise((resolve) => setTimeout(resolve, 200));
    await client.cancel(job_id);
    const job = await end(client, job_id);
    expect(job).toMatchObject({ status: "cancelled", attempt: 2 });
    expect(await client.plan(job.plan_id ?? "")).toMatchObject({ status: "feasible", verification: { ok: true } });
  });
});

const server = await redisServer();
const reason = "reason" in server ? server.reason : undefined;

/** Without a Redis this part is skipped, with the reason in its name; in CI that is a failure. */
describe.skipIf(reason && process.env.CI !== "true")(
  `with Redis and workers apart${reason ? ` (${reason})` : ""}`,
  () => {
    let redis: RunningRedis;
    beforeAll(async () => {
      redis = await startRedis(server);
    });
    afterAll(() => redis?.stop());

    test("a worker killed in the middle of a solve is replaced by another, and questions find the one that is left", async () => {
      const env = { TRIVIUM_HOME: join(home, "apart"), REDIS_URL: redis.url };
      const { url } = await served(env);
      const client = new TriviumClient(url, ONE_OF_MANY);
      const { dataset } = await client.uploadDataset(zippedDistrict(SAMPLE));
      const doomed = started(["worker"], env);
      const settings = { iterations: 20_000, seed: 3 };
      const { scenario_id } = await client.createScenario({ dataset_hash: dataset.dataset_hash, settings });
      const { job_id } = await client.solve({ scenario_id, area: "facilities" });
      await until(client, job_id, (event) => event.kind === "status" && event.job.status === "running");
      await doomed.kill();
      started(["worker"], env);
      const job = await end(client, job_id);
      expect(job).toMatchObject({ status: "succeeded", attempt: 2 });
      expect(await client.compare({ a: "today", b: job.plan_id ?? "" })).toMatchObject({
        a: "today",
        area: "facilities",
      });
    });
  },
);
