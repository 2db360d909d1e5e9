import type { PenalizedTours } from "./penalized-tours.ts";

/** Two tours exchange their tails: what came behind `u` now comes behind `v`, and the other way round. @returns whether that paid */
export function twoOptStar(tours: PenalizedTours, u: number, v: number): boolean {
  const { next, vehicleOf, loadTo, load, penalty, kernel, costTo } = tours;
  const [a, b] = [vehicleOf[u], vehicleOf[v]];
  const [x, y] = [next[u], next[v]];
  const now = penalty[a] + penalty[b];
  const sameDrives = kernel.costBase[a] === kernel.costBase[b];
  // Where the vehicles drive at other costs, the tails are driven at those.
  const tails = sameDrives
    ? 0
    : tailCost(tours, a, y) +
      tailCost(tours, b, x) -
      (costTo[tours.endOf(a)] - costTo[x]) -
      (costTo[tours.endOf(b)] - costTo[y]);
  const joins = tours.drive(a, u, ending(tours, a, y)) + tours.drive(b, v, ending(tours, b, x));
  let change = joins + tails - tours.drive(a, u, x) - tours.drive(b, v, y);
  change += opening(tours, a, b, u, v, x, y);
  if (change >= now - 1e-7) return false;
  change +=
    tours.overload(a, loadTo[u] + load[b] - loadTo[v]) + tours.overload(b, loadTo[v] + load[a] - loadTo[u]) - now;
  if (change >= -1e-7) return false;
  if (kernel.timed) {
    tours.fromHead(u);
    tours.addTail(a, u, ending(tours, a, y));
    change += tours.lateness();
    if (change >= -1e-7) return false;
    tours.fromHead(v);
    tours.addTail(b, v, ending(tours, b, x));
    change += tours.lateness();
    if (change >= -1e-7) return false;
  }
  if (kernel.kinds > 1 && !tailsAllowed(tours, a, b, x, y)) return false;
  const [lastA, lastB] = [tours.prev[tours.endOf(a)], tours.prev[tours.endOf(b)]];
  graft(tours, a, u, y, lastB);
  graft(tours, b, v, x, lastA);
  tours.settle(a);
  tours.settle(b);
  return true;
}

/** A tail that is empty is the end of the tour it is put into. */
const ending = (tours: PenalizedTours, vehicle: number, tail: number): number =>
  tours.isTask(tail) ? tail : tours.endOf(vehicle);

function graft(tours: PenalizedTours, vehicle: number, head: number, tail: number, last: number): void {
  const end = tours.endOf(vehicle);
  const whole = tours.isTask(tail);
  tours.next[head] = whole ? tail : end;
  tours.prev[whole ? tail : end] = head;
  if (!whole) return;
  tours.next[last] = end;
  tours.prev[end] = last;
}

function tailCost(tours: PenalizedTours, vehicle: number, tail: number): number {
  let sum = 0;
  for (let node = tail; tours.isTask(node); node = tours.next[node])
    sum += tours.drive(vehicle, node, tours.isTask(tours.next[node]) ? tours.next[node] : tours.endOf(vehicle));
  return sum;
}

function tailsAllowed(tours: PenalizedTours, a: number, b: number, x: number, y: number): boolean {
  for (let node = x; tours.isTask(node); node = tours.next[node]) if (!tours.allowed(b, node)) return false;
  for (let node = y; tours.isTask(node); node = tours.next[node]) if (!tours.allowed(a, node)) return false;
  return true;
}

/** Fixed costs of a tour that begins or ceases to be used; start and end are one place in every segmentable problem or drive the same. */
function opening(tours: PenalizedTours, a: number, b: number, u: number, v: number, x: number, y: number): number {
  const { fixedCost } = tours.kernel;
  const used = (head: number, tail: number) => tours.isTask(head) || tours.isTask(tail);
  const price = (vehicle: number, before: boolean, after: boolean) => {
    if (before === after) return 0;
    const empty = tours.drive(vehicle, tours.startOf(vehicle), tours.endOf(vehicle));
    return after ? fixedCost[vehicle] + empty : -fixedCost[vehicle] - empty;
  };
  return price(a, used(u, x), used(u, y)) + price(b, used(v, y), used(v, x));
}
