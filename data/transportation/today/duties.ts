import type { Random } from "@trivium/engine";
import { InternalError, type LatLon, type RoadNetwork, type TableRow } from "@trivium/model";
import { BUS_TYPES } from "../fleet.ts";
import { SETTINGS } from "../policy.ts";
import { type Travel, travelBetween } from "../travel.ts";
import { benchesNeeded, type Crew, wheelchairs } from "./crew.ts";
import type { Stay } from "./timing.ts";

export interface TimedCrew {
  readonly crew: Crew;
  readonly number: number;
  readonly AM: readonly Stay[];
  readonly PM: readonly Stay[];
}

/** One bus and what it does, in the order of the bells. */
export interface Duty {
  readonly bus: TableRow<"buses">;
  readonly crews: TimedCrew[];
}

/** Deadheads between the places where runs and yards begin and end. */
export interface Deadheads {
  between(from: LatLon, to: LatLon, departS: number): { readonly s: number; readonly m: number };
}

/** How often a dispatcher thinks of giving a second run to a bus that is already out, by the level of the school. */
const SHARES: Readonly<Record<string, number>> = { H: 0, M: 0.85, E: 0.95 };
const LIFT_SHARE = 0.85;
const RUNS_MAX = 2;

export async function deadheads(
  roads: RoadNetwork,
  crews: readonly TimedCrew[],
  yards: readonly LatLon[],
): Promise<Deadheads> {
  const key = ({ lat, lon }: LatLon) => `${lat},${lon}`;
  const index = new Map<string, number>();
  const points: LatLon[] = [];
  const add = (at: LatLon | undefined) => {
    if (!at || index.has(key(at))) return;
    index.set(key(at), points.length);
    points.push(at);
  };
  yards.forEach(add);
  for (const { AM, PM } of crews) for (const stays of [AM, PM]) for (const at of [stays[0], stays.at(-1)]) add(at);
  const travel: Travel = await travelBetween(roads, points);
  return { between: (from, to, departS) => travel(index.get(key(from)) ?? 0, index.get(key(to)) ?? 0, departS) };
}

/** School by school in the order of the bells: mostly a bus of its own for each run; sometimes one that is out already and in time. */
export function assignBuses(
  crews: readonly TimedCrew[],
  fleet: readonly TableRow<"buses">[],
  dead: Deadheads,
  random: Random,
): Duty[] {
  const duties: Duty[] = [];
  const free = [...fleet];
  const inOrder = [...crews].sort(
    (a, b) => bell(a) - bell(b) || Number(b.crew.lift) - Number(a.crew.lift) || a.number - b.number,
  );
  for (const timed of inOrder) {
    const share = timed.crew.lift ? LIFT_SHARE : (SHARES[timed.crew.desk.bell.school_id[0]] ?? 0);
    const open = random.unit() < share ? duties.filter((duty) => canFollow(duty, timed, dead)) : [];
    if (open.length > 0) {
      open.reduce((a, b) => (gapS(b, timed, dead) < gapS(a, timed, dead) ? b : a)).crews.push(timed);
      continue;
    }
    const own = free.findIndex((bus) => fits(bus, timed.crew));
    if (own < 0)
      throw new InternalError("no-bus", `no bus is left for run ${timed.number} of ${timed.crew.desk.bell.school_id}`);
    duties.push({ bus: free[own], crews: [timed] });
    free.splice(own, 1);
  }
  return duties;
}

const bell = ({ crew }: TimedCrew): number => crew.desk.bell.bell_start;

function fits(bus: TableRow<"buses">, crew: Crew): boolean {
  const type = BUS_TYPES.find(({ bus_type_id }) => bus_type_id === bus.bus_type_id);
  const allDay = bus.available_to === undefined;
  return (
    type !== undefined &&
    allDay &&
    (type.lift ?? false) === crew.lift &&
    benchesNeeded(crew.calls) <= type.benches &&
    wheelchairs(crew.calls) <= (type.wheelchair_positions ?? 0)
  );
}

/** In time in the morning and in the afternoon, with the buffer between runs. */
function canFollow(duty: Duty, next: TimedCrew, dead: Deadheads): boolean {
  if (duty.crews.length >= RUNS_MAX || !fits(duty.bus, next.crew)) return false;
  return (["AM", "PM"] as const).every(
    (direction) => slackS(duty, next, direction, dead) >= 60 * SETTINGS.link_buffer_min,
  );
}

function slackS(duty: Duty, next: TimedCrew, direction: "AM" | "PM", dead: Deadheads): number {
  const last = duty.crews
    .map((crew) => crew[direction])
    .findLast((stays) => stays.length > 0)
    ?.at(-1);
  const first = next[direction][0];
  if (!last || !first) return Number.POSITIVE_INFINITY;
  return first.arriveS - last.departS - dead.between(last, first, last.departS).s;
}

function gapS(duty: Duty, next: TimedCrew, dead: Deadheads): number {
  const last = duty.crews.at(-1)?.AM.at(-1);
  const first = next.AM[0];
  return last && first ? dead.between(last, first, last.departS).s : 0;
}
