import { FAR, type Kernel } from "./kernel.ts";
import { UNREACHABLE } from "./problem.ts";

/**
 * Tasks near to each task, nearest first, `width` each (−1 fills up). Nearness of i → j is cost + 0.2 × least waiting + least lateness
 * between their windows, the smaller of both directions, on the matrix of the first vehicle.
 *
 * @see Vidal, Crainic, Gendreau & Prins 2013, Computers & OR 40:475–489, §4.2 (granular search with time windows)
 */
export interface Neighbours {
  readonly width: number;
  readonly of: Int32Array;
}

const WAIT_WEIGHT = 0.2;
const LATE_WEIGHT = 1;

export function nearest(kernel: Kernel, most: number, byTime: boolean): Neighbours {
  const { tasks } = kernel;
  const width = Math.min(most, Math.max(0, tasks - 1));
  const of = new Int32Array(tasks * width).fill(-1);
  const nearness = new Float64Array(tasks);
  const order = new Int32Array(tasks);
  for (let i = 0; i < tasks; i++) {
    for (let j = 0; j < tasks; j++) {
      order[j] = j;
      nearness[j] = j === i ? Infinity : Math.min(apart(kernel, i, j, byTime), apart(kernel, j, i, byTime));
    }
    of.set(smallest(order, nearness, width), i * width);
  }
  return { width, of };
}

/** Mean cost between tasks that are near each other: what the temperatures are measured by. */
export function meanNearCost(kernel: Kernel, { of, width }: Neighbours, count: number): number {
  const { cost, costBase, row, place, tasks } = kernel;
  let sum = 0;
  let pairs = 0;
  for (let i = 0; i < tasks; i++)
    for (let k = 0; k < Math.min(width, count); k++) {
      const each = cost[costBase[0] + row[i] + place[of[i * width + k]]];
      if (each >= UNREACHABLE) continue;
      sum += each;
      pairs++;
    }
  return pairs === 0 ? 1 : Math.max(1, sum / pairs);
}

function apart(kernel: Kernel, i: number, j: number, byTime: boolean): number {
  const { cost, costBase, travel, travelBase, row, place, service, windows, windowFrom } = kernel;
  const drive = cost[costBase[0] + row[i] + place[j]];
  if (!byTime || !kernel.timed) return drive;
  const openI = windows[2 * windowFrom[i]];
  const closeI = windows[2 * windowFrom[i + 1] - 1];
  const openJ = windows[2 * windowFrom[j]];
  const closeJ = windows[2 * windowFrom[j + 1] - 1];
  const lasts = service[i] + travel[travelBase[0] + row[i] + place[j]];
  const wait = closeI >= FAR ? 0 : Math.max(0, openJ - lasts - closeI);
  const late = Math.max(0, openI + lasts - closeJ);
  return drive + WAIT_WEIGHT * wait + LATE_WEIGHT * late;
}

/** The `count` entries of `order` with the least key, ascending; ties by number. */
function smallest(order: Int32Array, key: Float64Array, count: number): Int32Array {
  const sorted = order.slice();
  sorted.sort((a, b) => key[a] - key[b] || a - b);
  return sorted.subarray(0, count);
}
