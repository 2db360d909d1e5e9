import { z } from "zod";
import { VROOM_STEPS } from "./document.ts";

/** Names of what a route may violate: VROOM's, and ours for its two limits that VROOM does not have. */
export const VROOM_VIOLATIONS = [
  "delay",
  "lead_time",
  "load",
  "max_load",
  "max_tasks",
  "skills",
  "precedence",
  "missing_break",
  "max_travel_time",
  "max_distance",
  "max_duration",
  "max_ride_time",
] as const;

const violation = z.object({
  cause: z.enum(VROOM_VIOLATIONS),
  duration: z.number().optional().describe("seconds too late or too early"),
});

/** Why a task was left out. */
export const VROOM_REASONS = [
  "skills",
  "pinned_vehicle",
  "capacity",
  "unreachable",
  "time_window",
  "max_tasks",
  "max_travel_time",
  "max_distance",
  "schedule",
  "no_room",
  "skip_cost",
] as const;

const coordinates = z.tuple([z.number(), z.number()]);

export const vroomUnassignedSchema = z.object({
  id: z.number(),
  type: z.enum(["job", "pickup", "delivery"]),
  location: coordinates.optional(),
  location_index: z.number().optional(),
  description: z.string().optional(),
  reason: z.enum(VROOM_REASONS).describe("ours"),
  witness: z
    .object({
      vehicle: z.number().describe("the vehicle that comes nearest to serving it"),
      text: z.string(),
      needed: z.number().optional(),
      available: z.number().optional(),
      blocked: z
        .array(z.object({ vehicle: z.number(), cause: z.string() }))
        .optional()
        .describe("no_room: what stands against it on each vehicle that could serve it alone"),
    })
    .describe("ours: what shows the reason"),
});

export const vroomStepSchema = z.object({
  type: z.enum(VROOM_STEPS),
  id: z.number().optional(),
  description: z.string().optional(),
  location: coordinates.optional(),
  location_index: z.number().optional(),
  setup: z.number(),
  service: z.number(),
  waiting_time: z.number(),
  load: z.array(z.number()).optional(),
  arrival: z.number(),
  duration: z.number().describe("driven since the start"),
  distance: z.number().optional(),
  violations: z.array(violation),
});

const totals = {
  cost: z.number(),
  delivery: z.array(z.number()).optional(),
  pickup: z.array(z.number()).optional(),
  setup: z.number(),
  service: z.number(),
  duration: z.number(),
  waiting_time: z.number(),
  priority: z.number(),
  distance: z.number().optional(),
  violations: z.array(violation),
};

export const vroomRouteSchema = z.object({
  vehicle: z.number(),
  description: z.string().optional(),
  ...totals,
  steps: z.array(vroomStepSchema),
  geometry: z.string().optional().describe("encoded polyline, precision 5"),
});

export const vroomAnswerSchema = z.object({
  code: z.literal(0),
  summary: z.object({
    ...totals,
    routes: z.number(),
    unassigned: z.number(),
    computing_times: z
      .object({ loading: z.number(), solving: z.number(), routing: z.number() })
      .optional()
      .describe("milliseconds"),
  }),
  unassigned: z.array(vroomUnassignedSchema),
  routes: z.array(vroomRouteSchema),
});

/** VROOM's form of an error. Codes: 1 internal, 2 input, 3 routing. */
export const vroomErrorSchema = z.object({ code: z.number().int().min(1).max(3), error: z.string() });

export type VroomAnswer = z.infer<typeof vroomAnswerSchema>;
export type VroomRoute = z.infer<typeof vroomRouteSchema>;
export type VroomStep = z.infer<typeof vroomStepSchema>;
export type VroomUnassigned = z.infer<typeof vroomUnassignedSchema>;
export type VroomViolation = z.infer<typeof violation>;
