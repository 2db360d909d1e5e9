import type { Random, SolveContext, Task, TaskContext } from "@trivium/engine";
import { complete } from "./complete.ts";
import { compile, type Kernel } from "./kernel.ts";
import { Memetic } from "./population/memetic.ts";
import { taskCount, type VrpPlan, type VrpProblem } from "./problem.ts";
import { savingsStart } from "./savings.ts";
import { better, COLD, HOT, type Neighbourhoods, neighbourhoods, Sisr, type Worth } from "./sisr/sisr.ts";

interface Leg {
  /** Best first. */
  readonly start: readonly VrpPlan[];
  /** Tells the searches of a round apart. */
  readonly stream: number;
  /** Part of the whole solve that this leg is. */
  readonly from: number;
  readonly to: number;
}

export interface VrpFound {
  readonly plan: VrpPlan;
  readonly worth: Worth;
  /** Good plans to go on from, the best first. */
  readonly elites: readonly VrpPlan[];
  readonly iterations: number;
}

const CHECK_EVERY = 200;
/** Part of the solve that tries to do with fewer vehicles. */
const FLEET_SHARE = 0.4;
/** From here on no plan is taken that leaves more out. */
const SETTLED_SHARE = 0.6;
/** Searches that run side by side hand the best plan on this often. */
const EXCHANGES = 6;
/** A population begins with so many plans, annealed one after the other over this part of the solve. */
const FOUNDERS = 8;
const FOUND_SHARE = 0.4;
/** Plans that a population hands on. */
const ELITES = 6;

const NOTHING: Worth = { absent: Infinity, vehicles: Infinity, cost: Infinity };

/** Rounds where no limit is given: so many, and so many a task, at full exploration. */
const ITERATIONS_LEAST = 2_000;
const ITERATIONS_PER_TASK = 400;

/** Limit of a solve that was given none: by size, so that the answer does not depend on the machine. @param thorough share from 0 to 1 */
export const usualIterations = (problem: VrpProblem, thorough: number): number =>
  Math.ceil((ITERATIONS_LEAST + ITERATIONS_PER_TASK * taskCount(problem)) * thorough);

const prepared = new WeakMap<VrpProblem, { kernel: Kernel; near: Neighbourhoods }>();

/** The flat arrays of a problem, made once in each thread. */
export function preparedOf(problem: VrpProblem) {
  const known = prepared.get(problem);
  if (known) return known;
  const kernel = compile(problem);
  const made = { kernel, near: neighbourhoods(kernel) };
  prepared.set(problem, made);
  return made;
}

/**
 * A population is evolved up to so many tasks, where tours are so long on average: strings of ten reach all of a short tour, and annealing alone does
 * as well there or better; on long tours it stalls (X-n190-k8 after 8 s of CPU: 0.3 % with a population, 1.2 % without; X-n266-k58: 0.9 and 0.6 %).
 */
const MEMETIC_MAX = 400;
const MEMETIC_LONG = 7;

function evolves(kernel: Kernel): boolean {
  const { tasks, segmentable, kinds, optional, problem } = kernel;
  if (!segmentable || kinds > 1 || optional || problem.fewestVehicles || tasks < 20 || tasks > MEMETIC_MAX)
    return false;
  return tasks / toursNeeded(kernel) >= MEMETIC_LONG;
}

/** Fewest vehicles that hold everything; one where nothing has a load. */
function toursNeeded({ dims, delivery, pickup, capacity }: Kernel): number {
  if (dims === 0) return 1;
  const total = delivery.reduce((sum, each) => sum + each, 0) + pickup.reduce((sum, each) => sum + each, 0);
  return Math.max(1, Math.ceil(total / Math.max(1, capacity[0])));
}

/** One search from plans found so far over one part of the solve. */
export const vrpTask: Task<VrpProblem, Leg, VrpFound> = {
  name: "vrp",
  run(problem, leg, context) {
    const { kernel, near } = preparedOf(problem);
    const random = context.random.fork(leg.stream);
    return evolves(kernel) ? evolve(kernel, near, leg, random, context) : anneal(kernel, near, leg, random, context);
  },
};

