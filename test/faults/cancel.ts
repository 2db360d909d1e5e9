import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { TriviumClient } from "@trivium/client";
import type { Job, Plan } from "../../packages/model/index.ts";
import { freePort } from "../setup/debian.ts";
import { type RedisServer, startRedis } from "../setup/redis.ts";
import { zippedDistrict } from "../setup/trivium.ts";
import { api, Killable } from "./processes.ts";

const SAMPLE = fileURLToPath(new URL("../../data/sample", import.meta.url));

export interface Cancelled {
  /** From the call to the end that is stored. */
  readonly tookMs: number;
  readonly status: Job["status"];
  readonly attempt: number;
  readonly plan: Pick<Plan, "status"> & { readonly verified: boolean };
}

/** What the long form must come to. */
export const cancelledInTime = ({ tookMs, status, plan }: Cancelled): boolean =>
  tookMs <= 2000 && status === "cancelled" && plan.verified;

/** A long solve on another machine (a worker process), cancelled by the API in the midst of its search. */
export async function cancelledElsewhere(redis: RedisServer): Promise<Cancelled> {
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
    const plan = await client.plan(job.plan_id ?? "");
    return {
      tookMs: Date.parse(job.ended_at) - askedMs,
      status: job.status,
      attempt: job.attempt,
      plan: { status: plan.status, verified: plan.verification?.ok ?? false },
    };
  } finally {
    await Promise.all([front.kill(), worker.kill()]);
    await queue.stop();
    await rm(dir, { recursive: true, force: true });
  }
}

const pause = () => new Promise<void>((resolve) => setTimeout(resolve, 50));
