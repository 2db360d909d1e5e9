import { openCarrier, type Run, startWorker } from "../../packages/jobs/index.ts";
import { openStore } from "../../packages/store/index.ts";
import { emptyPlan } from "./trial-district.ts";

/**
 * A worker process whose solves do as their scenario's name says: `work` takes its milliseconds and heeds cancelling, `throw` fails,
 * `poison` kills the process. It is killed at any moment. Arguments: folder, Redis, database ("" for the embedded one).
 */
const [dir, redisUrl, databaseUrl] = process.argv.slice(2);

const run: Run = async ({ scenario }, { signal, onProgress }) => {
  if (scenario.name === "throw") throw new Error("as it was asked");
  if (scenario.name === "poison") process.kill(process.pid, "SIGKILL");
  const untilMs = performance.now() + (scenario.settings.weights?.ms ?? 0);
  while (performance.now() < untilMs && !signal.aborted) {
    onProgress({ phase: "working", share: 0.5, iterations: 1, best: 1, best_label: "", bound: null });
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return emptyPlan(scenario);
};

const store = await openStore(dir, databaseUrl ? { databaseUrl } : {});
await startWorker({ store, carrier: await openCarrier({ redisUrl }), run, concurrency: 4 });
process.stderr.write("worker: ready\n");
