import { z } from "zod";
import { areaSchema } from "./area.ts";

/** open → accepted (it is wrong, and will be mended) / rejected (it is as it should be) / mended. */
export const flagStateSchema = z.enum(["open", "accepted", "rejected", "mended"]);
export type FlagState = z.infer<typeof flagStateSchema>;

/** Somebody says that an item is wrong. */
export const flagSchema = z.strictObject({
  flag_id: z.string(),
  dataset_hash: z.string(),
  plan_id: z.string().nullable().describe("null: of the data itself"),
  area: areaSchema,
  kind: z
    .enum([
      "route",
      "run",
      "stop",
      "bus",
      "section",
      "course",
      "teacher",
      "room",
      "school",
      "building",
      "asset",
      "forecast",
      "project",
    ])
    .describe("never a student: feedback is read by many"),
  item_id: z.string(),
  reason: z.string(),
  state: flagStateSchema,
  flagged_by: z.string(),
  flagged_at: z.string(),
  triaged_by: z.string().nullable(),
  triaged_at: z.string().nullable(),
  answer: z.string().nullable(),
});
export type Flag = z.infer<typeof flagSchema>;
