import { defineConfig } from "vitest/config";

/** The long forms: `npm run test:faults [file]`. One after the other, alone on the machine. */
export default defineConfig({
  test: {
    include: ["test/faults/**/*.faults.ts", "test/faults/**/*.test.ts"],
    env: { TRIVIUM_FAULTS: "long" },
    pool: "forks",
    maxWorkers: 1,
    testTimeout: 3_600_000,
    hookTimeout: 300_000,
  },
});
