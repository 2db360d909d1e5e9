import type { Progress } from "@trivium/model";
import type { ChildClaim, Store } from "@trivium/store";
import { hold } from "./hold.ts";
import { packError } from "./packed-error.ts";
import type { Policy } from "./policy.ts";
import { type SolveWork, workOf } from "./run-job.ts";
import { untilDone } from "./until-done.ts";

/** A part of somebody's solve. */
export interface PartWork {
  /** The same for all parts of one solve: what was built for one serves the next. */
  readonly jobId: string;
  readonly load: () => Promise<SolveWork>;
  readonly task: string;
  readonly input: Uint8Array;
  readonly spec: string;
}

/** Does one part in a thread. Aborting makes it return what it has soon. */
export type RunPart = (
  part: PartWork,
  hooks: { onProgress: (progress: Progress) => void; signal: AbortSignal },
) => Promise<Uint8Array>;

/** Brings a part that was taken up to its end; stopping gives it back. One that cannot be done here is its parent's again. */
export async function runChild(
  claim: ChildClaim,
  parts: { store: Store; runPart: RunPart; policy: Policy; stopping: AbortSignal },
): Promise<void> {
  const { store, runPart, policy, stopping } = parts;
  const held = hold((progress) => store.children.beat(claim, progress), policy, stopping);
  const { task, input, spec, job } = claim;
  const part = {
    jobId: `${job.jobId}.${job.attempt}`,
    load: () => untilDone(() => workOf(store, job), policy.beatMs, held.signal),
    task,
    input,
    spec,
  };
  try {
    const ending = await runPart(part, held).then(
      (outcome) => ({ outcome }),
      (error) => ({ error: packError(error) }),
    );
    if (held.why() === "lost") return;
    if (held.why() === "stop") await store.children.giveBack(claim);
    else await untilDone(() => store.children.end(claim, ending), policy.beatMs, stopping);
  } finally {
    await held.release();
  }
}
