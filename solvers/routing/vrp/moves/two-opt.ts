import type { PenalizedTours } from "./penalized-tours.ts";

/** Drives a stretch of a tour the other way round: from behind `u` to `v`, which comes later. Symmetric drives only. @returns whether that paid */
export function twoOpt(tours: PenalizedTours, u: number, v: number): boolean {
  const { next, at, vehicleOf, kernel } = tours;
  if (at[u] >= at[v] - 1) return false;
  const vehicle = vehicleOf[u];
  const [first, after] = [next[u], next[v]];
  const change =
    tours.drive(vehicle, u, v) +
    tours.drive(vehicle, first, after) -
    tours.drive(vehicle, u, first) -
    tours.drive(vehicle, v, after);
  const lateNow = tours.warp[vehicle] * tours.warpPrice;
  if (change >= lateNow - 1e-7) return false;
  if (kernel.timed) {
    tours.fromHead(u);
    let last = u;
    for (let node = v; node !== u; node = tours.prev[node]) {
      tours.add(vehicle, last, node);
      last = node;
    }
    tours.addTail(vehicle, last, after);
    if (change - lateNow + tours.lateness() >= -1e-7) return false;
  } else if (change >= -1e-7) return false;
  let node = first;
  for (let last = after; node !== after; ) {
    const following = next[node];
    next[node] = last;
    tours.prev[last] = node;
    last = node;
    node = following;
    if (node === after) {
      next[u] = last;
      tours.prev[last] = u;
    }
  }
  tours.settle(vehicle);
  return true;
}
