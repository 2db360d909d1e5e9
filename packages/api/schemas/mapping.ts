import { z } from "@hono/zod-openapi";
import { mappingSchema as intakeMapping } from "@trivium/intake";

export const mappingSchema = intakeMapping.meta({ id: "Mapping" });

export type NewMapping = z.input<typeof mappingSchema>;

export const savedMappingSchema = z
  .strictObject({
    name: z.string(),
    version: z.number().int().describe("the ETag, for If-Match"),
    updated_by: z.string(),
    updated_at: z.string(),
    mapping: mappingSchema,
  })
  .meta({ id: "SavedMapping" });
export type SavedMappingResource = z.infer<typeof savedMappingSchema>;

export const mappingName = z.strictObject({
  name: z
    .string()
    .regex(/^[\w][\w .-]{0,99}$/)
    .refine((name) => name !== "none", { message: "`none` means no mapping" }),
});
