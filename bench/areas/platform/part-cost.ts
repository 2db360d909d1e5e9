import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openCarrier, type Run, startWorker, submitSolve } from "@trivium/jobs";
import { openStore } from "@trivium/store";
import { emptyPlan, trialDistrict } from "../../../test/faults/trial-district.ts";
import { redisServer, startRedis } from "../../../test/setup/redis.ts";

const PARTS = 200;

/** Seconds that one part costs on its way through database and queue and back when there is nothing to do: offered, taken up, stored, fetched. */
export async function partCostS(): Promise<number> {
  const dir = await mkdtemp(join(tmpdir(), "trivium-parts-"));
  const redis = await startRedis(await redisServer());
  const store = await openStore(dir);
  const carriers = await Promise.all([1, 2].map(() => openCarrier({ redisUrl: redis.url })));
  let tookS = 0;
  const run: Run = async ({ scenario }, { helpers }) => {
    const done = Promise.withResolvers<void>();
    let open = PARTS;
    const others = helpers?.((news) => news.kind === "done" && --open === 0 && done.resolve());
    const beganMs = performance.now();
    const parts = Array.from({ length: PARTS }, () => ({ task: "none", input: new Uint8Array(1000), spec: "{}" }));
    await others?.offer(parts);
    await done.promise;
    tookS = (performance.now() - beganMs) / 1000;
    others?.close();
    return emptyPlan(scenario);
  };
  const workers = await Promise.all(
    carriers.map((carrier) => startWorker({ store, carrier, run, runPart: async () => new Uint8Array(1000) })),
  );
  try {
    while ((await store.workers.list(4000)).length < 2) await pause();
    const { short } = await trialDistrict(store);
    const { job_id } = await submitSolve(store, carriers[0], { scenario_id: short, area: "facilities" });
    while (!(await store.jobs.get(job_id))?.ended_at) await pause();
    return tookS / PARTS;
  } finally {
    await Promise.all(workers.map((each) => each.stop()));
    await Promise.all(carriers.map((each) => each.close()));
    await redis.stop();
    await store.close();
    await rm(dir, { recursive: true, force: true });
  }
}

const pause = () => new Promise<void>((resolve) => setTimeout(resolve, 50));
