import { type ContextOptions, createContext, type Solution } from "@trivium/engine";
import {
  type DecisionsOf,
  InternalError,
  type Metrics,
  type Plan,
  type Progress,
  planHash,
  VERSION,
  type Verification,
} from "@trivium/model";
import { type Substitutes, verifierOf } from "./engines.ts";
import { searchLimits, seedOf, threadsOf } from "./limits.ts";
import { type Prepared, type PrepareRequest, prepare } from "./prepare.ts";
import { step } from "./progress.ts";
import { recordsOf, scheduleOf } from "./schedule.ts";

export interface SolveRequest extends PrepareRequest {
  /** `provenance.schedule` of an earlier plan: the same search again, whatever the clock says. */
  readonly replay?: readonly (readonly number[])[];
}

/** preparing: nothing to keep yet; solving: the engine holds a best plan; checking: it is being verified. */
export type Stage = "preparing" | "solving" | "checking";

/** Everything around a solve that is not the plan's: clock, cancel flag, carriers of children, watchers. */
export interface Surroundings {
  /** Milliseconds from any fixed origin. */
  readonly now: () => number;
  readonly cancelled: () => boolean;
  readonly onProgress?: (progress: Progress) => void;
  /** `timeS`: the time limit of the search, with stage solving where it has one. */
  readonly onStage?: (stage: Stage, timeS?: number) => void;
  /** Runs children of `map` elsewhere, given what was built; absent: in this thread. */
  readonly childrenOf?: (prepared: Prepared) => Pick<ContextOptions, "runChild" | "childrenAtOnce" | "lanes">;
  readonly cacheDir?: string;
  readonly substitutes?: Substitutes;
}

/**
 * One solve, in the thread it is called in: scenario → roads → problem → search → finish → measure → verify → plan.
 *
 * @throws InputError, RoadError as `prepare` does; InternalError verification-failed with the verification and the plan in `values`
 */
export async function solveHere(request: SolveRequest, around: Surroundings): Promise<Plan> {
  const startMs = around.now();
  const elapsedS = () => (around.now() - startMs) / 1000;
  const tell = (phase: string, share = 0) => around.onProgress?.(step(phase, share));
  around.onStage?.("preparing");
  const prepared = await prepare(request, {
    cacheDir: around.cacheDir,
    substitutes: around.substitutes,
    onStep: tell,
  });
  const { engine, problem, options } = prepared;
  const { settings } = request.scenario;
  const limits = searchLimits(request.area, settings, elapsedS(), request.start !== undefined);
  const context = createContext(problem, {
    limits,
    seed: seedOf(settings),
    threads: threadsOf(settings),
    now: around.now,
    cancelled: around.cancelled,
    onProgress: around.onProgress,
    ...around.childrenOf?.(prepared),
    replay: request.replay && recordsOf(request.replay),
  });
  around.onStage?.("solving", limits.timeS);
  tell("searching");
  const solution = await engine.solve(problem, options, context);
  around.onStage?.("checking");
  const outcome = await finished(prepared, solution, tell);
  const records = context.records();
  const timed = limits.timeS !== undefined || records.some((record) => record.cancelledAt !== undefined);
  const plan: Plan = {
    area: request.area,
    trivium_version: VERSION,
    dataset_hash: request.dataset.hash,
    scenario: request.scenario,
    seed: seedOf(settings),
    iterations: solution.iterations,
    threads: threadsOf(settings),
    elapsed_s: Math.round(elapsedS() * 1000) / 1000,
    status: solution.status,
    metrics: outcome.metrics,
    bound: solution.bound,
    decisions: outcome.decisions,
    unmet: solution.unmet,
    verification: null,
    provenance: {
      plan_hash: planHash(outcome.decisions, outcome.metrics),
      node: process.version,
      ...(solution.reason === undefined ? {} : { reason: solution.reason }),
      ...(solution.conflicts === undefined ? {} : { conflicts: [...solution.conflicts] }),
      ...(prepared.roads ? { roads: { ...prepared.roads.identity, bands: [...prepared.roads.identity.bands] } } : {}),
      ...(timed ? { schedule: request.replay?.map((counts) => [...counts]) ?? scheduleOf(records) } : {}),
    },
  };
  if (!hasDecisions(solution) && solution.conflicts === undefined) return plan;
  tell("verifying", 1);
  const verify = await verifierOf(around.substitutes);
  const verified = { ...plan, verification: await verify(request.dataset, plan, { roads: prepared.roads }) };
  if (!verified.verification.ok) throw verificationFailed(verified.verification, verified);
  return { ...verified, elapsed_s: Math.round(elapsedS() * 1000) / 1000 };
}

/** Infeasible and no_plan come without decisions: there is nothing to draw, measure or verify. */
function hasDecisions(solution: Pick<Solution<Plan["area"]>, "status">): boolean {
  return solution.status !== "infeasible" && solution.status !== "no_plan";
}

async function finished(
  { engine, problem, dataset, roads }: Prepared,
  solution: Solution<Plan["area"]>,
  tell: (phase: string, share: number) => void,
): Promise<{ decisions: DecisionsOf[Plan["area"]]; metrics: Metrics }> {
  if (!hasDecisions(solution)) return solution;
  tell("finishing", 1);
  const { unmet } = solution;
  const decisions = engine.finish
    ? await engine.finish(solution.decisions, { dataset, roads, unmet })
    : solution.decisions;
  // The search knows what no measuring of its decisions can: its bound, for one.
  return { decisions, metrics: { ...engine.measure(problem, decisions, solution.unmet), ...solution.metrics } };
}

function verificationFailed(verification: Verification, plan: Plan): InternalError {
  const first = verification.violations[0];
  return new InternalError(
    "verification-failed",
    `the plan breaks ${verification.violation_count} rule(s), first ${first?.rule}: ${first?.message}. Maybe the engine and the verifier read a rule differently: please report it with the plan`,
    { path: first?.rule, values: { verification, plan } },
  );
}
