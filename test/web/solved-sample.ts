import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { TriviumClient } from "@trivium/client";
import { AREAS, type Area } from "@trivium/model";
import { startTrivium } from "../setup/trivium.ts";

/** A little search: there is a lawful plan from the start, and how good it is, is no matter here. */
const SEARCH_S: Readonly<Record<Area, number>> = { scheduling: 10, routing: 10, facilities: 6 };

export interface SolvedSample {
  readonly url: string;
  readonly client: TriviumClient;
  close(): Promise<void>;
}

/** What stands there after `npm start`: the sample district, its areas solved (all three, or those named), and the pages served. */
export async function solvedSample(areas: readonly Area[] = AREAS): Promise<SolvedSample> {
  const home = mkdtempSync(join(tmpdir(), "trivium-web-"));
  const env = { TRIVIUM_HOME: home, REDIS_URL: "", DATABASE_URL: "" };
  const first = startTrivium(["serve", "--port", "0"], env);
  const [, firstUrl] = await first.said(/serving (http:\S+)/);
  await solveAll(new TriviumClient(firstUrl), areas);
  if (areas.length < AREAS.length)
    return {
      url: firstUrl,
      client: new TriviumClient(firstUrl),
      close: async () => {
        await first.stop();
        rmSync(home, { recursive: true, force: true });
      },
    };
  await first.stop();
  // `npm start` takes plans that an earlier start has made.
  const started = startTrivium(["demo", "--serve"], { ...env, PORT: "0" });
  const [, url] = await started.said(/serving (http:\S+)/);
  const close = async () => {
    await started.stop();
    rmSync(home, { recursive: true, force: true });
  };
  return { url, client: new TriviumClient(url), close };
}

async function solveAll(client: TriviumClient, areas: readonly Area[]): Promise<void> {
  const { dataset } = await client.loadDemo();
  for (const area of areas) {
    const settings = { time_s: SEARCH_S[area], seed: 1, threads: 2 };
    const { scenario_id } = await client.createScenario({
      dataset_hash: dataset.dataset_hash,
      name: `Sample: ${area}`,
      settings,
    });
    const { job_id } = await client.solve({ scenario_id, area });
    for await (const event of client.follow(job_id))
      if (event.kind === "status" && event.job.status === "failed") throw new Error(event.job.error?.message);
  }
}
