export { MipModel } from "./model.ts";
export { type MipOptions, type MipResult, type MipStatus, solveMip } from "./solve.ts";
