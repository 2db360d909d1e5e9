import { z } from "zod";

/** The three engines. The routing area's folder in a district is `transportation/`. */
export const areaSchema = z.enum(["scheduling", "routing", "facilities"]);
export type Area = z.infer<typeof areaSchema>;
export const AREAS = areaSchema.options;

/** Area → folder of the district that holds its tables. */
export const AREA_FOLDER: Readonly<Record<Area, string>> = {
  scheduling: "scheduling",
  routing: "transportation",
  facilities: "facilities",
};
