import { useState } from "react";

interface Past<T> {
  readonly before: readonly T[];
  readonly now: T;
  readonly after: readonly T[];
}

/** A value whose changes can be taken back and done again. */
export function useUndo<T>(start: T) {
  const [{ before, now, after }, set] = useState<Past<T>>({ before: [], now: start, after: [] });
  return {
    now,
    change: (next: T) => set({ before: [...before, now], now: next, after: [] }),
    undo:
      before.length === 0
        ? undefined
        : () => set({ before: before.slice(0, -1), now: before.at(-1) as T, after: [now, ...after] }),
    redo:
      after.length === 0 ? undefined : () => set({ before: [...before, now], now: after[0], after: after.slice(1) }),
  };
}
