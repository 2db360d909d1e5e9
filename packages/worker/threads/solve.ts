import { parentPort, workerData } from "node:worker_threads";
import { type PackedError, packError } from "@trivium/jobs";
import { canonicalJson, type Plan, type Progress } from "@trivium/model";
import { type CancelFlag, isCancelled } from "../cancel-flag.ts";
import type { Substitutes } from "../engines.ts";
import type { HelpersMessage } from "../helpers-port.ts";
import { threadsOf } from "../limits.ts";
import type { Prepared } from "../prepare.ts";
import { throttled } from "../progress.ts";
import { type SolveRequest, type Stage, solveHere } from "../solve-here.ts";
import { Children } from "./children.ts";
import { Elsewhere } from "./elsewhere.ts";
import { standBack } from "./stand-back.ts";

/** Entry of the thread of one solve. */
export interface SolveThreadData {
  readonly request: SolveRequest;
  readonly flag: CancelFlag;
  readonly cacheDir?: string;
  readonly substitutes?: Substitutes;
  /** Threads of this process for children, where there are others who may help; absent: as many as the solve has. */
  readonly localThreads?: number;
}
export type SolveMessage =
  | { readonly kind: "stage"; readonly stage: Stage; readonly timeS?: number }
  | { readonly kind: "progress"; readonly progress: Progress }
  | { readonly kind: "plan"; readonly plan: Plan }
  | { readonly kind: "error"; readonly error: PackedError }
  | HelpersMessage;

standBack();
const { request, flag, cacheDir, substitutes, localThreads } = workerData as SolveThreadData;
const tell = (message: SolveMessage) => parentPort?.postMessage(message);
const now = () => performance.now();
let children: Children | undefined;

try {
  const plan = await solveHere(request, {
    now,
    cancelled: () => isCancelled(flag),
    onStage: (stage, timeS) => tell({ kind: "stage", stage, timeS }),
    onProgress: throttled((progress) => tell({ kind: "progress", progress }), now),
    childrenOf: threadsOf(request.scenario.settings) > 1 ? startedChildren : undefined,
    cacheDir,
    substitutes,
  });
  tell({ kind: "plan", plan });
} catch (error) {
  tell({ kind: "error", error: packError(error) });
} finally {
  await children?.close();
  // The port to the process would keep this thread alive.
  parentPort?.unref();
}

function startedChildren({ problem, roads }: Prepared) {
  const data = { area: request.area, substitutes, problem, flag };
  const threads = threadsOf(request.scenario.settings);
  if (localThreads === undefined) {
    children = new Children(data, threads);
    return { runChild: children.run };
  }
  const elsewhere = new Elsewhere(canonicalJson(roads?.identity ?? null));
  children = new Children(data, Math.min(threads, localThreads), elsewhere);
  return { runChild: children.run, childrenAtOnce: Number.POSITIVE_INFINITY, lanes: children.lanes };
}
