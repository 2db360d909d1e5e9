import type { Coordinate, Drive, DriveLeg, DriveStep, Manoeuvre } from "@trivium/model";
import { RoadError } from "@trivium/model";
import { z } from "zod";
import { instructionOf } from "../instructions.ts";

const coordinate = z.tuple([z.number(), z.number()]);
const line = z.object({ coordinates: z.array(coordinate) });
const amount = z.number().min(0);
const stepSchema = z.object({
  name: z.string(),
  distance: amount,
  duration: amount,
  geometry: line,
  maneuver: z.object({ type: z.string(), modifier: z.string().optional(), exit: z.number().int().optional() }),
});
const routeSchema = z.object({
  routes: z
    .array(
      z.object({
        geometry: line,
        legs: z.array(z.object({ distance: amount, duration: amount, steps: z.array(stepSchema) })),
      }),
    )
    .min(1),
  waypoints: z.array(z.object({ location: coordinate, distance: amount })),
});
export type OsrmRoute = z.infer<typeof routeSchema>;

/** @throws RoadError osrm-answer when it is no route through that many points */
export function routeOf(answer: unknown, points: number, url: string): OsrmRoute {
  const parsed = routeSchema.safeParse(answer);
  if (parsed.success && parsed.data.waypoints.length === points && parsed.data.routes[0]!.legs.length === points - 1)
    return parsed.data;
  throw new RoadError(
    "osrm-answer",
    `The OSRM server at ${url} answered a route that is none through ${points} points. Maybe it is another version, or something between changes its answers?`,
    { values: { url, reason: parsed.error?.issues[0]?.message } },
  );
}

export function driveOf({ routes }: OsrmRoute, withSteps: boolean): Drive {
  const [route] = routes;
  const legs = route!.legs.map(
    ({ distance, duration, steps }): DriveLeg => ({
      distanceM: distance,
      durationS: duration,
      ...(withSteps ? { steps: steps.map(stepOf) } : {}),
    }),
  );
  return { legs, coordinates: route!.geometry.coordinates };
}

function stepOf({ name, distance, duration, geometry, maneuver }: z.infer<typeof stepSchema>): DriveStep {
  const manoeuvre = manoeuvreOf(maneuver.type, maneuver.modifier);
  const exit = manoeuvre === "roundabout" ? maneuver.exit : undefined;
  const points: Coordinate[] = geometry.coordinates;
  return {
    manoeuvre,
    ...(exit === undefined ? {} : { exit }),
    street: name,
    instruction: instructionOf(manoeuvre, name, exit),
    distanceM: distance,
    durationS: duration,
    // OSRM gives the arrival as a line of twice the same point.
    coordinates: manoeuvre === "arrive" ? points.slice(0, 1) : points,
  };
}

const DIRECTIONS: Readonly<Record<string, Manoeuvre>> = {
  uturn: "u-turn",
  "sharp right": "sharp right",
  right: "right",
  "slight right": "slight right",
  straight: "straight",
  "slight left": "slight left",
  left: "left",
  "sharp left": "sharp left",
};

function manoeuvreOf(type: string, modifier = "straight"): Manoeuvre {
  if (type === "depart" || type === "arrive") return type;
  if (type === "roundabout" || type === "rotary") return "roundabout";
  return DIRECTIONS[modifier] ?? "straight";
}
