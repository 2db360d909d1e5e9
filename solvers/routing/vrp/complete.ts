import type { Kernel } from "./kernel.ts";
import type { Neighbours } from "./neighbours.ts";
import type { VrpPlan } from "./problem.ts";
import { NO_BLINK } from "./sisr/blink.ts";
import { JobPlace } from "./sisr/place-job.ts";
import { ShipmentPlace } from "./sisr/place-shipment.ts";
import { Tours } from "./tours.ts";

/** The plan with every task that still has a place somewhere put there, heaviest first: what is left out afterwards has none. */
export function complete(kernel: Kernel, near: Neighbours, plan: VrpPlan): VrpPlan {
  const tours = new Tours(kernel);
  tours.take(plan);
  const { partner, absentWeight, skipCost } = kernel;
  const absent: number[] = [];
  for (let task = 0; task < kernel.tasks; task++)
    if (tours.vehicleOf[task] < 0 && (partner[task] < 0 || partner[task] > task)) absent.push(task);
  absent.sort((a, b) => absentWeight[b] - absentWeight[a] || a - b);
  const job = new JobPlace(tours, near, NO_BLINK);
  const shipment = new ShipmentPlace(tours, near, NO_BLINK);
  for (const task of absent) {
    const place = partner[task] < 0 ? job : shipment;
    if (!place.find(task, true) || place.cost > skipCost[task]) continue;
    tours.insert(task, place.after);
    if (place === shipment) tours.insert(task + 1, shipment.deliverAfter);
    tours.settle();
  }
  return tours.plan();
}
