/**
 * - `optimal`: proven within the gap asked for
 * - `feasible`: a solution, stopped by a limit or cancelled before proof
 * - `infeasible`, `unbounded`: proven; `values` is empty
 * - `limit`: stopped by a limit or cancelled with no solution found
 * - `failed`: the solver gave up (numerics, memory); never read as a result
 */
export type MipStatus = "optimal" | "feasible" | "infeasible" | "unbounded" | "limit" | "failed";

export interface MipResult {
  readonly status: MipStatus;
  /** cᵀx of `values`; NaN where there is no solution. */
  readonly objective: number;
  /** Proven limit on the optimum (lower when minimizing, upper when maximizing); ∓Infinity where nothing is proven. */
  readonly bound: number;
  /** Length = variables; empty where there is no solution. */
  readonly values: Float64Array;
  /** LP only: dual price of each row, the change of the optimum per unit of its side; empty for MIPs and where the solver has none. */
  readonly rowDuals: Float64Array;
  /** LP only: reduced cost of each variable. */
  readonly reducedCosts: Float64Array;
  readonly nodes: number;
}

export interface MipOptions {
  /** `glpk` only where the operator has installed glpk.js. */
  readonly solver?: "highs" | "javascript-lp-solver" | "glpk";
  /** Relative gap at which a solution counts as optimal; default 0 up to tolerance. */
  readonly gap?: number;
  /** Branch-and-bound nodes: the deterministic limit, for use inside solvers. */
  readonly nodeLimit?: number;
  /** Simplex iterations: the deterministic limit for LPs. */
  readonly iterationLimit?: number;
  /** Wall seconds: never inside a solver that promises the same plan for the same seed. */
  readonly timeLimitS?: number;
  /** A solution to start from; length = variables. An infeasible one is ignored. */
  readonly start?: Float64Array;
  /** Drop integrality: solve the LP relaxation. */
  readonly relax?: boolean;
  /** Polled now and then; true stops the solve and keeps the incumbent. */
  readonly cancelled?: () => boolean;
  /** Share of the effort that goes into finding solutions, HiGHS's default 0.05. 0 where the bound is what counts: `cancelled` is not asked inside a heuristic. */
  readonly heuristicEffort?: number;
  /** HiGHS's own random seed. */
  readonly seed?: number;
}
