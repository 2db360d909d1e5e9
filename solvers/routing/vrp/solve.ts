import type { SolveContext, Task } from "@trivium/engine";
import { complete } from "./complete.ts";
import { compile, type Kernel } from "./kernel.ts";
import { taskCount, type VrpPlan, type VrpProblem } from "./problem.ts";
import { better, COLD, HOT, neighbourhoods, Sisr, type Worth } from "./sisr/sisr.ts";

interface Leg {
  readonly start: VrpPlan;
  /** Tells the searches of a round apart. */
  readonly stream: number;
  /** Part of the whole solve that this leg is. */
  readonly from: number;
  readonly to: number;
}

export interface VrpFound {
  readonly plan: VrpPlan;
  readonly worth: Worth;
  readonly iterations: number;
}

const CHECK_EVERY = 200;
/** Part of the solve that tries to do with fewer vehicles. */
const FLEET_SHARE = 0.4;
/** From here on no plan is taken that leaves more out. */
const SETTLED_SHARE = 0.6;
/** Searches that run side by side hand the best plan on this often. */
const EXCHANGES = 6;

/** Rounds where no limit is given: so many, and so many a task, at full exploration. */
const ITERATIONS_LEAST = 2_000;
const ITERATIONS_PER_TASK = 400;

/** Limit of a solve that was given none: by size, so that the answer does not depend on the machine. @param thorough share from 0 to 1 */
export const usualIterations = (problem: VrpProblem, thorough: number): number =>
  Math.ceil((ITERATIONS_LEAST + ITERATIONS_PER_TASK * taskCount(problem)) * thorough);

const prepared = new WeakMap<VrpProblem, { kernel: Kernel; near: ReturnType<typeof neighbourhoods> }>();

/** The flat arrays of a problem, made once in each thread. */
export function preparedOf(problem: VrpProblem) {
  const known = prepared.get(problem);
  if (known) return known;
  const kernel = compile(problem);
  const made = { kernel, near: neighbourhoods(kernel) };
  prepared.set(problem, made);
  return made;
}

/** One search from a plan over one part of the solve. */
export const vrpTask: Task<VrpProblem, Leg, VrpFound> = {
  name: "vrp",
  run(problem, { start, stream, from, to }, context) {
    const { kernel, near } = preparedOf(problem);
    const sisr = new Sisr(kernel, context.random.fork(stream), near);
    sisr.start(start);
    let reported = 0;
    let closing = problem.fewestVehicles && from < FLEET_SHARE;
    if (closing && sisr.best.absent === 0) sisr.closeTour();
    for (;;) {
      const spent = context.budget.spent(sisr.iterations);
      if (spent >= 1) break;
      const share = from + (to - from) * spent;
      if (closing && share >= FLEET_SHARE) {
        closing = false;
        sisr.toBest(true);
      }
      const heat = sisr.scale * HOT * (COLD / HOT) ** (closing ? share / FLEET_SHARE : coolingShare(problem, share));
      const wander = closing || share < SETTLED_SHARE;
      if (!wander && sisr.tours.absentWeight > sisr.best.absent) sisr.toBest(problem.fewestVehicles);
      const before = sisr.best;
      sisr.run(CHECK_EVERY, heat, wander);
      if (closing && sisr.tours.absentWeight === 0 && sisr.tours.used <= sisr.best.vehicles) {
        if (!sisr.closeTour()) closing = false;
      }
      if (sisr.best !== before || sisr.iterations > 2 * reported) {
        reported = sisr.iterations;
        context.report({
          phase: closing ? "fewer vehicles" : "shorter tours",
          iterations: sisr.iterations,
          best: sisr.best.cost / kernel.costScale,
          best_label: "cost",
          bound: null,
        });
      }
    }
    return { plan: sisr.bestPlan(), worth: sisr.best, iterations: sisr.iterations };
  },
};

const coolingShare = (problem: VrpProblem, share: number): number =>
  problem.fewestVehicles ? Math.max(0, share - FLEET_SHARE) / (1 - FLEET_SHARE) : share;

/** Best tours within the budget: as many searches as threads, which hand the best plan on. Initial tours are where they begin. */
export async function solveVrp(problem: VrpProblem, context: SolveContext<VrpProblem>): Promise<VrpFound> {
  const rounds = context.threads > 1 ? EXCHANGES : 1;
  let best: VrpFound = {
    plan: { tours: initialTours(problem) },
    worth: { absent: Infinity, vehicles: Infinity, cost: Infinity },
    iterations: 0,
  };
  let iterations = 0;
  for (let round = 0; round < rounds; round++) {
    const [from, to] = [round / rounds, (round + 1) / rounds];
    const legs = Array.from({ length: context.threads }, (_, stream): Leg => ({ start: best.plan, stream, from, to }));
    const found: VrpFound[] = await context.map(vrpTask, legs, { from, to });
    iterations += found.reduce((sum, each) => sum + each.iterations, 0);
    for (const each of found) if (better(each.worth, best.worth)) best = each;
  }
  const { kernel, near } = preparedOf(problem);
  return { ...best, plan: complete(kernel, near.places, best.plan), iterations };
}

const initialTours = ({ vehicles }: VrpProblem) =>
  vehicles.flatMap(({ initial }, vehicle) => (initial.length > 0 ? [{ vehicle, tasks: initial }] : []));
