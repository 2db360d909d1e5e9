import type { Random } from "@trivium/engine";
import { metresBetween } from "../../town/plane.ts";
import { benchesNeeded, type Call, type Crew, type SchoolDesk, wheelchairs } from "./crew.ts";
import { afternoon, morning, ridesHold } from "./timing.ts";

const LIFT = { benches: 8, positions: 4 };
const BENCHES = 24;

/**
 * Runs of one school as a dispatcher draws them on a wall map: the farthest stop that no bus calls at yet, then whatever lies nearest to those
 * already chosen, until the bus is nearly full; what is left over near the school makes the last runs. Those fetched at home go by small bus.
 */
export function crewsOf(desk: SchoolDesk, random: Random): Crew[] {
  const atHome = desk.calls.filter((call) => call.stop.id.startsWith("HOME-"));
  const others = desk.calls.filter((call) => !call.stop.id.startsWith("HOME-"));
  return [
    ...neighbourhoods(desk, others, false, () => BENCHES * (0.62 + 0.3 * random.unit())),
    ...neighbourhoods(desk, atHome, true, () => LIFT.benches),
  ];
}

function neighbourhoods(desk: SchoolDesk, calls: readonly Call[], lift: boolean, room: () => number): Crew[] {
  const fromSchool = ({ stop }: Call) => metresBetween(stop, desk.door);
  const rest = calls.toSorted((a, b) => fromSchool(b) - fromSchool(a) || a.point - b.point);
  const groups: Call[][] = [];
  while (rest.length > 0) {
    const group = rest.splice(0, 1);
    const benches = room();
    for (;;) {
      const next = nearestTo(group, rest);
      if (!next || benchesNeeded([...group, next]) > benches) break;
      if (lift && wheelchairs([...group, next]) > LIFT.positions) break;
      group.push(next);
      rest.splice(rest.indexOf(next), 1);
    }
    groups.push(group);
  }
  return groups.flatMap((group) => withinLimits(desk, group, lift));
}

function nearestTo(group: readonly Call[], rest: readonly Call[]): Call | undefined {
  const away = (call: Call) => Math.min(...group.map(({ stop }) => metresBetween(stop, call.stop)));
  return rest.reduce<{ call?: Call; m: number }>(
    (best, call) => (away(call) < best.m ? { call, m: away(call) } : best),
    { m: Number.POSITIVE_INFINITY },
  ).call;
}

/** A group whose rides are too long is cut in two, again and again. */
function withinLimits(desk: SchoolDesk, group: readonly Call[], lift: boolean): Crew[] {
  const crew: Crew = { desk, lift, calls: ordered(desk, group) };
  const holds =
    ridesHold(morning(crew, desk.bell.bell_start - 600)) && ridesHold(afternoon(crew, desk.bell.bell_end + 600));
  if (holds || group.length === 1) return [crew];
  const half = Math.ceil(group.length / 2);
  return [...withinLimits(desk, group.slice(0, half), lift), ...withinLimits(desk, group.slice(half), lift)];
}

/** The farthest call first; each further call goes where it lengthens the way to school least; then calls move while that saves a minute. */
function ordered(desk: SchoolDesk, group: readonly Call[]): Call[] {
  const time = desk.bell.bell_start - 2400;
  const seconds = (from: number, to: number) => desk.travel(from, to, time).s;
  const far = [...group].sort((a, b) => seconds(b.point, 0) - seconds(a.point, 0));
  const order = far.slice(0, 1);
  for (const call of far.slice(1)) insert(order, call, seconds);
  const total = () => order.reduce((sum, call, index) => sum + seconds(call.point, order[index + 1]?.point ?? 0), 0);
  for (let index = 0, before = total(); index < order.length; index++) {
    const kept = [...order];
    insert(order, order.splice(index, 1)[0], seconds);
    const after = total();
    if (after + 60 > before) order.splice(0, order.length, ...kept);
    else [index, before] = [-1, after];
  }
  return order;
}

/** Puts a call where it lengthens the way to school (point 0) least. */
function insert(order: Call[], call: Call, seconds: (from: number, to: number) => number): void {
  if (order.length === 0) {
    order.push(call);
    return;
  }
  let best = { at: 0, cost: seconds(call.point, order[0].point) };
  order.forEach((before, index) => {
    const next = order[index + 1]?.point ?? 0;
    const cost = seconds(before.point, call.point) + seconds(call.point, next) - seconds(before.point, next);
    if (cost < best.cost) best = { at: index + 1, cost };
  });
  order.splice(best.at, 0, call);
}
