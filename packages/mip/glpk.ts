import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { InternalError } from "@trivium/model";
import type { MipModel } from "./model.ts";
import type { MipOptions, MipResult, MipStatus } from "./result.ts";
import { columnMatrix } from "./sparse.ts";
import { NOTHING, unproven, withoutSolution } from "./without-solution.ts";

/** What is used of glpk.js 5 (`glpk.js/node`); its package is not installed with this one, so its types are not at hand. */
interface Glpk {
  readonly GLP_MIN: number;
  readonly GLP_MAX: number;
  readonly GLP_FR: number;
  readonly GLP_LO: number;
  readonly GLP_UP: number;
  readonly GLP_DB: number;
  readonly GLP_FX: number;
  readonly GLP_MSG_OFF: number;
  readonly GLP_FEAS: number;
  readonly GLP_NOFEAS: number;
  readonly GLP_OPT: number;
  readonly GLP_UNBND: number;
  solve(program: Program, options: { msglev: number; presol: boolean; mipgap?: number; tmlim?: number }): Answer;
}

interface Bounds {
  readonly type: number;
  readonly lb: number;
  readonly ub: number;
}

interface Program {
  readonly name: string;
  readonly objective: { direction: number; name: string; vars: { name: string; coef: number }[] };
  readonly subjectTo: { name: string; vars: { name: string; coef: number }[]; bnds: Bounds }[];
  readonly bounds: ({ name: string } & Bounds)[];
  readonly generals: string[];
}

interface Answer {
  readonly result: {
    readonly status: number;
    readonly z: number;
    readonly vars: Readonly<Record<string, number>>;
    /** Dual values of the rows, after the simplex only. */
    readonly dual?: Readonly<Record<string, number>>;
  };
}

const UNSUPPORTED = ["nodeLimit", "iterationLimit", "start", "cancelled", "seed"] as const;

/**
 * GLPK as WebAssembly, where the operator has installed glpk.js: it is under the GPL-3.0, so it is no part of this project.
 * It has no start, no node limit and cannot be stopped; asking for one of those is a mistake of the caller.
 *
 * @throws InternalError solver-not-installed, unsupported-option
 */
export async function solveWithGlpk(model: MipModel, options: MipOptions): Promise<MipResult> {
  for (const name of UNSUPPORTED) {
    if (options[name] !== undefined)
      throw new InternalError("unsupported-option", `glpk.js has no ${name}. Maybe use highs?`, {
        values: { option: name },
      });
  }
  const whole = (j: number) => model.integer[j] && !options.relax;
  const lower = model.lower.map((bound, j) => (whole(j) ? Math.ceil(bound) : bound));
  const upper = model.upper.map((bound, j) => (whole(j) ? Math.floor(bound) : bound));
  if (lower.some((bound, j) => bound > upper[j]) || model.rowLower.some((bound, i) => bound > model.rowUpper[i]))
    return withoutSolution("infeasible", model);
  const glpk = await loadGlpk();
  const program = translate(glpk, model, lower, upper, whole);
  const isMip = program.generals.length > 0;
  const { result } = glpk.solve(program, {
    msglev: glpk.GLP_MSG_OFF,
    // Without its presolver the simplex tells unbounded from infeasible, and keeps duals.
    presol: isMip,
    ...(options.gap === undefined ? {} : { mipgap: options.gap }),
    // In whole seconds, and 0 means none.
    ...(options.timeLimitS === undefined ? {} : { tmlim: Math.max(1, Math.ceil(options.timeLimitS)) }),
  });
  const status = statusOf(glpk, result.status, options);
  if (status === "unproven") return withoutProof(model, options);
  if (status !== "optimal" && status !== "feasible") return withoutSolution(status, model);
  const values = Float64Array.from(lower, (_, j) =>
    whole(j) ? Math.round(result.vars[`x${j}`]) : result.vars[`x${j}`],
  );
  const objective = values.reduce((sum, value, j) => sum + value * model.costs[j], 0);
  const rowDuals = result.dual ? Float64Array.from(model.rowLower, (_, i) => result.dual?.[`r${i}`] ?? 0) : NOTHING;
  return {
    status,
    objective,
    bound: status === "optimal" && !options.gap ? objective : unproven(model),
    values,
    rowDuals: isMip ? NOTHING : rowDuals,
    reducedCosts: isMip ? NOTHING : reducedCosts(model, rowDuals),
    nodes: 0,
  };
}

