import { Random } from "@trivium/engine";
import type { SchedulingDecisions } from "@trivium/model";
import type { SchedulingProblem } from "../problem/problem.ts";
import { replay } from "../report/replay.ts";
import { Trial } from "../steps/trial.ts";

interface Warm {
  /** One a school of the problem. */
  readonly trials: readonly Trial[];
}

const warm = new WeakMap<SchedulingDecisions, { problem: SchedulingProblem; warm: Warm }>();

/** The plan laid onto the problem, kept for the next question to the same plan. Questions leave it as it was. */
export function warmSchedules(problem: SchedulingProblem, decisions: SchedulingDecisions): Warm {
  const known = warm.get(decisions);
  if (known?.problem === problem) return known.warm;
  const made = { trials: replay(problem, decisions).map((schedule) => new Trial(schedule, new Random(1))) };
  warm.set(decisions, { problem, warm: made });
  return made;
}
