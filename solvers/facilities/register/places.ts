import type { Dataset } from "@trivium/model";

/** Whom and what a school's buildings serve, by school in the register's order. */
export interface Places {
  /** `enrollment`, or the students listed where it is not given. */
  readonly pupils: Float64Array;
  /** Of its buildings together. */
  readonly areaSqft: Float64Array;
}

export function readPlaces({ tables }: Dataset, schoolIds: readonly string[]): Places {
  const enrollment = new Map(tables.schools.map((row) => [row.school_id, row.enrollment]));
  const listed = Map.groupBy(tables.students, (row) => row.school_id);
  const buildings = Map.groupBy(tables.buildings, (row) => row.school_id);
  return {
    pupils: Float64Array.from(schoolIds, (id) => enrollment.get(id) ?? listed.get(id)?.length ?? 0),
    areaSqft: Float64Array.from(schoolIds, (id) =>
      (buildings.get(id) ?? []).reduce((sum, row) => sum + row.area_sqft, 0),
    ),
  };
}
