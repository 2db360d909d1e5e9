import type { Engine } from "@trivium/engine";
import type { Area, Dataset, Plan, RoadNetwork, Verification } from "@trivium/model";

/** Modules that stand in for an area's engine or for the verifier: tests bring a small engine of their own into the threads. */
export interface Substitutes {
  /** URL of a module that exports `engine`. */
  readonly engine?: string;
  /** URL of a module that exports `verifyPlan`. */
  readonly verifier?: string;
}

type Verify = (dataset: Dataset, plan: Plan, resources: { roads?: RoadNetwork }) => Promise<Verification>;

/** The engine of an area. Loaded when first needed: a solve of one area pays for no other's start-up. */
export async function engineOf(area: Area, substitutes: Substitutes = {}): Promise<Engine> {
  const module: { engine: unknown } = substitutes.engine ? await import(substitutes.engine) : await ownEngine(area);
  return module.engine as Engine;
}

export async function verifierOf(substitutes: Substitutes = {}): Promise<Verify> {
  const module = substitutes.verifier ? await import(substitutes.verifier) : await import("@trivium/verify");
  return module.verifyPlan;
}

function ownEngine(area: Area): Promise<{ engine: unknown }> {
  if (area === "scheduling") return import("@trivium/scheduling");
  if (area === "routing") return import("@trivium/routing");
  return import("@trivium/facilities");
}
