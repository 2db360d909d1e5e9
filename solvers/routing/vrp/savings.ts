import type { Kernel } from "./kernel.ts";
import type { Neighbours } from "./neighbours.ts";
import { isPlain } from "./plain.ts";
import type { Tour, VrpPlan } from "./problem.ts";

/** Ends that are joined lie among this many nearest tasks of each other. */
const NEAR_JOINED = 100;

/**
 * A first plan: every task alone, then tours joined end to end where that saves most, while the load fits. For plain problems with one kind of vehicle;
 * others begin with nothing, and insertion fills them. What needs more vehicles than there are is left out.
 *
 * @see Clarke & Wright 1964, Operations Research 12:568–581
 */
export function savingsStart(kernel: Kernel, near: Neighbours): VrpPlan {
  if (!isPlain(kernel) || kernel.kinds > 1) return { tours: [] };
  const { tasks, cost, row, place, delivery, pickup, capacity } = kernel;
  const drive = (from: number, to: number) => cost[row[from] + place[to]];
  const [start, end] = [tasks, tasks + 1];
  const joins: { from: number; to: number; saved: number }[] = [];
  for (let from = 0; from < tasks; from++)
    for (let k = 0; k < Math.min(near.width, NEAR_JOINED); k++) {
      const to = near.of[from * near.width + k];
      const saved = drive(from, end) + drive(start, to) - drive(from, to);
      if (saved > 0) joins.push({ from, to, saved });
    }
  joins.sort((a, b) => b.saved - a.saved);
  const tourOf = Array.from({ length: tasks }, (_, task) => [task]);
  const loads = new Map(tourOf.map((tour) => [tour, delivery[tour[0]] + pickup[tour[0]]]));
  for (const { from, to } of joins) {
    const [head, tail] = [tourOf[from], tourOf[to]];
    if (head === tail) continue;
    const load = (loads.get(head) as number) + (loads.get(tail) as number);
    if (load > capacity[0]) continue;
    if (kernel.cost === kernel.costTo) {
      if (head[0] === from) head.reverse();
      if (tail[tail.length - 1] === to) tail.reverse();
    }
    if (head[head.length - 1] !== from || tail[0] !== to) continue;
    for (const task of tail) {
      head.push(task);
      tourOf[task] = head;
    }
    loads.delete(tail);
    loads.set(head, load);
  }
  const tours = [...loads.keys()].sort((a, b) => b.length - a.length);
  return { tours: tours.slice(0, kernel.vehicles).map((list, vehicle): Tour => ({ vehicle, tasks: list })) };
}