function evolve(kernel: Kernel, near: Neighbourhoods, leg: Leg, random: Random, context: TaskContext): VrpFound {
  const memetic = new Memetic(kernel, random, near);
  memetic.admit(leg.start);
  let told: Worth | undefined;
  let founder = -1;
  const founding = leg.start.length === 0 ? FOUND_SHARE / (leg.to - leg.from) : 0;
  for (;;) {
    const spent = context.budget.spent(memetic.iterations);
    if (spent >= 1) break;
    if (spent < founding) {
      const progress = (spent / founding) * FOUNDERS;
      if (Math.floor(progress) > founder) {
        if (founder >= 0) memetic.endFounder();
        founder = Math.floor(progress);
        memetic.beginFounder(savingsStart(kernel, near.strings));
      }
      memetic.annealFounder(CHECK_EVERY, HOT * (COLD / HOT) ** (progress % 1));
      continue;
    }
    if (founder >= 0) {
      memetic.endFounder();
      founder = -1;
    }
    memetic.step();
    const best = memetic.best;
    if (best && best.worth !== told) {
      told = best.worth;
      tell(context, "evolving", memetic.iterations, told.cost / kernel.costScale);
    }
  }
  if (founder >= 0) memetic.endFounder();
  const best = memetic.best ?? { plan: { tours: [] }, worth: NOTHING };
  return { ...best, elites: memetic.elites(ELITES), iterations: memetic.iterations };
}

function tell(context: TaskContext, phase: string, iterations: number, best: number): void {
  context.report({ phase, iterations, best, best_label: "cost", bound: null });
}

function anneal(kernel: Kernel, near: Neighbourhoods, leg: Leg, random: Random, context: TaskContext): VrpFound {
  const { problem } = kernel;
  const { from, to } = leg;
  const sisr = new Sisr(kernel, random, near);
  sisr.start(leg.start[0] ?? savingsStart(kernel, near.strings));
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
    if (closing && sisr.tours.absentWeight === 0 && sisr.tours.used <= sisr.best.vehicles && !sisr.closeTour())
      closing = false;
    if (sisr.best !== before)
      tell(context, closing ? "fewer vehicles" : "shorter tours", sisr.iterations, sisr.best.cost / kernel.costScale);
  }
  return { plan: sisr.bestPlan(), worth: sisr.best, elites: [sisr.bestPlan()], iterations: sisr.iterations };
}

const coolingShare = (problem: VrpProblem, share: number): number =>
  problem.fewestVehicles ? Math.max(0, share - FLEET_SHARE) / (1 - FLEET_SHARE) : share;

/** Best tours within the budget: as many searches as threads, which hand the best plan on. Initial tours are where they begin. */
export async function solveVrp(problem: VrpProblem, context: SolveContext<VrpProblem>): Promise<VrpFound> {
  const rounds = context.threads > 1 ? EXCHANGES : 1;
  const initial = { tours: initialTours(problem) };
  let best: VrpFound = { plan: initial, worth: NOTHING, elites: [], iterations: 0 };
  let start: readonly VrpPlan[] = initial.tours.length > 0 ? [initial] : [];
  let iterations = 0;
  for (let round = 0; round < rounds; round++) {
    const [from, to] = [round / rounds, (round + 1) / rounds];
    const legs = Array.from({ length: context.threads }, (_, stream): Leg => ({ start, stream, from, to }));
    const found: VrpFound[] = await context.map(vrpTask, legs, { from, to });
    iterations += found.reduce((sum, each) => sum + each.iterations, 0);
    for (const each of found) if (better(each.worth, best.worth)) best = each;
    start = [best.plan, ...found.flatMap(({ elites }) => elites).filter((each) => each !== best.plan)];
  }
  const { kernel, near } = preparedOf(problem);
  return { ...best, plan: complete(kernel, near.places, best.plan), iterations };
}

const initialTours = ({ vehicles }: VrpProblem) =>
  vehicles.flatMap(({ initial }, vehicle) => (initial.length > 0 ? [{ vehicle, tasks: initial }] : []));
