import { type Dataset, InputError, type RoadNetwork, type TableRow, TRANSPORTATION_DEFAULTS } from "@trivium/model";
import type { SchoolStop } from "../problem.ts";
import type { Places } from "./places.ts";

const SCHOOL_ROAD_MAX_M = 300;

/**
 * Schools with bells, each with the road point where its buses stand and the windows of its bells.
 * AM: unloading ends from bell_start − arrive_earliest to bell_start − arrive_latest. PM: loading begins at bell_end or later and the bus leaves by bell_end + depart_latest.
 * @throws InputError school-off-road when no road that buses may use lies within 300 m
 */
export async function schoolsOf(dataset: Dataset, roads: RoadNetwork, places: Places): Promise<SchoolStop[]> {
  const rows = dataset.tables.bells.flatMap((bells) => {
    const school = dataset.tables.schools.find((row) => row.school_id === bells.school_id);
    return school ? [{ bells, school }] : [];
  });
  const points = rows.map(({ school }) => ({ lat: school.lat, lon: school.lon }));
  const snaps = await roads.nearest(points, "bus", SCHOOL_ROAD_MAX_M);
  return rows.map(({ bells, school }, index) => {
    const snap = snaps[index];
    if (!snap)
      throw new InputError(
        "school-off-road",
        `school ${school.school_id} has no road that buses may use within ${SCHOOL_ROAD_MAX_M} m. Maybe the map does not cover the district, or its coordinates are wrong.`,
        { path: "schools.csv", values: { school_id: school.school_id, lat: school.lat, lon: school.lon } },
      );
    const point = { id: school.school_id, lat: snap.lat, lon: snap.lon, title: school.name };
    return schoolStop(school, bells, places.add("school", point));
  });
}

function schoolStop(school: TableRow<"schools">, given: TableRow<"bells">, place: number): SchoolStop {
  const bells = { ...TRANSPORTATION_DEFAULTS, ...given };
  const unloadS = Math.ceil(bells.unload_min * 60);
  const loadS = Math.ceil(bells.load_min * 60);
  return {
    id: school.school_id,
    name: school.name,
    place,
    bellStartS: bells.bell_start,
    bellEndS: bells.bell_end,
    allowedStartsS: [...new Set([bells.bell_start, ...(given.allowed_starts ?? [])])],
    amEndMinS: Math.ceil(bells.bell_start - bells.arrive_earliest_min * 60),
    amEndMaxS: Math.floor(bells.bell_start - bells.arrive_latest_min * 60),
    pmBeginMinS: bells.bell_end,
    pmBeginMaxS: Math.floor(bells.bell_end + bells.depart_latest_min * 60) - loadS,
    unloadS,
    loadS,
    busesAtOnce: given.buses_at_once ?? Infinity,
  };
}
