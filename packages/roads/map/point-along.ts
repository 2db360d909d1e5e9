import { distanceM } from "../geometry.ts";
import type { Net } from "./road-map.ts";

/** Place of a street so many metres from its first point. */
export function pointAlong({ shapeStart, shapeLat: lat, shapeLon: lon }: Net, street: number, alongM: number) {
  let left = alongM;
  const last = shapeStart[street + 1]! - 1;
  for (let i = shapeStart[street]!; i < last; i++) {
    const length = distanceM(lat[i]!, lon[i]!, lat[i + 1]!, lon[i + 1]!);
    if (left <= length && length > 0) {
      const share = left / length;
      return { lat: lat[i]! + share * (lat[i + 1]! - lat[i]!), lon: lon[i]! + share * (lon[i + 1]! - lon[i]!) };
    }
    left -= length;
  }
  return { lat: lat[last]!, lon: lon[last]! };
}
