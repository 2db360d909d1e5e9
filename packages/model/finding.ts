import { z } from "zod";
import type { Area } from "./area.ts";
import { canonicalJson, sha256 } from "./hash.ts";

/** `error` blocks the dataset; `warning` stops no solve, but no plan is approved before a person has acknowledged it. */
export const severitySchema = z.enum(["error", "warning"]);

/**
 * One thing found in the district's data: where it stands, what stands there, what was expected, how to mend it.
 * `row` counts as a spreadsheet does: the header is row 1. `others` points at further places of a contradiction across tables.
 */
export const findingSchema = z.strictObject({
  code: z.string().describe("kind of finding, stable, kebab-case: unknown-reference"),
  severity: severitySchema,
  area: z.enum(["district", "roads", "scheduling", "routing", "facilities"]),
  file: z.string(),
  row: z.number().int().min(1).optional(),
  column: z.string().optional(),
  value: z.string().optional(),
  expected: z.string().describe("what was expected instead"),
  mend: z.string().describe("how to mend it, in one sentence"),
  message: z.string().describe("what was found, with its values, in one sentence"),
  schools: z
    .array(z.string())
    .optional()
    .describe(
      "schools of which the row and the others are; none where they are of no school, absent where it is of no row",
    ),
  others: z.array(z.strictObject({ file: z.string(), row: z.number().int().optional() })).optional(),
});
export type Finding = z.infer<typeof findingSchema>;

/** Names a finding within its report by what it says: the same district read again gives the same names. */
export const findingId = (finding: Finding): string => `finding_${sha256(canonicalJson(finding)).slice(0, 20)}`;

/** Whether a plan of an area rests on what was found: its own tables, the district's, and for buses the roads. */
export const concerns = (finding: Finding, area: Area): boolean =>
  finding.area === area || finding.area === "district" || (finding.area === "roads" && area === "routing");

export const completenessSchema = z.strictObject({
  file: z.string(),
  column: z.string(),
  filled: z.number().int(),
  rows: z.number().int(),
});

/** Everything that was found, all at once. A dataset with errors is not stored. */
export const integrityReportSchema = z.strictObject({
  dataset_hash: z.string().nullable().describe("null when errors block the dataset"),
  errors: z.number().int(),
  warnings: z.number().int(),
  rows: z.record(z.string(), z.number().int()).describe("file → rows read"),
  findings: z.array(findingSchema),
  completeness: z.array(completenessSchema),
});
export type IntegrityReport = z.infer<typeof integrityReportSchema>;
