export { MipModel } from "./model.ts";
export type { MipOptions, MipResult, MipStatus } from "./result.ts";
export { solveMip } from "./solve.ts";
