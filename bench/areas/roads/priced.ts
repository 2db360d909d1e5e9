import type { LatLon } from "@trivium/model";
import { noConditions } from "../../../packages/roads/conditions/conditions.ts";
import { distanceM } from "../../../packages/roads/geometry.ts";
import { buildRoadMap } from "../../../packages/roads/map/build.ts";
import type { OsrmClient } from "../../../packages/roads/osrm/client.ts";
import { segmentSpeeds, shapeNodes, turnPenalties } from "../../../packages/roads/osrm/speed-files.ts";

interface Annotated {
  readonly routes: readonly [
    { readonly legs: readonly [{ readonly annotation: { readonly nodes: number[]; readonly distance: number[] } }] },
  ];
}

/**
 * What OSRM's own route between two places takes by the embedded engine's speeds and turns, added up without OSRM's rounding of each piece and
 * turn: when that is what the embedded engine says, the two found roads that are equally good, and rounding is all that lies between them.
 */
export async function pricer(path: string): Promise<(client: OsrmClient, from: LatLon, to: LatLon) => Promise<number>> {
  const map = await buildRoadMap(path, "");
  const nodes = await shapeNodes(path);
  // A factor that is not quite one has every speed written out.
  const all = { ...noConditions(map), factors: () => new Float64Array(map.bus.from.length).fill(1 + Number.EPSILON) };
  const speeds = table(segmentSpeeds(map, nodes, all, 0), 2);
  const turns = table(turnPenalties(map.bus, nodes), 3);
  const places = new Map<number, readonly [lat: number, lon: number]>();
  nodes.forEach((node, i) => {
    places.set(node, [map.bus.shapeLat[i]!, map.bus.shapeLon[i]!]);
  });
  return async (client, from, to) => {
    const answer = (await client.ask("route", {
      coordinates: [from, to].map(({ lat, lon }) => [lat, lon] as const),
      annotations: "nodes,distance",
      overview: "false",
      generate_hints: false,
    })) as Annotated;
    const { nodes: passed, distance } = answer.routes[0].legs[0].annotation;
    let seconds = 0;
    distance.forEach((metres, i) => {
      const [a, b] = [places.get(passed[i]!), places.get(passed[i + 1]!)];
      // The first and the last piece are driven in part.
      const whole = i > 0 && i < distance.length - 1 && a && b ? distanceM(a[0], a[1], b[0], b[1]) : metres;
      seconds += (whole * 3.6) / (speeds.get(`${passed[i]},${passed[i + 1]}`) ?? Number.NaN);
      if (i > 0) seconds += turns.get(passed.slice(i - 1, i + 2).join()) ?? 0;
    });
    return seconds;
  };
}

/** Rows of `key,key[,key],value…` by their keys. */
function table(csv: string, keys: number): Map<string, number> {
  const rows = csv.split("\n").map((row) => row.split(","));
  return new Map(rows.map((row) => [row.slice(0, keys).join(), Number(row[keys])]));
}
