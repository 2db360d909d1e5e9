import { InternalError } from "@trivium/model";
import highsModule, { type Highs, type HighsCallbackMap } from "highs";
import type { MipModel } from "./model.ts";
import type { MipOptions, MipResult, MipStatus } from "./result.ts";
import { columnMatrix } from "./sparse.ts";

/** The package's types describe its CommonJS form; Node loads its ES module, whose default is the loader itself. */
const loadHighs = highsModule as unknown as typeof highsModule.default;

/** One WebAssembly instance a thread: loading takes longer than most solves. */
let loading: Promise<Highs> | undefined;

const NOTHING = new Float64Array(0);

/** HiGHS as WebAssembly, single-threaded; LPs by simplex, MIPs by branch and cut. The model is freed whatever happens. */
export async function solveWithHighs(model: MipModel, options: MipOptions): Promise<MipResult> {
  loading ??= loadHighs();
  const highs = await loading;
  const { starts, rows, values } = columnMatrix(model);
  const integer = !options.relax && model.integer.some(Boolean);
  const native = highs.createModel({
    numCols: model.variables,
    numRows: model.rows,
    sense:
      model.sense === "maximize" ? highs.constants.objectiveSense.maximize : highs.constants.objectiveSense.minimize,
    offset: 0,
    colCost: Float64Array.from(model.costs),
    colLower: Float64Array.from(model.lower),
    colUpper: Float64Array.from(model.upper),
    rowLower: Float64Array.from(model.rowLower),
    rowUpper: Float64Array.from(model.rowUpper),
    matrix: { format: "csc", numRows: model.rows, numCols: model.variables, starts, indices: rows, values },
    ...(integer ? { integrality: Int32Array.from(model.integer, Number) } : {}),
  } as Parameters<Highs["createModel"]>[0]);
  try {
    native.options.set(highsOptions(options));
    if (options.start) native.setSolution({ colValue: options.start });
    native.run(interruptions(highs, options));
    return readResult(highs, native, model, integer);
  } catch (error) {
    throw new InternalError(
      "highs-failed",
      `HiGHS could not be run: ${(error as Error).message}. Maybe the model is too large for its 2.5 GB?`,
      {
        values: { variables: model.variables, rows: model.rows, entries: model.entryRow.length },
      },
    );
  } finally {
    native.dispose();
  }
}

function highsOptions(options: MipOptions): Record<string, number | boolean | string> {
  return {
    output_flag: false,
    random_seed: options.seed ?? 0,
    mip_rel_gap: options.gap ?? 0,
    ...(options.heuristicEffort === undefined ? {} : { mip_heuristic_effort: options.heuristicEffort }),
    ...(options.nodeLimit === undefined ? {} : { mip_max_nodes: options.nodeLimit }),
    ...(options.iterationLimit === undefined ? {} : { simplex_iteration_limit: options.iterationLimit }),
    ...(options.timeLimitS === undefined ? {} : { time_limit: options.timeLimitS }),
  };
}

function interruptions(highs: Highs, options: MipOptions): HighsCallbackMap | undefined {
  const cancelled = options.cancelled;
  if (!cancelled) return undefined;
  const stop = (event: { interrupt(): void }): undefined => {
    if (cancelled()) event.interrupt();
  };
  const { mipInterrupt, simplexInterrupt, ipmInterrupt } = highs.constants.callbackType;
  return { [mipInterrupt]: stop, [simplexInterrupt]: stop, [ipmInterrupt]: stop };
}

function readResult(
  highs: Highs,
  native: ReturnType<Highs["createModel"]>,
  model: MipModel,
  integer: boolean,
): MipResult {
  const codes = highs.constants.modelStatus;
  const code = native.getModelStatus();
  const solution = native.getSolution();
  // 2 = a feasible point is at hand; without it the values are whatever the simplex was looking at.
  const feasible = Number(native.info.get("primal_solution_status")) === 2;
  const worst = model.sense === "maximize" ? Infinity : -Infinity;
  const empty = { objective: Number.NaN, bound: worst, values: NOTHING, rowDuals: NOTHING, reducedCosts: NOTHING };
  const nodes = integer ? Math.max(0, Number(native.info.get("mip_node_count"))) : 0;
  const none = (status: MipStatus): MipResult => ({ status, ...empty, nodes });
  switch (code) {
    case codes.infeasible:
      return none("infeasible");
    case codes.unbounded:
      return none("unbounded");
    case codes.unboundedOrInfeasible:
      return apartUnbounded(highs, native, none);
    case codes.optimal:
    case codes.empty:
    case codes.timeLimit:
    case codes.iterationLimit:
    case codes.solutionLimit:
    case codes.interrupted: {
      const proven = code === codes.optimal || (code === codes.empty && model.variables === 0);
      if (code === codes.empty && model.rows === 0 && model.variables > 0) return none("failed");
      if (!proven && !feasible) return { ...none("limit"), bound: integer ? dualBound(native, worst) : worst };
      const objective = native.getObjectiveValue();
      return {
        status: proven ? "optimal" : "feasible",
        objective,
        bound: integer ? dualBound(native, worst) : proven ? objective : worst,
        values: Float64Array.from(solution.colValue),
        rowDuals: integer || !proven ? NOTHING : Float64Array.from(solution.rowDual),
        reducedCosts: integer || !proven ? NOTHING : Float64Array.from(solution.colDual),
        nodes,
      };
    }
    default:
      return none("failed");
  }
}

function dualBound(native: ReturnType<Highs["createModel"]>, worst: number): number {
  const bound = Number(native.info.get("mip_dual_bound"));
  return Number.isFinite(bound) && Math.abs(bound) < 1e30 ? bound : worst;
}

/** Presolve may say "infeasible or unbounded": without an objective the question is decided. */
function apartUnbounded(
  highs: Highs,
  native: ReturnType<Highs["createModel"]>,
  none: (status: MipStatus) => MipResult,
): MipResult {
  native.options.set({ presolve: "off" });
  native.run();
  const codes = highs.constants.modelStatus;
  const code = native.getModelStatus();
  return none(code === codes.infeasible ? "infeasible" : code === codes.unbounded ? "unbounded" : "failed");
}
