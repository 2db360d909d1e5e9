import { decimal, grade, id, oneOf, reference, text, whole } from "../column.ts";
import { table } from "../table.ts";

export const schools = table("schools.csv", ["school_id"], {
  school_id: id().mandatory,
  name: text().mandatory,
  level: oneOf("elementary", "middle", "high", "other").mandatory,
  lat: decimal(-90, 90).mandatory,
  lon: decimal(-180, 180).mandatory,
  address: text(),
  nces_id: text(),
  area_sqft: decimal(0),
  year_built: whole(1600, 2200),
  enrollment: whole(0),
});

export const students = table("students.csv", ["student_id"], {
  student_id: id().mandatory,
  school_id: reference("schools", "school_id").mandatory,
  grade: grade().mandatory,
  lat: decimal(-90, 90),
  lon: decimal(-180, 180),
  sibling_id: id(),
});

/** OSM ways that grades may not cross or walk along, or where a bus may not stop or drive. */
export const hazards = table("roads/hazards.csv", [], {
  osm_way_id: id().mandatory,
  kind: oneOf("no_cross", "no_walk", "no_stop", "no_bus"),
  grades: text(),
});
