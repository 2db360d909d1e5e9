import type { TableRow } from "@trivium/model";

type Hazard = TableRow<"hazards">;

/**
 * OSM ids of the ways with a hazard of this kind. A row without a kind is `no_cross`, the most common reason to list a road.
 * A row that names grades binds those only; asked without a grade, it binds.
 */
export function waysWith(rows: readonly Hazard[], kind: NonNullable<Hazard["kind"]>, grade?: string): Set<number> {
  const binds = (row: Hazard) => grade === undefined || row.grades === undefined || gradesIn(row.grades).has(grade);
  return new Set(
    rows.filter((row) => (row.kind ?? "no_cross") === kind && binds(row)).map((row) => Number(row.osm_way_id)),
  );
}

/** "K|1|02" → K, 1, 2. */
function gradesIn(text: string): Set<string> {
  const entries = text.split(/[|,; ]+/).map((entry) => entry.trim().toUpperCase());
  return new Set(entries.filter((entry) => entry !== "").map((entry) => entry.replace(/^0+(?=\d)/, "")));
}
