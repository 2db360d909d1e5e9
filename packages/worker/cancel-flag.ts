/** A flag that every thread of a solve sees at once: a busy loop reads it at its checkpoints, no message needed. */
export type CancelFlag = Int32Array<SharedArrayBuffer>;

export const cancelFlag = (): CancelFlag => new Int32Array(new SharedArrayBuffer(4));
export const cancel = (flag: CancelFlag): void => void Atomics.store(flag, 0, 1);
export const isCancelled = (flag: CancelFlag): boolean => Atomics.load(flag, 0) === 1;
