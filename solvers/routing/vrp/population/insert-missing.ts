import type { Random } from "@trivium/engine";
import type { PenalizedTours } from "../moves/penalized-tours.ts";

/** Puts tasks back one by one where that costs least with penalties: behind a near task, before the first of a tour, or on an idle vehicle. */
export function insertMissing(tours: PenalizedTours, missing: number[], random: Random): void {
  const { near, kernel } = tours;
  random.shuffle(missing);
  for (const task of missing) {
    let best = Infinity;
    let bestAfter = -1;
    const consider = (after: number) => {
      const vehicle = tours.vehicleOf[after];
      if (!tours.allowed(vehicle, task)) return;
      const before = tours.next[after];
      const opening =
        tours.count[vehicle] === 0 ? kernel.fixedCost[vehicle] : tours.costTo[after] - tours.costTo[before];
      let price = tours.drive(vehicle, after, task) + tours.drive(vehicle, task, before) + opening;
      price += tours.overload(vehicle, tours.load[vehicle] + tours.amount[task]) - tours.penalty[vehicle];
      if (price >= best) return;
      if (kernel.timed) {
        tours.fromHead(after);
        tours.add(vehicle, after, task);
        tours.addTail(vehicle, task, before);
        price += tours.lateness();
      }
      if (price >= best) return;
      best = price;
      bestAfter = after;
    };
    for (let k = 0; k < near.width; k++) {
      const other = near.of[task * near.width + k];
      if (other < 0 || tours.vehicleOf[other] < 0) continue;
      consider(other);
      consider(tours.prev[other]);
    }
    for (let kind = 0; kind < kernel.kinds; kind++) {
      const idle = tours.idle(kind);
      if (idle >= 0) consider(tours.startOf(idle));
    }
    if (bestAfter < 0) for (let vehicle = 0; vehicle < kernel.vehicles; vehicle++) consider(tours.startOf(vehicle));
    if (bestAfter < 0) continue;
    tours.link(task, bestAfter);
    tours.settle(tours.vehicleOf[bestAfter]);
  }
}
