export * from "./instance.ts";
export * from "./solution.ts";
