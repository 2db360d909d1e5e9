import type { Progress } from "@trivium/model";
import type { Policy } from "./policy.ts";

/** Why a holder was told to stop: someone asked for it, another holds the work now, or this process ends. */
type Why = "cancel" | "lost" | "stop";

/** Work that this process holds, as long as it beats. */
export interface Hold {
  readonly signal: AbortSignal;
  readonly why: () => Why | undefined;
  /** The latest is stored with the next beat. */
  readonly onProgress: (progress: Progress) => void;
  release(): Promise<void>;
}

/** Beats for held work, stores its latest progress, and aborts when it is cancelled, lost, or to be given back. */
export function hold(
  beat: (progress: Progress | undefined) => Promise<"go-on" | "cancel" | "lost">,
  { beatMs }: Policy,
  stopping: AbortSignal,
): Hold {
  const controller = new AbortController();
  let why: Why | undefined;
  let latest: Progress | undefined;
  let beating: Promise<void> | undefined;
  const abort = (reason: Why) => {
    why ??= reason;
    controller.abort();
  };
  const onStop = () => abort("stop");
  if (stopping.aborted) onStop();
  stopping.addEventListener("abort", onStop, { once: true });
  const beaten = async () => {
    const progress = latest;
    latest = undefined;
    const answer = await beat(progress);
    if (answer !== "go-on") abort(answer);
  };
  const timer = setInterval(() => {
    // A beat that fails (the database is busy, away or full) is made up by the next; too many, and the work is another's.
    beating ??= beaten()
      .catch(() => {})
      .finally(() => {
        beating = undefined;
      });
  }, beatMs);
  return {
    signal: controller.signal,
    why: () => why,
    onProgress: (progress) => {
      latest = progress;
    },
    async release() {
      clearInterval(timer);
      stopping.removeEventListener("abort", onStop);
      await beating;
    },
  };
}
