import type { SchedulingDecisions } from "@trivium/model";
import { type Rules, rulesOf } from "../constraints/rules.ts";
import type { SchedulingProblem } from "../problem/problem.ts";
import { replay } from "../report/replay.ts";
import type { Schedule } from "../schedule/schedule.ts";

interface Warm {
  readonly schedules: readonly Schedule[];
  readonly rules: readonly Rules[];
}

const warm = new WeakMap<SchedulingDecisions, { problem: SchedulingProblem; warm: Warm }>();

/** The plan laid onto the problem, kept for the next question to the same plan. Questions leave it as it was. */
export function warmSchedules(problem: SchedulingProblem, decisions: SchedulingDecisions): Warm {
  const known = warm.get(decisions);
  if (known?.problem === problem) return known.warm;
  const made = { schedules: replay(problem, decisions), rules: problem.schools.map(rulesOf) };
  warm.set(decisions, { problem, warm: made });
  return made;
}
