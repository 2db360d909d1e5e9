import { parentPort, workerData } from "node:worker_threads";
import { type ChildOutcome, type ChildSpec, runTask } from "@trivium/engine";
import { type PackedError, packError } from "@trivium/jobs";
import type { Area, Progress } from "@trivium/model";
import { type CancelFlag, isCancelled, passCheckpoint } from "../cancel-flag.ts";
import { engineOf, type Substitutes } from "../engines.ts";
import { throttled } from "../progress.ts";
import { standBack } from "./stand-back.ts";

/** Entry of a thread that runs children of `map`, one at a time, on its own copy of the problem. */
export interface ChildThreadData {
  readonly area: Area;
  readonly substitutes?: Substitutes;
  readonly problem: unknown;
  readonly flag: CancelFlag;
}
export interface ChildRequest {
  readonly task: string;
  readonly input: unknown;
  readonly spec: ChildSpec;
}
export type ChildMessage =
  | { readonly kind: "progress"; readonly progress: Progress }
  | { readonly kind: "outcome"; readonly outcome: ChildOutcome<unknown> }
  | { readonly kind: "error"; readonly error: PackedError };

standBack();
const { area, substitutes, problem, flag } = workerData as ChildThreadData;
passCheckpoint(flag);
const engine = await engineOf(area, substitutes);
passCheckpoint(flag);
const now = () => performance.now();
const tell = (message: ChildMessage) => parentPort?.postMessage(message);

parentPort?.on("message", async ({ task, input, spec }: ChildRequest) => {
  passCheckpoint(flag);
  const onReport = throttled((progress) => tell({ kind: "progress", progress }), now);
  const sources = { now, cancelled: () => isCancelled(flag) };
  try {
    tell({ kind: "outcome", outcome: await runTask(problem, engine.tasks[task], input, spec, sources, onReport) });
  } catch (error) {
    tell({ kind: "error", error: packError(error) });
  }
});
