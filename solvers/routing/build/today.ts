import type { Dataset } from "@trivium/model";
import type { Today } from "../problem.ts";

/** Today's service as the district gave it; null where there is none. */
export function todayOf(dataset: Dataset): Today | null {
  const { today_runs, today_run_stops, today_assignments, today_routes } = dataset.tables;
  if (today_runs.length === 0) return null;
  return { runs: today_runs, runStops: today_run_stops, assignments: today_assignments, routes: today_routes };
}
