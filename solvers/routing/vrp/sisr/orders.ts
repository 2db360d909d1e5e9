import type { Kernel } from "../kernel.ts";

/** An order in which tasks are put back, ascending by key; null = at random. */
export interface Order {
  readonly chance: number;
  readonly key: Float64Array | null;
}

/**
 * At random, largest first, far from the start first, near first, and, where there are windows, short ones first, early ones first, late ones first.
 * @see Christiaens & Vanden Berghe 2020, §5.2 and §6.2 (weights)
 */
export function ordersOf(kernel: Kernel): Order[] {
  const { tasks, dims, capacity, delivery, pickup, change, cost, costBase, row, place, windows, windowFrom } = kernel;
  const by = (chance: number, keyOf: (task: number) => number): Order => ({
    chance,
    key: Float64Array.from({ length: tasks }, (_, task) => keyOf(task)),
  });
  const far = (task: number) => cost[costBase[0] + row[tasks] + place[task]];
  const open = (task: number) => windows[2 * windowFrom[task]];
  const close = (task: number) => windows[2 * windowFrom[task + 1] - 1];
  const large = (task: number) => {
    let most = 0;
    for (let d = 0; d < dims; d++) {
      const at = task * dims + d;
      most = Math.max(most, (delivery[at] + pickup[at] + Math.abs(change[at])) / Math.max(1, capacity[d]));
    }
    return most;
  };
  const always = [{ chance: 4, key: null }, by(4, (task) => -large(task)), by(2, (task) => -far(task)), by(1, far)];
  if (!kernel.timed) return always;
  return [...always, by(2, (task) => close(task) - open(task)), by(2, open), by(2, (task) => -close(task))];
}
