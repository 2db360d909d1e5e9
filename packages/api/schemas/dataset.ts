import { z } from "@hono/zod-openapi";
import { integrityReportSchema } from "@trivium/model";

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

export const reportSchema = integrityReportSchema.meta({ id: "IntegrityReport" });

export const uploadedSchema = z
  .strictObject({ dataset: datasetSchema, report: reportSchema })
  .meta({ id: "UploadedDataset" });
export type UploadedDataset = z.infer<typeof uploadedSchema>;
