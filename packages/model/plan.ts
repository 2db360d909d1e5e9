import { z } from "zod";
import { type Area, areaSchema } from "./area.ts";
import { canonicalHash } from "./hash.ts";
import { conflictSchema } from "./plans/conflict.ts";
import { type DecisionsOf, PLAN_TABLES, UNMET_TABLE, type UnmetOf } from "./plans/index.ts";
import { modelCardSchema } from "./plans/model-card.ts";
import { scenarioSchema } from "./scenario.ts";
import { rowSchema, type Table } from "./table.ts";

/** A reported figure. Units are in its name. */
const metricSchema = z.union([z.number(), z.string(), z.boolean(), z.null()]);
export const metricsSchema = z.record(z.string(), metricSchema);
export type Metrics = z.infer<typeof metricsSchema>;

/** How the solve ended; `optimal` only with a bound that proves it. The last two come with no decisions. */
export const planStatusSchema = z.enum(["optimal", "feasible", "must_do_unmet", "infeasible", "no_plan"]);
export type PlanStatus = z.infer<typeof planStatusSchema>;

const limitSchema = z.strictObject({
  objective: z.string().describe("the metric that is bounded: requests_met, buses_used, objective_usd"),
  value: z.number(),
  best_possible: z.number(),
  gap: z.number().min(0).describe("|value − best_possible| as a share of the larger"),
  proof: z.string().describe("how it was proven: LP relaxation, matching, counting"),
});

/** A proven limit on how good any plan can be, and how far this one is from it; of a schedule also on any loading of students at its times. */
export const boundSchema = limitSchema.extend({
  at_these_times: limitSchema
    .optional()
    .describe(
      "scheduling: how good any plan with these section times can be; the rest of the gap is lost by the times",
    ),
});
export type Bound = z.infer<typeof boundSchema>;

export const violationSchema = z.strictObject({
  rule: z.string(),
  message: z.string(),
  where: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
});
export type Violation = z.infer<typeof violationSchema>;

/** The verifier's report: rules with how often each was applied, figures recomputed, and everything that does not hold. */
export const verificationSchema = z.strictObject({
  ok: z.boolean(),
  checked: z.record(z.string(), z.number().int()).describe("rule → times applied"),
  figures: z.record(z.string(), metricSchema).describe("figures as the verifier computes them"),
  violations: z.array(violationSchema).describe("at most 1,000; `violation_count` counts all"),
  violation_count: z.number().int(),
});
export type Verification = z.infer<typeof verificationSchema>;

/** Where the plan comes from: enough to reproduce it. */
export const provenanceSchema = z.looseObject({
  plan_hash: z.string(),
  node: z.string().optional(),
  /** Where there is no plan: what found no place. */
  reason: z.string().optional(),
  /** Of an infeasible schedule: which sections can't all be taught, and what would have to give; the verifier tries them. */
  conflicts: z.array(conflictSchema).optional(),
  roads: z
    .looseObject({ engine: z.string(), map_hash: z.string(), profile: z.string(), bands: z.array(z.string()) })
    .optional(),
  /** Checkpoint counts at which each thousandth of the budget was spent; replays a timed run exactly. */
  schedule: z.array(z.array(z.number().int())).optional(),
});

const rows = (definition: Table) => z.array(rowSchema(definition));
const directionsSchema = z.strictObject({
  run_id: z.string().optional(),
  bus_id: z.string().optional(),
  seq: z.number().int().optional(),
  legs: z.array(z.array(z.tuple([z.string(), z.number()]))),
});
const decisionsSchema = (area: Area) => {
  const shape: Record<string, z.ZodType> = Object.fromEntries(
    Object.entries(PLAN_TABLES[area]).map(([name, definition]) => [name, rows(definition)]),
  );
  // A plan made elsewhere, to the contract's tables alone, has none.
  if (shape.fairness) shape.fairness = shape.fairness.optional();
  if (area === "routing") {
    shape.shapes = z
      .array(z.strictObject({ run_id: z.string(), coordinates: z.array(z.tuple([z.number(), z.number()])) }))
      .optional();
    shape.directions = z.array(directionsSchema).optional();
  }
  if (area === "facilities") shape.model_card = modelCardSchema.optional();
  return z.strictObject(shape);
};

const planOf = <A extends Area>(area: A) =>
  z.strictObject({
    area: z.literal(area),
    trivium_version: z.string(),
    dataset_hash: z.string(),
    scenario: scenarioSchema,
    seed: z.number().int(),
    iterations: z.number().int(),
    threads: z.number().int(),
    elapsed_s: z.number(),
    status: planStatusSchema,
    metrics: metricsSchema,
    bound: boundSchema.nullable(),
    decisions: decisionsSchema(area),
    unmet: rows(UNMET_TABLE[area]),
    verification: verificationSchema.nullable(),
    provenance: provenanceSchema,
  });

/** `plan.json`, the same in all three areas. */
export const planSchema = z.discriminatedUnion("area", [planOf("scheduling"), planOf("routing"), planOf("facilities")]);

/** `dataset_hash` is the district's as read, before the scenario's changes. */
export interface Plan<A extends Area = Area> {
  readonly area: A;
  readonly trivium_version: string;
  readonly dataset_hash: string;
  readonly scenario: z.infer<typeof scenarioSchema>;
  readonly seed: number;
  readonly iterations: number;
  readonly threads: number;
  readonly elapsed_s: number;
  readonly status: PlanStatus;
  readonly metrics: Metrics;
  readonly bound: Bound | null;
  readonly decisions: DecisionsOf[A];
  readonly unmet: UnmetOf[A];
  readonly verification: Verification | null;
  readonly provenance: z.infer<typeof provenanceSchema>;
}

/** Hash of what was decided and what it achieves; times, machine and verification do not count. */
export function planHash(decisions: unknown, metrics: Metrics): string {
  return canonicalHash({ decisions, metrics });
}

/** Checks a parsed plan file against the contract. @throws ZodError */
export function readPlan(json: unknown): Plan {
  return areaSchema.parse((json as { area?: unknown })?.area) && (planSchema.parse(json) as unknown as Plan);
}
