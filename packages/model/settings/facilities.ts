import { z } from "zod";

const fiscalYear = z.number().int().min(1900).max(2300);

/** `facilities/settings.json`. */
export const facilitiesSettingsSchema = z.looseObject({
  as_of_date: z.iso.date().optional(),
  fiscal_year_start: z
    .string()
    .regex(/^\d{2}-\d{2}$/)
    .optional(),
  horizon_years: z.number().int().min(1).max(60).optional(),
  escalation: z.number().min(-0.5).max(1).optional(),
  discount: z.number().min(-0.5).max(1).optional(),
  emergency_factor: z.number().min(0).max(10).optional(),
  mobilization_usd: z.number().min(0).optional(),
  smoothing_max_ratio: z.number().min(1).optional(),
  carry_cap_share: z.number().min(0).optional(),
  energy_price: z.record(z.string(), z.number().min(0)).optional().describe("unit → price: { kwh: 0.13, therm: 1.1 }"),
  electrify: z
    .array(z.looseObject({ asset_type_id: z.string(), energy_factor: z.number().min(0) }))
    .optional()
    .describe("types whose replacement has another energy bill, as a share of the present one"),
  projects_max_per_year: z.number().int().min(0).optional(),
  blackouts: z.array(z.looseObject({ school_id: z.string().optional(), fiscal_year: fiscalYear })).optional(),
  must_do: z
    .array(
      z.looseObject({
        asset_id: z.string().optional(),
        asset_type_id: z.string().optional(),
        refrigerant: z.string().optional(),
        by: fiscalYear,
      }),
    )
    .optional(),
  equity: z.array(z.looseObject({ schools: z.array(z.string()), min_share: z.number().min(0).max(1) })).optional(),
});
export type FacilitiesSettings = z.infer<typeof facilitiesSettingsSchema>;

/** What holds where `facilities/settings.json` is silent. `as_of_date` has no default: intake asks for it. */
export const FACILITIES_DEFAULTS = {
  fiscal_year_start: "07-01",
  horizon_years: 10,
  escalation: 0.03,
  discount: 0.03,
  emergency_factor: 1.35,
  mobilization_usd: 0,
} as const;
