export * from "./budget.ts";
export * from "./context.ts";
export * from "./engine.ts";
export * from "./random.ts";
