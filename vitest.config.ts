import { defineConfig } from "vitest/config";

/** Unit tests sit beside their file; what crosses packages lives in test/. Two workers: the reference machine has two cores. */
export default defineConfig({
  test: {
    include: [
      "packages/**/*.test.ts",
      "solvers/**/*.test.ts",
      "data/**/*.test.ts",
      "bench/**/*.test.ts",
      "test/**/*.test.ts",
    ],
    pool: "forks",
    maxWorkers: 2,
    testTimeout: 600_000,
    hookTimeout: 600_000,
  },
});
