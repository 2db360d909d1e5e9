import type { z } from "zod";
import { facilitiesSettingsSchema } from "./facilities.ts";
import { schedulingSettingsSchema } from "./scheduling.ts";
import { transportationSettingsSchema } from "./transportation.ts";

export const SETTINGS_SCHEMA = {
  scheduling: schedulingSettingsSchema,
  routing: transportationSettingsSchema,
  facilities: facilitiesSettingsSchema,
} as const;

export type SettingsOf = { readonly [A in keyof typeof SETTINGS_SCHEMA]: z.infer<(typeof SETTINGS_SCHEMA)[A]> };
