import { mkdtemp, rm } from "node:fs/promises";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { TriviumClient } from "@trivium/client";
import { freePort } from "../setup/debian.ts";
import { zippedDistrict } from "../setup/trivium.ts";
import { type Reads, reads } from "./load.ts";
import { api } from "./processes.ts";

const SAMPLE = fileURLToPath(new URL("../../data/sample", import.meta.url));

/** What the long form must come to. */
export const answeredInTime = ({ failed, p99Ms }: Reads): boolean => failed === 0 && p99Ms <= 150;

/** Reads of lists, jobs and datasets from one process that solves at the same time, on as many threads as there are cores. */
export async function readsWhileSolving(perSecond: number, seconds: number): Promise<Reads> {
  const dir = await mkdtemp(join(tmpdir(), "trivium-reads-"));
  const port = await freePort();
  const one = api(port, { TRIVIUM_HOME: dir, REDIS_URL: "", DATABASE_URL: "" });
  try {
    await one.start();
    const url = `http://127.0.0.1:${port}`;
    const client = new TriviumClient(url);
    const { dataset } = await client.uploadDataset(zippedDistrict(SAMPLE, /^(district|schools|students|scheduling)/));
    const { dataset_hash } = dataset;
    const settings = { time_s: 3600, threads: availableParallelism() };
    const { scenario_id } = await client.createScenario({ dataset_hash, settings });
    const { job_id } = await client.solve({ scenario_id, area: "scheduling" });
    while (!((await client.job(job_id)).progress?.iterations ?? 0)) await new Promise((r) => setTimeout(r, 100));
    const paths = [
      `/v1/jobs/${job_id}`,
      "/v1/jobs",
      "/v1/scenarios",
      `/v1/scenarios/${scenario_id}`,
      `/v1/datasets/${dataset_hash}`,
      "/v1/datasets",
      "/v1/plans",
    ];
    return await reads(url, paths, perSecond, seconds);
  } finally {
    await one.kill();
    await rm(dir, { recursive: true, force: true });
  }
}
