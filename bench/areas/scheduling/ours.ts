import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Dataset, Plan, Scenario } from "@trivium/model";
import { solvePlan } from "@trivium/worker";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const figures = join(root, "bench/results/scheduling");
const plans = join(root, ".cache/bench-plans");
const source = join(root, "solvers/scheduling");

/** One solve: of what, and with what. */
export interface Run {
  /** Part of the file's name. */
  readonly name: string;
  readonly dataset: Dataset;
  readonly timeS: number;
  readonly threads: number;
  /** Requests met at which the clock is stopped once more. */
  readonly reach?: number;
}

/** What came of it; every plan has passed the verifier, `solvePlan` returns no other. */
export interface Found {
  readonly metrics: Readonly<Record<string, number>>;
  readonly status: string;
  readonly gap: number | null;
  readonly elapsedS: number;
  /** Wall seconds until the search reported `reach` requests met; null: it did not, or was not asked. */
  readonly reachedS: number | null;
  /** Megabytes of the whole process at most. */
  readonly memoryMb: number;
}

/** Digest of the solver's sources: what was measured with other code is measured again. */
const code = (() => {
  const hash = createHash("sha256");
  for (const name of readdirSync(source, { recursive: true }).map(String).sort())
    if (name.endsWith(".ts") && !name.endsWith(".test.ts")) hash.update(readFileSync(join(source, name)));
  return hash.digest("hex").slice(0, 12);
})();

const pathOf = (folder: string, { name, timeS, threads }: Run): string =>
  join(folder, `${name}-${timeS}s-${threads}-thread${threads > 1 ? "s" : ""}.json`);

function kept<T>(path: string, hash: string): T | undefined {
  if (!existsSync(path)) return undefined;
  const known = JSON.parse(readFileSync(path, "utf8"));
  return known.code === code && known.dataset === hash ? known.value : undefined;
}

function keep(path: string, hash: string, value: unknown): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `${JSON.stringify({ code, dataset: hash, value })}\n`);
}

export const scenarioOf = ({ timeS, threads }: Pick<Run, "timeS" | "threads">): Scenario => ({
  name: "bench",
  changes: [],
  settings: { time_s: timeS, threads, seed: 1 },
});

/** Solves from nothing, once for each instance and state of the solver: figures in bench/results, so that a bench that stopped goes on where it was. */
export async function solved(run: Run): Promise<Found> {
  const known = kept<Found>(pathOf(figures, run), run.dataset.hash);
  return known ?? (await measured(run)).found;
}

/** The same with the plan itself, kept in `.cache/`. */
export async function solvedPlan(run: Run): Promise<Plan<"scheduling">> {
  return kept<Plan<"scheduling">>(pathOf(plans, run), run.dataset.hash) ?? (await measured(run)).plan;
}

async function measured(run: Run): Promise<{ found: Found; plan: Plan<"scheduling"> }> {
  const start = performance.now();
  const seconds = () => (performance.now() - start) / 1000;
  let reachedS: number | null = null;
  let memory = 0;
  const sample = setInterval(() => {
    memory = Math.max(memory, process.memoryUsage.rss());
  }, 200);
  try {
    const request = { dataset: run.dataset, area: "scheduling" as const, scenario: scenarioOf(run) };
    const plan = (await solvePlan(request, {
      onProgress: ({ best }) => {
        if (reachedS === null && run.reach !== undefined && (best ?? 0) >= run.reach) reachedS = seconds();
      },
    })) as Plan<"scheduling">;
    const found: Found = {
      metrics: plan.metrics as Record<string, number>,
      status: plan.status,
      gap: plan.bound?.gap ?? null,
      elapsedS: seconds(),
      reachedS,
      memoryMb: Math.round(memory / 2 ** 20),
    };
    keep(pathOf(figures, run), run.dataset.hash, found);
    keep(pathOf(plans, run), run.dataset.hash, plan);
    return { found, plan };
  } finally {
    clearInterval(sample);
  }
}
