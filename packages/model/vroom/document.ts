import { z } from "zod";

/**
 * A routing problem in VROOM's JSON: jobs, shipments, vehicles, matrices. Seconds, metres, `[lon, lat]`.
 * Keys that VROOM does not know are marked "ours"; keys that neither knows are passed over, as VROOM does.
 * @see VROOM's docs/API.md
 */
const whole = z.number().int().min(0).max(4_000_000_000);
const id = z.number().int().min(0);
const amounts = z.array(whole);
const coordinates = z
  .tuple([z.number().min(-180).max(180), z.number().min(-90).max(90)])
  .describe("[longitude, latitude]");
const timeWindow = z.tuple([whole, whole]).describe("[begin, end] of when a service may start, both inclusive");
const skills = z.array(z.number().int().min(0));
const priority = z.number().int().min(0).max(100);
const description = z.string().max(10_000);

const visit = {
  id,
  description: description.optional(),
  location: coordinates.optional(),
  location_index: id.optional().describe("row and column of the matrices"),
  setup: whole.optional().describe("spent before the service where the vehicle comes from another location"),
  service: whole.optional(),
  time_windows: z.array(timeWindow).optional(),
};

const pins = {
  vehicle: id.optional().describe("ours: only this vehicle may serve it"),
  skip_cost: z
    .number()
    .min(0)
    .max(1e9)
    .optional()
    .describe("ours: cost of leaving it out; without it, it is left out only where it cannot be served"),
};

export const vroomJobSchema = z.object({
  ...visit,
  delivery: amounts.optional(),
  pickup: amounts.optional(),
  skills: skills.optional(),
  priority: priority.optional(),
  ...pins,
  position: z.enum(["first", "last"]).optional().describe("ours: first or last call of its route"),
  after: id.optional().describe("ours: where one vehicle serves both, this job comes before"),
});

export const vroomShipmentSchema = z.object({
  pickup: z.object(visit),
  delivery: z.object(visit),
  amount: amounts.optional(),
  skills: skills.optional(),
  priority: priority.optional(),
  ...pins,
  max_ride_time: whole
    .optional()
    .describe("ours: longest time from the end of the pickup to the start of the delivery"),
});

const breakSchema = z.object({
  id,
  description: description.optional(),
  service: whole.optional(),
  time_windows: z.array(timeWindow).optional(),
  max_load: amounts.optional(),
});

export const VROOM_STEPS = ["start", "job", "pickup", "delivery", "break", "end"] as const;

const vehicleStep = z.object({
  type: z.enum(VROOM_STEPS),
  id: id.optional(),
  service_at: whole.optional(),
  service_after: whole.optional(),
  service_before: whole.optional(),
});

export const vroomVehicleSchema = z.object({
  id,
  profile: z.string().optional(),
  description: description.optional(),
  start: coordinates.optional(),
  start_index: id.optional(),
  end: coordinates.optional(),
  end_index: id.optional(),
  capacity: amounts.optional(),
  costs: z
    .object({
      fixed: z.number().min(0).max(1e9).optional(),
      per_hour: z.number().min(0).max(1e6).optional(),
      per_km: z.number().min(0).max(1e6).optional(),
      per_task_hour: z.number().min(0).max(1e6).optional(),
    })
    .optional(),
  skills: skills.optional(),
  time_window: timeWindow.optional(),
  breaks: z.array(breakSchema).optional(),
  speed_factor: z.number().gt(0).max(5).optional(),
  max_tasks: whole.optional(),
  max_travel_time: whole.optional(),
  max_distance: whole.optional(),
  max_duration: whole.optional().describe("ours: longest time from the start to the end of the route"),
  steps: z.array(vehicleStep).optional().describe("a route to start from; with options.c, the route to be timed"),
});

const square = z.array(z.array(z.number().int().min(0).max(1_000_000_000).nullable()));

const matrixSchema = z.object({
  durations: square.optional(),
  distances: square.optional(),
  costs: square.optional(),
});

const optionsSchema = z.object({
  c: z.boolean().optional().describe("only time the vehicles' steps and name what they violate"),
  g: z.boolean().optional().describe("add distances, and geometries where locations lie on our roads"),
  l: z.number().gt(0).max(86_400).optional().describe("time limit in seconds"),
  t: z.number().int().min(1).max(64).optional().describe("threads"),
  x: z.number().int().min(0).max(5).optional().describe("exploration: 0 quick to 5 thorough, where no limit is given"),
  seed: z.number().int().min(0).max(0xffffffff).optional().describe("ours"),
  iterations: z.number().int().min(1).max(1e12).optional().describe("ours: the same answer on any machine"),
  fewest_vehicles: z.boolean().optional().describe("ours: fewest vehicles first, then cost"),
});

export const vroomDocumentSchema = z.object({
  jobs: z.array(vroomJobSchema).optional(),
  shipments: z.array(vroomShipmentSchema).optional(),
  vehicles: z.array(vroomVehicleSchema).min(1),
  matrices: z.record(z.string(), matrixSchema).optional().describe("by profile"),
  matrix: square.optional().describe("old form of matrices.car.durations"),
  options: optionsSchema.optional(),
});

export type VroomDocument = z.infer<typeof vroomDocumentSchema>;
export type VroomJob = z.infer<typeof vroomJobSchema>;
export type VroomShipment = z.infer<typeof vroomShipmentSchema>;
export type VroomVehicle = z.infer<typeof vroomVehicleSchema>;
export type VroomVisit = z.infer<typeof vroomShipmentSchema>["pickup"];
