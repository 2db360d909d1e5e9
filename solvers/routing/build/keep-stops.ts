import { type Dataset, InputError } from "@trivium/model";
import type { Baseline, RideBefore } from "../problem.ts";
import { rideKey } from "./baseline.ts";
import type { Candidate } from "./candidates.ts";
import { chooseStops, type StopChoice } from "./choose-stops.ts";
import type { Placing } from "./reach.ts";

/** What an open stop costs a bus beside its dwell, both ways together: slowing, the door, the way round. */
const STOP_DETOUR_S = 60;
/** Price of an hour of driving: drivers and miles at this speed. */
const TOWN_SPEED_MPH = 20;

/** Keeps riders at the stops they had, as far as moving them costs more than it saves. */
export class KeptStops {
  readonly #baseline: Baseline;
  readonly #before: ReadonlyMap<string, RideBefore>;
  readonly #candidateOf: ReadonlyMap<string, number>;
  readonly #stopUsd: number;

  /** @param dwellS of a stop, its fixed part */
  constructor(
    baseline: Baseline,
    before: ReadonlyMap<string, RideBefore>,
    candidates: readonly Candidate[],
    dataset: Dataset,
    dwellS: number,
    serviceDays: number,
  ) {
    this.#baseline = baseline;
    this.#before = before;
    this.#candidateOf = new Map(candidates.map((candidate, index) => [candidate.road.id, index]));
    const types = dataset.tables.bus_types;
    const hourUsd =
      types.reduce((sum, type) => sum + type.cost_per_hour_usd + TOWN_SPEED_MPH * type.cost_per_mile_usd, 0) /
      Math.max(1, types.length);
    this.#stopUsd = ((dwellS + STOP_DETOUR_S) / 3600) * hourUsd * serviceDays;
  }

  /** Students who boarded and alighted at two stops are placed twice, so that each may stay. */
  parted(placings: readonly Placing[]): Placing[] {
    return placings.flatMap((placing) => {
      const stops = new Set(placing.rides.map((ride) => this.#stopOf(ride)?.stopId).filter((id) => id !== undefined));
      return stops.size < 2 ? [placing] : placing.rides.map((ride) => ({ rides: [ride], options: placing.options }));
    });
  }

  /**
   * Stops of one school: those of the service before that are worth it, with their riders; for everyone else the nearest of them, or few new ones.
   * A stop closes where all its riders reach another that stays and moving them costs less than the stop does.
   * @throws InputError lock-cannot-hold where a locked rider may not board at that stop any more
   */
  choose = (placings: readonly Placing[], ridersLeft: Float64Array, walkWeight: number): StopChoice => {
    const kept = Int32Array.from(placings, (placing) => this.#keptAt(placing));
    const open = this.#worthKeeping(placings, kept);
    const candidate = new Int32Array(placings.length).fill(-1);
    const walkM = new Int32Array(placings.length);
    const place = (at: number, option: { candidate: number; walkM: number }) => {
      candidate[at] = option.candidate;
      walkM[at] = option.walkM;
      ridersLeft[option.candidate]--;
    };
    placings.forEach(({ options }, at) => {
      const own = open.has(kept[at]) ? options.find((option) => option.candidate === kept[at]) : undefined;
      if (own) place(at, own);
    });
    const rest: number[] = [];
    placings.forEach(({ options }, at) => {
      if (candidate[at] >= 0) return;
      const near = options.find((option) => open.has(option.candidate) && ridersLeft[option.candidate] >= 1);
      if (near) place(at, near);
      else rest.push(at);
    });
    const chosen = chooseStops(
      rest.map((at) => placings[at]),
      ridersLeft,
      walkWeight,
    );
    rest.forEach((at, index) => {
      candidate[at] = chosen.candidate[index];
      walkM[at] = chosen.walkM[index];
    });
    return { candidate, walkM };
  };

  #stopOf = (ride: Placing["rides"][number]): RideBefore | undefined =>
    this.#before.get(rideKey(ride.studentId, ride.direction));

  /** Candidate of the stop before, −1 where there was none or it may not be used any more. */
  #keptAt({ rides, options }: Placing): number {
    const before = rides.map(this.#stopOf).find((each) => each !== undefined);
    const candidate = this.#candidateOf.get(before?.stopId ?? "") ?? -1;
    if (options.some((option) => option.candidate === candidate)) return candidate;
    if (before?.stopLocked)
      throw new InputError(
        "lock-cannot-hold",
        `${rides[0].studentId} is locked at stop ${before.stopId}, which the walk and ride rules do not allow any more. Maybe unlock the student, stop, run or bus.`,
        { path: "locks", values: { student_id: rides[0].studentId, stop_id: before.stopId } },
      );
    return -1;
  }

  #worthKeeping(placings: readonly Placing[], kept: Int32Array): Set<number> {
    const riders = new Map<number, number[]>();
    kept.forEach((candidate, at) => {
      if (candidate >= 0) riders.set(candidate, [...(riders.get(candidate) ?? []), at]);
    });
    const open = new Set(riders.keys());
    const { student, stop } = this.#baseline.pricesUsd;
    const ridesOf = (list: readonly number[]) => list.flatMap((at) => [...placings[at].rides]);
    for (const [candidate, list] of [...riders].sort((a, b) => a[1].length - b[1].length || a[0] - b[0])) {
      const rides = ridesOf(list);
      const directions = new Set(rides.map((ride) => ride.direction)).size;
      if (rides.some((ride) => this.#stopOf(ride)?.stopLocked)) continue;
      if (rides.length * student + directions * stop >= directions * this.#stopUsd) continue;
      const others = list.every((at) =>
        placings[at].options.some((option) => option.candidate !== candidate && open.has(option.candidate)),
      );
      if (others) open.delete(candidate);
    }
    return open;
  }
}
