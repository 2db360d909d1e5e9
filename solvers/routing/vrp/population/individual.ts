import type { Kernel } from "../kernel.ts";
import type { VrpPlan } from "../problem.ts";

/** A plan of the population: what it costs with penalties, whether it needs none, and who stands next to whom in it. */
export interface Individual {
  readonly plan: VrpPlan;
  readonly cost: number;
  readonly feasible: boolean;
  /** Task before and behind each task; a start or end counts as −1. */
  readonly before: Int32Array;
  readonly behind: Int32Array;
}

export function individualOf(kernel: Kernel, plan: VrpPlan, cost: number, feasible: boolean): Individual {
  const before = new Int32Array(kernel.tasks).fill(-1);
  const behind = new Int32Array(kernel.tasks).fill(-1);
  for (const { tasks } of plan.tours)
    for (let i = 1; i < tasks.length; i++) {
      before[tasks[i]] = tasks[i - 1];
      behind[tasks[i - 1]] = tasks[i];
    }
  return { plan, cost, feasible, before, behind };
}

/** Share of neighbourhoods of one plan that the other does not have, whichever way round tours are driven. */
export function brokenPairs(a: Individual, b: Individual): number {
  const tasks = a.before.length;
  let broken = 0;
  for (let task = 0; task < tasks; task++) {
    const behind = a.behind[task];
    if (behind !== b.behind[task] && behind !== b.before[task]) broken++;
    if (a.before[task] === -1 && b.before[task] !== -1 && b.behind[task] !== -1) broken++;
  }
  return tasks === 0 ? 0 : broken / tasks;
}
