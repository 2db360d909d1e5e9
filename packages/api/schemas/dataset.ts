import { z } from "@hono/zod-openapi";
import { findingSchema, integrityReportSchema } from "@trivium/model";

export const datasetSchema = z
  .strictObject({
    dataset_hash: z.string().describe("SHA-256 of the content: the dataset's name"),
    name: z.string().describe("the district's name"),
    school_year: z.string(),
    created_at: z.string(),
    warnings: z.number().int().describe("findings to acknowledge before a plan is approved"),
    map_sha256: z.string().nullable(),
  })
  .meta({ id: "Dataset" });
export type DatasetResource = z.infer<typeof datasetSchema>;

const reportSchema = integrityReportSchema.meta({ id: "IntegrityReport" });

const mapping = z.string().optional().describe("the saved column mapping that was used");

export const checkedSchema = z.strictObject({ report: reportSchema, mapping }).meta({ id: "Checked" });
export type Checked = z.infer<typeof checkedSchema>;

export const uploadedSchema = z
  .strictObject({ dataset: datasetSchema, report: reportSchema, mapping })
  .meta({ id: "UploadedDataset" });
export type UploadedDataset = z.infer<typeof uploadedSchema>;

const acknowledgementSchema = z
  .strictObject({
    finding_id: z.string(),
    acknowledged_by: z.string(),
    acknowledged_at: z.string(),
    reason: z.string(),
  })
  .meta({ id: "Acknowledgement" });

/** The report of a stored dataset, each finding with its name and who accepted it. */
export const findingsSchema = integrityReportSchema
  .extend({
    open: z.number().int().describe("warnings listed that nobody has acknowledged"),
    findings: z.array(
      findingSchema.extend({
        finding_id: z.string(),
        acknowledgement: acknowledgementSchema.omit({ finding_id: true }).nullable(),
      }),
    ),
  })
  .meta({ id: "Findings" });
export type FindingsResource = z.infer<typeof findingsSchema>;

export const acknowledgementsSchema = z
  .strictObject({
    open: z.number().int().describe("warnings that nobody has acknowledged"),
    items: z.array(acknowledgementSchema),
  })
  .meta({ id: "Acknowledgements" });
export type AcknowledgementsResource = z.infer<typeof acknowledgementsSchema>;

export const newAcknowledgementSchema = z
  .strictObject({
    finding_ids: z.array(z.string()).max(10_000).default([]).describe("these warnings"),
    codes: z.array(z.string()).max(100).default([]).describe("every warning of these kinds"),
    reason: z.string().trim().min(1).max(2000).describe("why plans may rest on them all the same"),
  })
  .refine(({ finding_ids, codes }) => finding_ids.length + codes.length > 0, {
    message: "give finding_ids, or codes",
    path: ["finding_ids"],
  })
  .meta({ id: "NewAcknowledgement" });
export type NewAcknowledgement = z.input<typeof newAcknowledgementSchema>;
