import type { Progress } from "@trivium/model";

/** Between two messages of the same phase: five a second is as much as a person can read. */
const INTERVAL_MS = 200;

/** Passes on the first report, every change of phase, and otherwise at most one report each 200 ms. */
export function throttled(tell: (progress: Progress) => void, now: () => number): (progress: Progress) => void {
  let toldAt = -Infinity;
  let phase = "";
  return (progress) => {
    const time = now();
    if (progress.phase === phase && time - toldAt < INTERVAL_MS) return;
    toldAt = time;
    phase = progress.phase;
    tell(progress);
  };
}

/** A step of the worker's own, before and after the engine's. */
export function step(phase: string, share: number): Progress {
  return { phase, share, iterations: 0, best: null, best_label: "", bound: null };
}
