/** A flag that every thread of a solve sees at once: a busy loop reads it at its checkpoints, no message needed. It counts how often it was read. */
export type CancelFlag = Int32Array<SharedArrayBuffer>;

export const cancelFlag = (): CancelFlag => new Int32Array(new SharedArrayBuffer(8));
export const cancel = (flag: CancelFlag): void => void Atomics.store(flag, 0, 1);

/** Asked at a checkpoint. */
export function isCancelled(flag: CancelFlag): boolean {
  Atomics.add(flag, 1, 1);
  return Atomics.load(flag, 0) === 1;
}

/** A step of a thread's start is a checkpoint too: whoever watches sees that it is not stuck. */
export const passCheckpoint = (flag: CancelFlag): void => void Atomics.add(flag, 1, 1);

/** How many checkpoints the threads of the solve have passed. */
export const checkpoints = (flag: CancelFlag): number => Atomics.load(flag, 1);
