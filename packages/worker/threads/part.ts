import { parentPort, workerData } from "node:worker_threads";
import { runTask } from "@trivium/engine";
import { packError } from "@trivium/jobs";
import { canonicalJson, InternalError } from "@trivium/model";
import { type CancelFlag, isCancelled } from "../cancel-flag.ts";
import type { Substitutes } from "../engines.ts";
import { packOutcome, unpackPart } from "../part-content.ts";
import { type PrepareRequest, prepare } from "../prepare.ts";
import { throttled } from "../progress.ts";
import type { PartMessage, PartRequest } from "../run-part.ts";
import { standBack } from "./stand-back.ts";
import { withinDue } from "./within-due.ts";

/** Entry of a thread that does parts of another worker's solve, one at a time, on a problem that it builds from the same dataset. */
export interface PartThreadData {
  readonly request: PrepareRequest;
  readonly flag: CancelFlag;
  readonly cacheDir?: string;
  readonly substitutes?: Substitutes;
}

standBack();
const { request, flag, cacheDir, substitutes } = workerData as PartThreadData;
const building = prepare(request, { cacheDir, substitutes });
building.catch(() => {});
const now = () => performance.now();
const tell = (message: PartMessage) => parentPort?.postMessage(message);

parentPort?.on("message", async (offer: PartRequest) => {
  try {
    const { engine, problem, roads: network } = await building;
    const { task, input, spec, dueMs, roads } = unpackPart(offer);
    if (canonicalJson(network?.identity ?? null) !== roads)
      throw new InternalError("roads-differ", "the roads here are not those that the solve was begun on");
    const onReport = throttled((progress) => tell({ kind: "progress", progress }), now);
    const sources = { now, cancelled: () => isCancelled(flag) };
    const outcome = await runTask(
      problem,
      engine.tasks[task],
      input as never,
      withinDue(spec, dueMs),
      sources,
      onReport,
    );
    tell({ kind: "outcome", outcome: packOutcome(outcome) });
  } catch (error) {
    tell({ kind: "error", error: packError(error) });
  }
});
