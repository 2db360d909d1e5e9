import { openCarrier, type Run, startWorker, submitSolve } from "../../packages/jobs/index.ts";
import { openStore } from "../../packages/store/index.ts";
import { emptyPlan } from "./trial-district.ts";

/** One process that asks and solves, for the kill test: says which job it acknowledged, and works until it is killed. Arguments: folder, scenario. */
const [dir, scenario_id] = process.argv.slice(2);
const store = await openStore(dir);
const carrier = await openCarrier();
const run: Run = async ({ scenario }) => {
  await new Promise((resolve) => setTimeout(resolve, scenario.settings.weights?.ms));
  return emptyPlan(scenario);
};
await startWorker({ store, carrier, run, concurrency: 2 });
const job = await submitSolve(store, carrier, { scenario_id, area: "facilities" });
process.stderr.write(`acknowledged ${job.job_id} \n`);
