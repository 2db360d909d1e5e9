import { InternalError } from "@trivium/model";
import solverModule from "javascript-lp-solver";
import type { MipModel } from "./model.ts";
import type { MipOptions, MipResult } from "./result.ts";
import { columnMatrix } from "./sparse.ts";
import { NOTHING, unproven, withoutSolution } from "./without-solution.ts";

/** The package's types describe its CommonJS form; Node loads its ES module, whose default is the solver itself. */
const solver = solverModule as unknown as typeof solverModule.default;
const UNSUPPORTED = ["nodeLimit", "iterationLimit", "start", "cancelled", "seed"] as const;

interface Answer {
  readonly feasible: boolean;
  readonly bounded?: boolean;
  readonly [variable: string]: unknown;
}

/** How a variable is seen by a solver that knows only x′ ≥ 0: x = origin + direction · x′, or split where neither bound is finite. */
interface Image {
  readonly origin: number;
  readonly direction: 1 | -1;
  readonly split: boolean;
}

/**
 * A small pure-JavaScript solver, for tiny models and for the browser. It has no duals, no start, no node limit and cannot be stopped;
 * asking for one of those is a mistake of the caller, not something to pass over.
 *
 * @throws InternalError unsupported-option
 */
export async function solveWithJavascriptLpSolver(model: MipModel, options: MipOptions): Promise<MipResult> {
  for (const name of UNSUPPORTED) {
    if (options[name] !== undefined)
      throw new InternalError("unsupported-option", `javascript-lp-solver has no ${name}. Maybe use highs?`, {
        values: { option: name },
      });
  }
  const lower = model.lower.map((bound, j) => (isInteger(model, options, j) ? Math.ceil(bound) : bound));
  const upper = model.upper.map((bound, j) => (isInteger(model, options, j) ? Math.floor(bound) : bound));
  if (lower.some((bound, j) => bound > upper[j]) || model.rowLower.some((bound, i) => bound > model.rowUpper[i]))
    return withoutSolution("infeasible", model);
  const images = lower.map((bound, j) => imageOf(bound, upper[j]));
  const limits = {
    ...(options.timeLimitS === undefined ? {} : { timeout: options.timeLimitS * 1000 }),
    ...(options.gap === undefined ? {} : { tolerance: options.gap }),
  };
  const answer = solver.Solve(
    { ...translate(model, options, images, lower, upper), ...limits } as never,
    1e-9,
  ) as unknown as Answer;
  if (answer.bounded === false) return withoutSolution("unbounded", model);
  if (!answer.feasible) return withoutSolution(options.timeLimitS === undefined ? "infeasible" : "limit", model);
  const values = Float64Array.from(images, (image, j) => {
    const value = Number(answer[`x${j}`] ?? 0) - (image.split ? Number(answer[`n${j}`] ?? 0) : 0);
    const whole = isInteger(model, options, j) ? Math.round(value) : value;
    return image.origin + image.direction * whole;
  });
  const objective = values.reduce((sum, value, j) => sum + value * model.costs[j], 0);
  const proven = options.timeLimitS === undefined && !options.gap;
  return {
    status: proven ? "optimal" : "feasible",
    objective,
    bound: proven ? objective : unproven(model),
    values,
    rowDuals: NOTHING,
    reducedCosts: NOTHING,
    nodes: 0,
  };
}

function imageOf(lower: number, upper: number): Image {
  if (Number.isFinite(lower)) return { origin: lower, direction: 1, split: false };
  if (Number.isFinite(upper)) return { origin: upper, direction: -1, split: false };
  return { origin: 0, direction: 1, split: true };
}

/** The solver's own shape: rows by name with min, max or equal, variables by name with their coefficients. */
function translate(
  model: MipModel,
  options: MipOptions,
  images: readonly Image[],
  lower: readonly number[],
  upper: readonly number[],
) {
  const { starts, rows, values } = columnMatrix(model);
  const constraints: Record<string, { min?: number; max?: number; equal?: number }> = {};
  const variables: Record<string, Record<string, number>> = {};
  const ints: Record<string, 1> = {};
  const shift = new Float64Array(model.rows);
  images.forEach((image, j) => {
    const column: Record<string, number> = { objective: image.direction * model.costs[j] };
    for (let k = starts[j]; k < starts[j + 1]; k++) {
      column[`r${rows[k]}`] = image.direction * values[k];
      shift[rows[k]] += image.origin * values[k];
    }
    if (Number.isFinite(lower[j]) && Number.isFinite(upper[j])) {
      column[`u${j}`] = 1;
      constraints[`u${j}`] = { max: upper[j] - lower[j] };
    }
    variables[`x${j}`] = column;
    if (image.split)
      variables[`n${j}`] = Object.fromEntries(Object.entries(column).map(([row, value]) => [row, -value]));
    if (isInteger(model, options, j)) ints[`x${j}`] = 1;
    if (isInteger(model, options, j) && image.split) ints[`n${j}`] = 1;
  });
  model.rowLower.forEach((low, i) => {
    const [min, max] = [low - shift[i], model.rowUpper[i] - shift[i]];
    if (min === max) constraints[`r${i}`] = { equal: min };
    else if (Number.isFinite(min) || Number.isFinite(max))
      constraints[`r${i}`] = { ...(Number.isFinite(min) ? { min } : {}), ...(Number.isFinite(max) ? { max } : {}) };
  });
  return { optimize: "objective", opType: model.sense === "maximize" ? "max" : "min", constraints, variables, ints };
}

const isInteger = (model: MipModel, options: MipOptions, j: number) => model.integer[j] && !options.relax;