let loaded: Promise<Glpk> | undefined;

/** Looks where this package is installed, then where the operator stands. */
function loadGlpk(): Promise<Glpk> {
  loaded ??= (async () => {
    for (const from of [import.meta.url, pathToFileURL(`${process.cwd()}/package.json`).href]) {
      try {
        const path = createRequire(from).resolve("glpk.js/node");
        return await (await import(pathToFileURL(path).href)).default();
      } catch (error) {
        if (!["MODULE_NOT_FOUND", "ERR_MODULE_NOT_FOUND"].includes((error as { code?: string }).code ?? ""))
          throw error;
      }
    }
    throw new InternalError(
      "solver-not-installed",
      "glpk.js is not installed. Maybe npm install glpk.js@5.0.0 (GPL-3.0), or use highs",
    );
  })();
  // What is missing may be installed later.
  loaded.catch(() => {
    loaded = undefined;
  });
  return loaded;
}

function translate(
  glpk: Glpk,
  model: MipModel,
  lower: readonly number[],
  upper: readonly number[],
  whole: (j: number) => boolean,
): Program {
  const { starts, rows, values } = columnMatrix(model);
  const rowVars: { name: string; coef: number }[][] = model.rowLower.map(() => []);
  for (let j = 0; j < model.variables; j++)
    for (let k = starts[j]; k < starts[j + 1]; k++) rowVars[rows[k]].push({ name: `x${j}`, coef: values[k] });
  return {
    name: "model",
    objective: {
      direction: model.sense === "maximize" ? glpk.GLP_MAX : glpk.GLP_MIN,
      name: "objective",
      vars: model.costs.map((coef, j) => ({ name: `x${j}`, coef })),
    },
    subjectTo: model.rowLower.map((low, i) => ({
      name: `r${i}`,
      vars: rowVars[i],
      bnds: boundsOf(glpk, low, model.rowUpper[i]),
    })),
    bounds: lower.map((low, j) => ({ name: `x${j}`, ...boundsOf(glpk, low, upper[j]) })),
    generals: lower.flatMap((_, j) => (whole(j) ? [`x${j}`] : [])),
  };
}

function boundsOf(glpk: Glpk, low: number, high: number): Bounds {
  const [lb, ub] = [Number.isFinite(low) ? low : 0, Number.isFinite(high) ? high : 0];
  if (low === high) return { type: glpk.GLP_FX, lb, ub };
  if (Number.isFinite(low) && Number.isFinite(high)) return { type: glpk.GLP_DB, lb, ub };
  if (Number.isFinite(low)) return { type: glpk.GLP_LO, lb, ub };
  return { type: Number.isFinite(high) ? glpk.GLP_UP : glpk.GLP_FR, lb, ub };
}

function statusOf(glpk: Glpk, status: number, options: MipOptions): MipStatus | "unproven" {
  if (status === glpk.GLP_OPT) return "optimal";
  if (status === glpk.GLP_FEAS) return "feasible";
  if (status === glpk.GLP_NOFEAS) return "infeasible";
  if (status === glpk.GLP_UNBND) return "unbounded";
  return options.timeLimitS === undefined ? "unproven" : "limit";
}

/** GLPK's presolver ends without saying which of the two it is: the relaxation without it tells. */
async function withoutProof(model: MipModel, options: MipOptions): Promise<MipResult> {
  if (options.relax) return withoutSolution("infeasible", model);
  const relaxed = await solveWithGlpk(model, { ...options, relax: true });
  return withoutSolution(relaxed.status === "unbounded" ? "unbounded" : "infeasible", model);
}

/** c − Aᵀy. */
function reducedCosts(model: MipModel, rowDuals: Float64Array): Float64Array {
  if (rowDuals.length === 0 && model.rows > 0) return NOTHING;
  const costs = Float64Array.from(model.costs);
  for (let k = 0; k < model.entryRow.length; k++)
    costs[model.entryColumn[k]] -= rowDuals[model.entryRow[k]] * model.entryValue[k];
  return costs;
}
