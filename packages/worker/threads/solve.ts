import { parentPort, workerData } from "node:worker_threads";
import { type PackedError, packError } from "@trivium/jobs";
import type { Plan, Progress } from "@trivium/model";
import { type CancelFlag, isCancelled } from "../cancel-flag.ts";
import type { Substitutes } from "../engines.ts";
import { threadsOf } from "../limits.ts";
import { throttled } from "../progress.ts";
import { type SolveRequest, type Stage, solveHere } from "../solve-here.ts";
import { Children } from "./children.ts";

/** Entry of the thread of one solve. */
export interface SolveThreadData {
  readonly request: SolveRequest;
  readonly flag: CancelFlag;
  readonly cacheDir?: string;
  readonly substitutes?: Substitutes;
}
export type SolveMessage =
  | { readonly kind: "stage"; readonly stage: Stage }
  | { readonly kind: "progress"; readonly progress: Progress }
  | { readonly kind: "plan"; readonly plan: Plan }
  | { readonly kind: "error"; readonly error: PackedError };

const { request, flag, cacheDir, substitutes } = workerData as SolveThreadData;
const tell = (message: SolveMessage) => parentPort?.postMessage(message);
const now = () => performance.now();
let children: Children | undefined;

try {
  const plan = await solveHere(request, {
    now,
    cancelled: () => isCancelled(flag),
    onStage: (stage) => tell({ kind: "stage", stage }),
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
}

function startedChildren(problem: unknown): Children["run"] {
  children = new Children({ area: request.area, substitutes, problem, flag });
  return children.run;
}
