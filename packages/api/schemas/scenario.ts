import { z } from "@hono/zod-openapi";
import { changeSchema, flagSchema as modelFlag, scenarioSchema, solveSettingsSchema } from "@trivium/model";

export const flagSchema = modelFlag.meta({ id: "Flag" });
const change = changeSchema.meta({ id: "Change" });
export const changes = z.array(change).max(10_000);
export const settings = solveSettingsSchema.meta({ id: "SolveSettings" });

export const storedScenarioSchema = z
  .strictObject({
    scenario_id: z.string(),
    dataset_hash: z.string(),
    from: z.string().nullable().describe("the scenario that this one was copied from"),
    created_at: z.string(),
    scenario: scenarioSchema.extend({ changes: z.array(change), settings }).meta({ id: "ScenarioBody" }),
  })
  .meta({ id: "Scenario" });
export type ScenarioResource = z.infer<typeof storedScenarioSchema>;

/** A scenario by itself, with what people have flagged and nobody has settled. */
export const openedScenarioSchema = storedScenarioSchema
  .extend({
    flags: z
      .array(flagSchema)
      .describe("what is flagged as wrong in this district's data and plans and not settled, newest first"),
  })
  .meta({ id: "OpenedScenario" });
export type OpenedScenario = z.infer<typeof openedScenarioSchema>;

/** A new scenario: on a dataset, or copied `from` another (its changes come first, its settings hold where none are given), or both. */
export const newScenarioSchema = z
  .strictObject({
    dataset_hash: z.string().optional(),
    from: z.string().optional().describe("copy this scenario"),
    name: z.string().min(1).max(200).optional(),
    changes: changes.optional(),
    settings: settings.optional(),
  })
  .refine(({ dataset_hash, from }) => dataset_hash !== undefined || from !== undefined, {
    message: "give dataset_hash, or from",
    path: ["dataset_hash"],
  })
  .meta({ id: "NewScenario" });
export type NewScenario = z.input<typeof newScenarioSchema>;

const relative = z.strictObject({
  scenario_id: z.string(),
  name: z.string(),
  created_at: z.string(),
  added: z.array(change).describe("changes that its original does not have"),
});
export const lineageSchema = z
  .strictObject({ line: z.array(relative), copies: z.array(relative) })
  .meta({ id: "Lineage" });
export type Lineage = z.infer<typeof lineageSchema>;
