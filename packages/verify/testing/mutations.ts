import {
  type Dataset,
  type DatasetContent,
  type emptyTables,
  type Plan,
  planHash,
  sealDataset,
  type Verification,
} from "@trivium/model";
import { verifyPlan } from "../index.ts";

type Tables = ReturnType<typeof emptyTables>;
type Settings = { -readonly [K in keyof DatasetContent["settings"]]: DatasetContent["settings"][K] };
type Loose<T> = T extends readonly (infer E)[]
  ? Loose<E>[]
  : T extends object
    ? { -readonly [K in keyof T]: Loose<T[K]> }
    : T;
export type LoosePlan<A extends Plan["area"]> = Loose<Plan<A>>;

/** A district and a plan of it that a test may alter as it likes; both are sealed when the case is judged. */
export interface Case<A extends Plan["area"]> {
  readonly tables: Tables;
  readonly settings: Settings;
  readonly plan: LoosePlan<A>;
}

/** A plan file with nothing decided yet, of status feasible. */
export function barePlan<A extends Plan["area"]>(area: A, decisions: unknown, unmet: unknown): LoosePlan<A> {
  return {
    area,
    trivium_version: "0.0.0",
    dataset_hash: "",
    scenario: { name: "As it stands", changes: [], settings: {} },
    seed: 1,
    iterations: 1,
    threads: 1,
    elapsed_s: 0,
    status: "feasible",
    metrics: {},
    bound: null,
    decisions,
    unmet,
    verification: null,
    provenance: { plan_hash: "" },
  } as unknown as LoosePlan<A>;
}

export function datasetOf<A extends Plan["area"]>({ tables, settings }: Case<A>): Dataset {
  const district = { name: "Small", timezone: "America/Chicago", school_year: "2027-28" };
  return sealDataset({ district, tables, settings, present: new Set() });
}

/** Verifies the case with hashes that fit its content; `stale` leaves out the named one. */
export function judge<A extends Plan["area"]>(it: Case<A>, stale?: "dataset" | "plan"): Promise<Verification> {
  const dataset = datasetOf(it);
  const hash = planHash(it.plan.decisions, it.plan.metrics as Plan["metrics"]);
  const plan = {
    ...it.plan,
    dataset_hash: stale === "dataset" ? "of another" : dataset.hash,
    provenance: { plan_hash: stale === "plan" ? "of another" : hash },
  };
  return verifyPlan(dataset, plan as unknown as Plan);
}

/** The legal case with its metrics: the figures that its own verification gives, which the test compares with hand-computed ones. */
export async function withFigures<A extends Plan["area"]>(it: Case<A>): Promise<Case<A>> {
  const { figures } = await judge(it);
  Object.assign(it.plan.metrics, figures);
  return it;
}
