import { readFileSync } from "node:fs";
import { baseName, type Instance, plane } from "./instance.ts";

const SCALE = 1000;

/** Li & Lim's pickup and delivery with windows: fewest vehicles first. */
export function readLiLim(path: string, bestKnown: Instance["bestKnown"]): Instance {
  const rows = readFileSync(path, "utf8")
    .trim()
    .split("\n")
    .map((line) => line.trim().split(/\s+/).map(Number));
  const [[vehicles, capacity], ...places] = rows;
  const points = places.map(([, x, y]) => [x, y] as const);
  const [depot] = places;
  const visit = (place: number) => {
    const [id, , , , open, close, service] = places[place];
    return {
      id,
      location_index: place,
      service: service * SCALE,
      time_windows: [[open * SCALE, close * SCALE] as [number, number]],
    };
  };
  return {
    name: baseName(path),
    scale: SCALE,
    bestKnown,
    document: {
      vehicles: Array.from({ length: vehicles }, (_, id) => ({
        id,
        start_index: 0,
        end_index: 0,
        capacity: [capacity],
        time_window: [depot[4] * SCALE, depot[5] * SCALE] as [number, number],
      })),
      shipments: places.flatMap(([, , , amount, , , , , delivery], place) =>
        place > 0 && delivery > 0 ? [{ pickup: visit(place), delivery: visit(delivery), amount: [amount] }] : [],
      ),
      matrices: { car: { durations: plane(points, (distance) => Math.round(distance * SCALE)) } },
      options: { fewest_vehicles: true },
    },
  };
}
