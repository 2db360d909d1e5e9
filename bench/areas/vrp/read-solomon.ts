import { readFileSync } from "node:fs";
import { baseName, type Instance, plane } from "./instance.ts";

/** Thousandths: distances are true Euclidean ones, and a sum of a few hundred of them stays right to two decimals. */
const SCALE = 1000;

/** Solomon's and Gehring & Homberger's format: windows, services, fewest vehicles first. */
export function readSolomon(path: string, bestKnown: Instance["bestKnown"]): Instance {
  const rows = readFileSync(path, "utf8")
    .split("\n")
    .map((line) => line.trim().split(/\s+/).map(Number))
    .filter((row) => row.every(Number.isFinite));
  const [[vehicles, capacity], ...places] = rows.filter((row) => row.length === 2 || row.length === 7);
  const points = places.map(([, x, y]) => [x, y] as const);
  const [depot, ...customers] = places;
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
      jobs: customers.map(([id, , , amount, open, close, service], i) => ({
        id,
        location_index: i + 1,
        delivery: [amount],
        service: service * SCALE,
        time_windows: [[open * SCALE, close * SCALE] as [number, number]],
      })),
      matrices: { car: { durations: plane(points, (distance) => Math.round(distance * SCALE)) } },
      options: { fewest_vehicles: true },
    },
  };
}
