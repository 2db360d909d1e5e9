import type { Random } from "@trivium/engine";
import type { HalfDayPlan } from "../halfday/copy.ts";
import type { HalfDay } from "../halfday/half-day.ts";
import type { Direction, RoutingProblem } from "../problem.ts";
import { Chains, type RunList, runListOf } from "./chains.ts";

type Halves<T> = Readonly<Record<Direction, T>>;

/** Trials × runs² that a choice may cost: some seconds at most, whatever the district's size. */
const WORK_MAX = 2e9;
const TRIALS_MAX = 6000;
/** A bus that only the lesser half needs: it drives already, but half a driver's day is not free. */
const LESSER_HALF = 0.1;
/** Price of waiting a day, in buses a second: tells apart bells that need as many buses. */
const WAITING = 1e-7;
/** Temperatures, in buses. */
const HOT = 0.6;
const COLD = 0.05;

/**
 * Bells for the runs found: annealing over the starts that schools may have, each priced by linking all runs of both halves anew (`Chains`).
 * Cost, in buses: the half that needs more, a tenth of the other, `weights.bells` for each bell moved from the present one, and waiting.
 * After the bell selection by local search of Bertsimas, Delarue and Martin (2019), with chains that keep time instead of pairs.
 *
 * @param starts where it begins
 * @returns starts by school, those given where nothing better was found
 */
export function chooseBells(
  problem: RoutingProblem,
  days: Halves<HalfDay>,
  plans: Halves<HalfDayPlan>,
  starts: readonly number[],
  random: Random,
): number[] {
  const movable = problem.schools.flatMap((school, index) => (school.allowedStartsS.length > 1 ? [index] : []));
  if (movable.length === 0) return [...starts];
  const price = new BellPrice(problem, days, plans, starts);
  const current = [...starts];
  let best = [...starts];
  let known = price.of(current);
  let least = known;
  const trials = Math.min(TRIALS_MAX, Math.floor(WORK_MAX / Math.max(1, price.work)));
  for (let trial = 0; trial < trials; trial++) {
    const temperature = HOT * (COLD / HOT) ** (trial / trials);
    const school = movable[random.below(movable.length)];
    const { allowedStartsS } = problem.schools[school];
    const before = current[school];
    // Another start than the present one of this trial: all of them are as likely.
    const others = allowedStartsS.length - 1;
    const at = allowedStartsS.indexOf(before);
    current[school] = allowedStartsS[(at + 1 + random.below(others)) % allowedStartsS.length];
    const cost = price.of(current);
    if (cost < known - temperature * Math.log(random.unit() + 1e-12)) {
      known = cost;
      if (cost < least - 1e-12) {
        least = cost;
        best = [...current];
      }
    } else current[school] = before;
  }
  return best;
}

class BellPrice {
  readonly #problem: RoutingProblem;
  readonly #base: readonly number[];
  readonly #days: Halves<HalfDay>;
  readonly #lists: Halves<RunList>;
  readonly #chains: Halves<Chains>;
  readonly #windows: Halves<{ min: Int32Array; max: Int32Array }>;
  /** Steps of one pricing, about. */
  readonly work: number;

  constructor(problem: RoutingProblem, days: Halves<HalfDay>, plans: Halves<HalfDayPlan>, starts: readonly number[]) {
    this.#problem = problem;
    this.#base = starts;
    this.#days = days;
    this.#lists = { AM: runListOf(days.AM, plans.AM), PM: runListOf(days.PM, plans.PM) };
    const { AM, PM } = this.#lists;
    this.#chains = { AM: new Chains(AM.runs.length), PM: new Chains(PM.runs.length) };
    const empty = () => ({ min: new Int32Array(days.AM.schools), max: new Int32Array(days.AM.schools) });
    this.#windows = { AM: empty(), PM: empty() };
    this.work = AM.runs.length ** 2 + PM.runs.length ** 2;
  }

  of(starts: readonly number[]): number {
    const { schools, settings } = this.#problem;
    let moved = 0;
    for (let school = 0; school < schools.length; school++) if (starts[school] !== schools[school].bellStartS) moved++;
    const [am, pm] = [this.#link("AM", starts), this.#link("PM", starts)];
    const waiting = this.#chains.AM.waiting + this.#chains.PM.waiting;
    return Math.max(am, pm) + LESSER_HALF * Math.min(am, pm) + settings.weights.bells * moved + WAITING * waiting;
  }

  /** The days' windows are those of the starts that the search began with; PM runs backwards. */
  #link(direction: Direction, starts: readonly number[]): number {
    const day = this.#days[direction];
    const { min, max } = this.#windows[direction];
    const sign = direction === "AM" ? 1 : -1;
    for (let school = 0; school < min.length; school++) {
      const later = sign * (starts[school] - this.#base[school]);
      min[school] = day.schoolEndMin[school] + later;
      max[school] = day.schoolEndMax[school] + later;
    }
    return this.#chains[direction].link(this.#lists[direction], min, max);
  }
}
