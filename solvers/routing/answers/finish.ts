import type { BuildResources } from "@trivium/engine";
import type { RoutingDecisions, RunShape } from "@trivium/model";

/** Draws each run along the roads it drives. */
export async function finish(decisions: RoutingDecisions, { roads }: BuildResources): Promise<RoutingDecisions> {
  if (!roads) return decisions;
  const rows = new Map<string, RoutingDecisions["run_stops"][number][]>();
  for (const row of decisions.run_stops) rows.set(row.run_id, [...(rows.get(row.run_id) ?? []), row]);
  const shapes: RunShape[] = [];
  for (const run of decisions.runs) {
    const points = (rows.get(run.run_id) ?? []).flatMap(({ lat, lon }) =>
      lat === undefined || lon === undefined ? [] : [{ lat, lon }],
    );
    if (points.length < 2) continue;
    const { coordinates } = await roads.drive(points, run.depart);
    shapes.push({ run_id: run.run_id, coordinates });
  }
  return { ...decisions, shapes };
}
