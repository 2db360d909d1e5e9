import type { Budget } from "@trivium/engine";
import type { FacilitiesProblem } from "../problem.ts";
import { rulesHold } from "./constraints/index.ts";
import { type Field, MOVES, Trial } from "./moves/index.ts";
import { restore, type Snapshot, snapshot } from "./state.ts";

/** Moves between two looks at the budget. */
const CHECK_EVERY = 512;
/** First and last temperature as a share of the mean saving of a planned project. */
const HOT = 0.02;
const COLD = 0.0005;

/**
 * Simulated annealing over plans that keep every rule: a move is taken when it saves more, or, cooling with the budget, now and then when it saves less.
 *
 * @param start a plan that keeps every rule, and the moves tried before it
 * @param onCheck told at every look at the budget
 * @returns the best plan met, and how many moves were tried
 */
export function search(
  problem: FacilitiesProblem,
  start: { readonly best: Snapshot; readonly iterations: number },
  field: Field,
  budget: Budget,
  onCheck: (iterations: number, bestSavingUsd: number) => void,
): { best: Snapshot; savingUsd: number; iterations: number } {
  let state = restore(problem, start.best);
  let trial = new Trial(state);
  let best = snapshot(state);
  let bestUsd = state.savingUsd;
  let { iterations } = start;
  const planned = state.projects.reduce((sum, each) => sum + each, 0);
  const usual = Math.max(1, Math.abs(state.savingUsd)) / Math.max(1, planned);
  if (field.candidates.length === 0 || state.fundCount === 0) return { best, savingUsd: bestUsd, iterations };
  for (let spent = budget.spent(iterations), look = 0; spent < 1; spent = budget.spent(iterations), look++) {
    const temperature = usual * HOT * (COLD / HOT) ** spent;
    for (let k = 0; k < CHECK_EVERY; k++) {
      if (!drawMove(field)(trial, field)) continue;
      const gain = trial.gainUsd();
      if ((gain >= 0 || field.random.unit() < Math.exp(gain / temperature)) && rulesHold(state)) trial.keep();
      else trial.undo();
      if (state.savingUsd <= bestUsd + 1e-6) continue;
      bestUsd = state.savingUsd;
      best = snapshot(state);
    }
    iterations += CHECK_EVERY;
    if (look % REFRESH_EVERY === 0) {
      state = restore(state.problem, snapshot(state));
      trial = new Trial(state);
    }
    onCheck(iterations, bestUsd);
  }
  return { best, savingUsd: bestUsd, iterations };
}

/** Looks at the budget between two fresh counts of all sums, which carry the rounding of every move since. */
const REFRESH_EVERY = 16;

function drawMove(field: Field) {
  let draw = field.random.unit();
  for (const { move, share } of MOVES) {
    draw -= share;
    if (draw < 0) return move;
  }
  return MOVES[0].move;
}
