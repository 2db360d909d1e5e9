import { z } from "zod";
import { paritySchema, weightsSchema } from "./shared.ts";

/** `transportation/settings.json`. */
export const transportationSettingsSchema = z.looseObject({
  dwell_s: z.number().min(0).optional(),
  dwell_per_rider_s: z.number().min(0).optional(),
  dwell_wheelchair_s: z.number().min(0).optional(),
  service_days: z.number().int().min(0).max(366).optional(),
  mixed_loads: z.union([z.enum(["never", "allowed"]), z.array(z.tuple([z.string(), z.string()]))]).optional(),
  stop_riders_min: z.number().int().min(0).optional(),
  ride_vs_direct_max: z.number().min(1).optional(),
  link_buffer_min: z.number().min(0).optional(),
  expected_load: z.boolean().optional(),
  count_pull: z.boolean().optional(),
  weights: weightsSchema.optional(),
  parity: paritySchema.optional(),
});
export type TransportationSettings = z.infer<typeof transportationSettingsSchema>;

/** What holds where `transportation/settings.json` or a cell of `bells.csv`, `rules.csv` or `bus_types.csv` is silent. */
export const TRANSPORTATION_DEFAULTS = {
  dwell_s: 20,
  dwell_per_rider_s: 3,
  dwell_wheelchair_s: 180,
  service_days: 180,
  mixed_loads: "never",
  stop_riders_min: 1,
  link_buffer_min: 3,
  expected_load: false,
  count_pull: true,
  arrive_earliest_min: 25,
  arrive_latest_min: 5,
  depart_latest_min: 20,
  unload_min: 2,
  load_min: 5,
  seats_per_rider: 0.5,
  may_cross: "arterial",
} as const;
