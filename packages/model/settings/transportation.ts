import { z } from "zod";
import { paritySchema, weightsSchema } from "./shared.ts";

const priceSchema = z.number().min(0);
const ids = z.array(z.string()).optional();

/** Ids of the service before: students keep stop, run and bus; everyone at a stop keeps it; a run keeps its stops, riders and bus; a bus keeps all its runs and gets no other. */
const locksSchema = z.strictObject({ students: ids, stops: ids, runs: ids, buses: ids });

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
  price_moved_student: priceSchema.optional().describe("of one ride at another stop than before, USD a year"),
  price_moved_stop: priceSchema.optional().describe("of one stop that opens or closes in a direction, USD a year"),
  price_moved_time: priceSchema
    .optional()
    .describe("of one ride whose time at the stop moves by more than five minutes, USD a year"),
  price_moved_bus: priceSchema.optional().describe("of one ride on another bus than before, USD a year"),
  locks: locksSchema.optional().describe("what stays as in the service before"),
});
export type TransportationSettings = z.infer<typeof transportationSettingsSchema>;

/** Prices of change, USD a year, of a what-if that names none. */
export const WHAT_IF_PRICES = {
  price_moved_student: 100,
  price_moved_stop: 50,
  price_moved_time: 50,
  price_moved_bus: 25,
} as const;

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
