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
/** Nearness is told apart to an eighth. */
const STEPS = 8;

export function nearest(kernel: Kernel, most: number, byTime: boolean): Neighbours {
  const { tasks } = kernel;
  const width = Math.min(most, Math.max(0, tasks - 1));
  const of = new Int32Array(tasks * width).fill(-1);
  // Nearness and number in one number, so that the sort needs no comparison of ours.
  const packed = new Float64Array(Math.max(0, tasks - 1));
  for (let i = 0; i < tasks; i++) {
    let at = 0;
    for (let j = 0; j < tasks; j++) {
      if (j === i) continue;
      const near = Math.min(apart(kernel, i, j, byTime), apart(kernel, j, i, byTime));
      packed[at++] = Math.round(near * STEPS) * tasks + j;
    }
    packed.sort();
    for (let k = 0; k < width; k++) of[i * width + k] = packed[k] % tasks;
  }
  return { width, of };
}

/** The nearest `most` of each. */
export function narrowed({ width, of }: Neighbours, most: number): Neighbours {
  const less = Math.min(width, most);
  const tasks = width === 0 ? 0 : of.length / width;
  const narrow = new Int32Array(tasks * less);
  for (let i = 0; i < tasks; i++) narrow.set(of.subarray(i * width, i * width + less), i * less);
  return { width: less, of: narrow };
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
