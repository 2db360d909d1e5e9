import { type Answer, createContext, type Question } from "@trivium/engine";
import { InputError, type Plan, type WhatIfAnswer } from "@trivium/model";
import { emptyPlan, type PlanState } from "../plan/state.ts";
import type { FacilitiesProblem } from "../problem.ts";
import { type MadePlan, makePlan, planFrom } from "../solve.ts";
import { figuresOf, startOf } from "./figures-of.ts";
import { ITERATIONS, projectsIn } from "./frontier.ts";
import { wholeNumberOf } from "./number.ts";
import { CONDITIONS } from "./what-if/index.ts";

/**
 * `{ kind: "what_if", change, …, iterations? }`: the plan made anew under a change (see `what-if/`, one a file), beside the plan as it stands: what it would
 * cost under the change if it were kept where it can be, and what a new plan drops, adds and moves. The change comes back as a scenario's `changes`.
 */
export async function askWhatIf(
  problem: FacilitiesProblem,
  plan: Plan<"facilities">,
  question: Question,
): Promise<Answer> {
  const name = String(question.change);
  const condition = Object.hasOwn(CONDITIONS, name) ? CONDITIONS[name] : undefined;
  if (!condition)
    throw new InputError(
      "unknown-change",
      `change is ${name}: must be one of ${Object.keys(CONDITIONS).join(", ")}. Maybe budget`,
      { path: "change", values: { change: name } },
    );
  const iterations = wholeNumberOf(question, "iterations", ITERATIONS, 1, 1e8);
  const { what, changes, changed } = condition(problem, question);
  const start = plan.decisions.plan.map(startOf);
  const context = createContext(changed, { limits: { iterations }, seed: plan.seed });
  const made = await makePlan(changed, start, context);
  const kept = planFrom(changed, start);
  const answer: WhatIfAnswer = {
    what,
    changes,
    before: figuresOf(problem, stateOf(problem, plan), plan.unmet.length),
    as_planned: figuresOf(changed, kept.state, kept.unmet),
    after: figuresOf(changed, made.state, made.unmet.length),
    ...differences(plan, made),
    planned: projectsIn(made),
  };
  return { ...answer };
}

/** The plan's projects as a state, whatever rules they keep. */
function stateOf(problem: FacilitiesProblem, plan: Plan<"facilities">): PlanState {
  return planFrom(problem, plan.decisions.plan.map(startOf), emptyPlan(problem)).state;
}

function differences(plan: Plan<"facilities">, made: MadePlan): Pick<WhatIfAnswer, "dropped" | "added" | "moved"> {
  const before = new Map(plan.decisions.plan.map((row) => [row.asset_id, row.fiscal_year]));
  const after = new Map(projectsIn(made).map((row) => [row.asset_id, row.fiscal_year]));
  return {
    dropped: [...before.keys()].filter((id) => !after.has(id)).sort(),
    added: [...after.keys()].filter((id) => !before.has(id)).sort(),
    moved: [...before]
      .flatMap(([asset_id, from]) => {
        const to = after.get(asset_id);
        return to === undefined || to === from ? [] : [{ asset_id, from, to }];
      })
      .sort((x, y) => (x.asset_id < y.asset_id ? -1 : 1)),
  };
}
