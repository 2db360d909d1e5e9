import { type LatLon, RoadError } from "@trivium/model";
import { z } from "zod";
import type { RoadMap } from "../map/road-map.ts";
import { OFF_MAP_M } from "../off-map.ts";
import type { OsrmClient } from "./client.ts";
import type { LocalRoads } from "./open-osrm.ts";
import { dataVersionOf } from "./prepare.ts";

/** Junctions asked about, spread over the map. */
const SAMPLES = 12;
/** A server on the same map has a road this near to a junction of it. */
const ON_MAP_M = 25;

const answerSchema = z.object({
  data_version: z.string().optional(),
  waypoints: z.array(z.object({ distance: z.number() })).min(1),
});

/**
 * Is the server on the district's map? Where Trivium prepared its data, they name their map. Elsewhere junctions of the extract must lie on
 * the server's roads, and without an extract the district's schools within reach of them: that tells another place, and not an older map of the same.
 *
 * @returns what the server says of its data; empty where it says nothing
 * @throws RoadError osrm-wrong-map
 */
export async function checkMap(
  client: OsrmClient,
  local: Pick<LocalRoads, "map"> | undefined,
  places: readonly LatLon[],
): Promise<string> {
  const asked = local ? mainJunctions(local.map, SAMPLES) : spread(places, SAMPLES);
  const nearM = local ? ON_MAP_M : OFF_MAP_M;
  let dataVersion = "";
  const far: number[] = [];
  // Where there is nothing to compare with, any place will do to hear what the server says of its data.
  for (const { lat, lon } of asked.length > 0 ? asked : [{ lat: 0, lon: 0 }]) {
    const answer = answerSchema.safeParse(await client.ask("nearest", [lat, lon]));
    if (!answer.success) {
      throw new RoadError(
        "osrm-answer",
        `What answers at ${client.url} is no OSRM server. Maybe OSRM_URL names another service?`,
        {
          values: { url: client.url },
        },
      );
    }
    dataVersion = answer.data.data_version ?? "";
    const { distance } = answer.data.waypoints[0]!;
    if (asked.length > 0 && distance > nearM) far.push(distance);
    if (local && dataVersion === dataVersionOf(local.map.mapHash)) return dataVersion;
  }
  const named = local !== undefined && /^bus-\d+-[0-9a-f]{24}$/.test(dataVersion);
  if (!named && far.length * 2 <= asked.length) return dataVersion;
  const what = named
    ? `was prepared from another map (${dataVersion}, not ${dataVersionOf(local.map.mapHash)})`
    : `has no road within ${nearM} m of ${far.length} of ${asked.length} ${local ? "junctions of the district's map" : "schools"} (farthest ${Math.round(Math.max(...far))} m)`;
  throw new RoadError(
    "osrm-wrong-map",
    `The OSRM server at ${client.url} ${what}. Maybe it serves another place, or another year's map?`,
    { values: { url: client.url, far: far.length, asked: asked.length, dataVersion } },
  );
}

/** Junctions of the main network, evenly through the list. */
export function mainJunctions({ bus }: RoadMap, count: number): LatLon[] {
  const streets = Array.from({ length: bus.from.length }, (_, street) => street).filter(
    (street) => bus.alive[2 * street] === 1 && bus.alive[2 * street + 1] === 1,
  );
  return spread(streets, count).map((street) => {
    const node = bus.from[street]!;
    return { lat: bus.nodeLat[node]!, lon: bus.nodeLon[node]! };
  });
}

function spread<T>(list: readonly T[], count: number): T[] {
  const step = Math.max(1, list.length / count);
  return Array.from({ length: Math.min(count, list.length) }, (_, i) => list[Math.floor(i * step)]!);
}
