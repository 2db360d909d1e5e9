import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { TriviumClient } from "@trivium/client";
import { expect, test } from "vitest";
import { freePort } from "../setup/debian.ts";
import { redisServer, startRedis } from "../setup/redis.ts";
import { zippedDistrict } from "../setup/trivium.ts";
import { LONG } from "./long.ts";
import { api, Killable } from "./processes.ts";

const SAMPLE = fileURLToPath(new URL("../../data/sample", import.meta.url));
const redis = await redisServer();
const missing = "reason" in redis ? redis.reason : undefined;

test.skipIf(missing && process.env.CI !== "true")(
  `cancelling by the API reaches the solve on another machine, and its best plan is kept${missing ? ` (${missing})` : ""}`,
  { timeout: 300_000 },
  async () => {
    const dir = await mkdtemp(join(tmpdir(), "trivium-cancel-"));
    const queue = await startRedis(redis);
    const port = await freePort();
    const env = { TRIVIUM_HOME: dir, REDIS_URL: queue.url, DATABASE_URL: "" };
    const front = api(port, env);
    const worker = new Killable(["packages/cli/trivium.mjs", "worker"], /worker: /, env);
    try {
      await Promise.all([front.start(), worker.start()]);
      const client = new TriviumClient(`http://127.0.0.1:${port}`);
      const { dataset } = await client.uploadDataset(zippedDistrict(SAMPLE, /^(district|schools|facilities)/));
      const settings = { time_s: 3600 };
      const { scenario_id } = await client.createScenario({ dataset_hash: dataset.dataset_hash, settings });
      const { job_id } = await client.solve({ scenario_id, area: "facilities" });
      while (!(await client.job(job_id)).progress?.iterations) await pause();
      const askedMs = Date.now();
      await client.cancel(job_id);
      let job = await client.job(job_id);
      for (; !job.ended_at; job = await client.job(job_id)) await pause();
      const tookMs = Date.parse(job.ended_at) - askedMs;
      process.stderr.write(`cancelled ${tookMs} ms after it was asked for\n`);
      // How quick it is says nothing of a machine that does other things beside.
      if (LONG) expect(tookMs).toBeLessThan(2000);
      expect(job).toMatchObject({ status: "cancelled", attempt: 1 });
      expect(await client.plan(job.plan_id ?? "")).toMatchObject({ status: "feasible", verification: { ok: true } });
    } finally {
      await Promise.all([front.kill(), worker.kill()]);
      await queue.stop();
      await rm(dir, { recursive: true, force: true });
    }
  },
);

const pause = () => new Promise<void>((resolve) => setTimeout(resolve, 50));
