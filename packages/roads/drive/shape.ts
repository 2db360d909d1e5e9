import { distanceM } from "../geometry.ts";
import { type BusNet, tailOf } from "../map/road-map.ts";
import type { StreetPoint } from "../snap/segment-index.ts";
import type { ArcPath } from "./driving.ts";
import type { Endpoint } from "./endpoints.ts";

type Coordinate = readonly [lon: number, lat: number];

/** Line of a drive from one street point to another, both included. */
export function lineOf(
  net: BusNet,
  source: StreetPoint,
  begin: Endpoint,
  path: ArcPath,
  target: StreetPoint,
): Coordinate[] {
  const first: Coordinate = [source.lon, source.lat];
  const last: Coordinate = [target.lon, target.lat];
  if (path.arcs.length === 0) return [first, ...between(net, source, target), last];
  const line: Coordinate[] = [first, ...leaving(net, source, begin, path.arcs[0]!)];
  path.arcs.slice(0, -1).forEach((arc) => {
    line.push(...pointsOf(net, arc));
  });
  line.push(...arriving(net, path.arcs.at(-1)!, target), last);
  return line.filter((point, i) => i === 0 || point[0] !== line[i - 1]![0] || point[1] !== line[i - 1]![1]);
}

/** Points of an arc in its direction. */
function pointsOf(net: BusNet, arc: number): Coordinate[] {
  const points: Coordinate[] = [];
  for (let i = net.shapeStart[arc >> 1]!; i < net.shapeStart[(arc >> 1) + 1]!; i++) {
    points.push([net.shapeLon[i]!, net.shapeLat[i]!]);
  }
  return (arc & 1) === 0 ? points : points.reverse();
}

/** Points strictly between two places, `fromM` < `toM` along an arc. */
function slice(net: BusNet, arc: number, fromM: number, toM: number): Coordinate[] {
  const points = pointsOf(net, arc);
  let alongM = 0;
  return points.filter(([lon, lat], i) => {
    if (i > 0) alongM += distanceM(points[i - 1]![1], points[i - 1]![0], lat, lon);
    return alongM > fromM && alongM < toM;
  });
}

const alongArc = (net: BusNet, arc: number, point: StreetPoint): number =>
  (arc & 1) === 0 ? point.alongM : net.lengthM[arc >> 1]! - point.alongM;

/** A drive within one street. */
function between(net: BusNet, source: StreetPoint, target: StreetPoint): Coordinate[] {
  if (source.street !== target.street) return [];
  const arc = 2 * source.street + (source.alongM <= target.alongM ? 0 : 1);
  return slice(net, arc, alongArc(net, arc, source), alongArc(net, arc, target));
}

/** From the source to the start of the first arc. */
function leaving(net: BusNet, source: StreetPoint, begin: Endpoint, first: number): Coordinate[] {
  const ways = begin.onward.filter((entry) => entry.arc === first);
  const via = ways.reduce((a, b) => (b.weight < a.weight ? b : a)).via;
  const node = tailOf(net, first);
  const end: Coordinate = [net.nodeLon[node]!, net.nodeLat[node]!];
  return via < 0 ? [end] : [...slice(net, via, alongArc(net, via, source), Infinity), end];
}

/** From the start of the last arc to the target; the whole arc when the target is the junction at its end. */
function arriving(net: BusNet, arc: number, target: StreetPoint): Coordinate[] {
  return arc >> 1 === target.street ? slice(net, arc, -1, alongArc(net, arc, target)) : pointsOf(net, arc);
}
