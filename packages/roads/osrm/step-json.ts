import type { Coordinate, DriveLeg, DriveStep, Manoeuvre } from "@trivium/model";
import { bearing } from "../geometry.ts";

/** Type and modifier of OSRM's manoeuvres. */
const MANEUVERS: Readonly<Record<Manoeuvre, readonly [type: string, modifier?: string]>> = {
  depart: ["depart"],
  straight: ["new name", "straight"],
  "slight left": ["fork", "slight left"],
  left: ["turn", "left"],
  "sharp left": ["turn", "sharp left"],
  "slight right": ["fork", "slight right"],
  right: ["turn", "right"],
  "sharp right": ["turn", "sharp right"],
  "u-turn": ["continue", "uturn"],
  roundabout: ["roundabout", "right"],
  arrive: ["arrive"],
};

/**
 * Steps as OSRM's v1 protocol has them. Of the crossroads on a step only the first is told, with the way in and the way out.
 *
 * @param draw writes a line in the format that was asked for
 * @see https://project-osrm.org/docs/v26.4.0/http (RouteStep, StepManeuver)
 */
export function stepsJson({ steps = [] }: DriveLeg, draw: (line: readonly Coordinate[]) => unknown) {
  return steps.map((step, i) => {
    const [type, modifier] = MANEUVERS[step.manoeuvre];
    const location = step.coordinates[0]!;
    const before = i === 0 ? 0 : directionAt(steps[i - 1]!.coordinates, "end");
    const after = step.manoeuvre === "arrive" ? 0 : directionAt(step.coordinates, "start");
    // OSRM draws the arrival as a line of twice the same point.
    const line = step.manoeuvre === "arrive" ? [location, location] : step.coordinates;
    return {
      distance: step.distanceM,
      duration: step.durationS,
      weight: step.durationS,
      name: step.street,
      mode: "driving",
      driving_side: "right",
      geometry: draw(line),
      maneuver: {
        type,
        ...(modifier === undefined ? {} : { modifier }),
        ...(step.exit === undefined ? {} : { exit: step.exit }),
        location,
        bearing_before: before,
        bearing_after: after,
      },
      intersections: [crossing(step, location, before, after)],
    };
  });
}

/** Names of the two longest streets, in the order in which they are driven. */
export function summaryOf({ steps = [] }: DriveLeg): string {
  const named = steps.filter((step) => step.street !== "" && step.distanceM > 0);
  const longest = named.toSorted((a, b) => b.distanceM - a.distanceM).map((step) => step.street);
  const two = new Set([...new Set(longest)].slice(0, 2));
  return [...new Set(named.map((step) => step.street).filter((street) => two.has(street)))].join(", ");
}

function crossing({ manoeuvre }: DriveStep, location: Coordinate, before: number, after: number) {
  const back = (before + 180) % 360;
  if (manoeuvre === "depart") return { location, bearings: [after], entry: [true], out: 0 };
  if (manoeuvre === "arrive") return { location, bearings: [back], entry: [true], in: 0 };
  return { location, bearings: [after, back], entry: [true, false], out: 0, in: 1 };
}

/** Whole degrees clockwise from north, 0 ≤ b < 360. */
function directionAt(line: readonly Coordinate[], where: "start" | "end"): number {
  const from = where === "start" ? 0 : line.length - 2;
  const [a, b] = [line[Math.max(0, from)]!, line[from + 1] ?? line[0]!];
  return Math.round(bearing(a[1], a[0], b[1], b[0])) % 360;
}
