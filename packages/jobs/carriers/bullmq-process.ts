import { openStore } from "@trivium/store";
import { openCarrier, startWorker } from "../index.ts";
import { QUICK } from "./bench-store.ts";

/** A worker process for the crash test: it takes jobs and never ends them. It is killed in the middle. */
const [dir, redisUrl, prefix] = process.argv.slice(2);
await startWorker({
  store: await openStore(dir),
  carrier: await openCarrier({ redisUrl, prefix }),
  run: () => new Promise(() => {}),
  policy: QUICK,
});
