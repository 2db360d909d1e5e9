import type { Net, RoadMap } from "../map/road-map.ts";

/** A stretch of one way, drawn as one line; streets that follow each other on it are joined, so that its name has room. */
export interface RoadLine {
  readonly type: "Feature";
  readonly properties: { readonly class: string; readonly name?: string };
  readonly geometry: { readonly type: "LineString"; readonly coordinates: [lon: number, lat: number][] };
}

/** Every road and path of a map once: what buses drive on, and what only walkers do. */
export function roadLines({ ways, bus, walk }: RoadMap): RoadLine[] {
  const driven = (way: number) => ways.forwardKmh[way]! > 0 || ways.backwardKmh[way]! > 0;
  const lines: RoadLine[] = [];
  addLines(lines, ways, bus, (street) => bus.copyOf[street] === street);
  addLines(lines, ways, walk, (street) => walk.usable[street] === 1 && !driven(walk.way[street]!));
  return lines;
}

function addLines(lines: RoadLine[], ways: RoadMap["ways"], net: Net, isDrawn: (street: number) => boolean): void {
  let last = -1;
  for (let street = 0; street < net.way.length; street++) {
    if (!isDrawn(street)) continue;
    const points = pointsOf(net, street);
    const goesOn = last >= 0 && net.way[last] === net.way[street] && net.to[last] === net.from[street];
    if (goesOn) lines.at(-1)?.geometry.coordinates.push(...points.slice(1));
    else lines.push(lineOf(ways, net.way[street]!, points));
    last = street;
  }
}

function lineOf(ways: RoadMap["ways"], way: number, coordinates: [number, number][]): RoadLine {
  const name = ways.names[ways.name[way]!];
  const properties = { class: ways.classes[ways.roadClass[way]!]!, ...(name ? { name } : {}) };
  return { type: "Feature", properties, geometry: { type: "LineString", coordinates } };
}

function pointsOf({ shapeStart, shapeLat, shapeLon }: Net, street: number): [number, number][] {
  const points: [number, number][] = [];
  for (let at = shapeStart[street]!; at < shapeStart[street + 1]!; at++) points.push([shapeLon[at]!, shapeLat[at]!]);
  return points;
}
