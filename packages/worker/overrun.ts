import { InternalError } from "@trivium/model";
import { type CancelFlag, cancel, checkpoints } from "./cancel-flag.ts";

/** A search that is told at every checkpoint that its time is spent, and has not stopped, is told once more as if it were cancelled. */
const TOLD_MS = 500;
/**
 * One that hears nothing, or hears and goes on, is ended so long after its limit: long enough for threads to start, or for a step between two
 * checkpoints of a large district, on a busy machine, since who is ended loses the plan;
 */
const DEAF_MS = 15_000;
/** one that has stopped searching, and is bringing its best plan in order (3 s of a free core at 60,000 assets × 30 years), has so long. */
const LAST_RESORT_MS = 30_000;
/** Whoever passes so many checkpoints after the last word does not heed it. */
const HEEDLESS = 1000;
/** Checkpoints count from this share of the limit on. */
const LATE_SHARE = 0.9;

/** Holds a search to its time limit, counted from now; `end` is called when it does not keep it. Returns what ends the watch. */
export function endedOverrun(flag: CancelFlag, timeS: number, end: (error: InternalError) => void): () => void {
  const limitMs = timeS * 1000;
  let late = 0;
  let told = 0;
  const look = () => {
    const passed = checkpoints(flag);
    // Before its first checkpoint a search starts its threads.
    const deaf = passed > 0 && passed === late;
    if (deaf || passed - told > HEEDLESS) end(overrun(timeS));
  };
  const timers = [
    setTimeout(() => {
      late = checkpoints(flag);
    }, limitMs * LATE_SHARE),
    setTimeout(() => {
      told = checkpoints(flag);
      cancel(flag);
    }, limitMs + TOLD_MS),
    setTimeout(look, limitMs + DEAF_MS),
    setTimeout(() => end(overrun(timeS)), limitMs + LAST_RESORT_MS),
  ];
  return () => {
    for (const timer of timers) clearTimeout(timer);
  };
}

const overrun = (timeS: number): InternalError =>
  new InternalError(
    "time-limit",
    `the search did not stop at its limit of ${Math.round(timeS * 10) / 10} s and was ended without a plan. Maybe the machine is overloaded; if not, please report it`,
    { values: { timeS } },
  );
