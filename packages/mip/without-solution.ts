import type { MipModel } from "./model.ts";
import type { MipResult, MipStatus } from "./result.ts";

export const NOTHING = new Float64Array(0);

/** The bound that holds where nothing is proven. */
export const unproven = (model: MipModel): number => (model.sense === "maximize" ? Infinity : -Infinity);

export function withoutSolution(status: MipStatus, model: MipModel): MipResult {
  return {
    status,
    objective: Number.NaN,
    bound: unproven(model),
    values: NOTHING,
    rowDuals: NOTHING,
    reducedCosts: NOTHING,
    nodes: 0,
  };
}
