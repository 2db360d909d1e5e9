import type { Random } from "@trivium/engine";
import { benchesNeeded, type Call, type Crew, type SchoolDesk, wheelchairs } from "./crew.ts";
import { afternoon, morning, ridesHold } from "./timing.ts";

const LIFT = { benches: 8, positions: 4 };
const BENCHES = 24;

/**
 * Runs of one school as a dispatcher draws them on a wall map: a clock hand sweeps round the school, a bus is closed when it is about
 * three quarters full, and each stop is put where it lengthens the way least. Those fetched at home go by small bus.
 */
export function crewsOf(desk: SchoolDesk, random: Random): Crew[] {
  const atHome = desk.calls.filter((call) => call.stop.id.startsWith("HOME-"));
  const others = desk.calls.filter((call) => !call.stop.id.startsWith("HOME-"));
  return [
    ...sweep(desk, others, false, () => BENCHES * (0.62 + 0.26 * random.unit())),
    ...sweep(desk, atHome, true, () => LIFT.benches),
  ];
}

function sweep(desk: SchoolDesk, calls: readonly Call[], lift: boolean, room: () => number): Crew[] {
  const groups: Call[][] = [];
  let benches = room();
  for (const call of byBearing(desk, calls)) {
    const open = groups.at(-1);
    const full =
      open && (benchesNeeded([...open, call]) > benches || (lift && wheelchairs([...open, call]) > LIFT.positions));
    if (open && !full) open.push(call);
    else {
      groups.push([call]);
      benches = room();
    }
  }
  return groups.flatMap((group) => withinLimits(desk, group, lift));
}

/** Calls by the direction in which they lie from the school, starting after the widest empty sector. */
function byBearing(desk: SchoolDesk, calls: readonly Call[]): Call[] {
  const bearing = ({ stop }: Call) => Math.atan2((stop.lon - desk.door.lon) * 0.73, stop.lat - desk.door.lat);
  const sorted = [...calls].sort((a, b) => bearing(a) - bearing(b) || a.point - b.point);
  let first = 0;
  let widest = 0;
  sorted.forEach((call, index) => {
    const before = index === 0 ? bearing(sorted[sorted.length - 1]) - 2 * Math.PI : bearing(sorted[index - 1]);
    if (bearing(call) - before <= widest) return;
    widest = bearing(call) - before;
    first = index;
  });
  return [...sorted.slice(first), ...sorted.slice(0, first)];
}

/** A group whose rides are too long is cut in two, again and again. */
function withinLimits(desk: SchoolDesk, group: readonly Call[], lift: boolean): Crew[] {
  const crew: Crew = { desk, lift, calls: cheapestInsertion(desk, group) };
  const holds =
    ridesHold(morning(crew, desk.bell.bell_start - 600)) && ridesHold(afternoon(crew, desk.bell.bell_end + 600));
  if (holds || group.length === 1) return [crew];
  const half = Math.ceil(group.length / 2);
  return [...withinLimits(desk, group.slice(0, half), lift), ...withinLimits(desk, group.slice(half), lift)];
}

/** The farthest call first; each further call goes where it lengthens the way to school least. */
function cheapestInsertion(desk: SchoolDesk, group: readonly Call[]): Call[] {
  const time = desk.bell.bell_start - 2400;
  const seconds = (from: number, to: number) => desk.travel(from, to, time).s;
  const far = [...group].sort((a, b) => seconds(b.point, 0) - seconds(a.point, 0));
  const order = far.slice(0, 1);
  for (const call of far.slice(1)) {
    let best = { at: 0, cost: seconds(call.point, order[0].point) };
    order.forEach((before, index) => {
      const next = order[index + 1]?.point ?? 0;
      const cost = seconds(before.point, call.point) + seconds(call.point, next) - seconds(before.point, next);
      if (cost < best.cost) best = { at: index + 1, cost };
    });
    order.splice(best.at, 0, call);
  }
  return order;
}
