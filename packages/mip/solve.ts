import { InternalError } from "@trivium/model";
import type { MipModel } from "./model.ts";
import type { MipOptions, MipResult } from "./result.ts";

/** Solves a model with the solver named (HiGHS unless told otherwise). */
export async function solveMip(model: MipModel, options: MipOptions = {}): Promise<MipResult> {
  const solver = options.solver ?? "highs";
  if (solver === "highs") return (await import("./highs.ts")).solveWithHighs(model, options);
  if (solver === "javascript-lp-solver")
    return (await import("./javascript-lp-solver.ts")).solveWithJavascriptLpSolver(model, options);
  if (solver === "glpk") return (await import("./glpk.ts")).solveWithGlpk(model, options);
  throw new InternalError("unknown-solver", `there is no solver ${solver}. Maybe "highs"?`, { values: { solver } });
}
