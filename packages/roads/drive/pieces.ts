import type { Coordinate } from "@trivium/model";
import { distanceM } from "../geometry.ts";
import { type BusNet, originalOf } from "../map/road-map.ts";
import type { StreetPoint } from "../snap/segment-index.ts";
import type { FoundPath } from "./driving.ts";
import type { Entry } from "./endpoints.ts";
import { ofTurn } from "./weight.ts";

/** A stretch of a drive on one arc. */
export interface Piece {
  /** No copy. */
  readonly arc: number;
  /** Weight of driving it, and of the turn before it. */
  readonly weight: number;
  readonly turn: number;
  /** Its line, both ends included. */
  readonly coordinates: readonly Coordinate[];
}

/** A drive that was found, arc by arc, from one road point to the other. Weights and turns add up to the drive's weight exactly. */
export function piecesOf(
  net: BusNet,
  source: StreetPoint,
  { metric, begin, end, path }: FoundPath,
  target: StreetPoint,
): Piece[] {
  const first: Coordinate = [source.lon, source.lat];
  const last: Coordinate = [target.lon, target.lat];
  if (path.arcs.length === 0) {
    const arc = arcWithin(begin.on, end.on, path.weight);
    const inner = net.copyOf[arc >> 1] === source.street && source.street === target.street;
    const between = inner ? slice(net, arc, alongArc(net, arc, source), alongArc(net, arc, target)) : [];
    return [
      { arc: originalOf(net, arc), weight: path.weight, turn: 0, coordinates: distinct([first, ...between, last]) },
    ];
  }
  const pieces: Piece[] = [];
  const ways = begin.onward.filter((entry) => entry.arc === path.arcs[0]);
  const { via, weight } = ways.reduce((a, b) => (b.weight < a.weight ? b : a));
  if (via >= 0) {
    const turn = turnBetween(net, via, path.arcs[0]!);
    const line = slice(net, via, alongArc(net, via, source), Infinity);
    pieces.push({ arc: via, weight: weight - turn, turn: 0, coordinates: distinct([first, ...line, endOf(net, via)]) });
  }
  path.arcs.forEach((arc, i) => {
    const before = i > 0 ? path.arcs[i - 1]! : via;
    const isLast = i === path.arcs.length - 1;
    const line =
      isLast && net.copyOf[arc >> 1] === target.street
        ? slice(net, arc, -1, alongArc(net, arc, target))
        : pointsOf(net, arc);
    pieces.push({
      arc: originalOf(net, arc),
      weight: isLast ? least(end.on.filter((entry) => entry.arc === arc)) : metric[arc]!,
      turn: before < 0 ? 0 : turnBetween(net, before, arc),
      coordinates: distinct([...(i === 0 && via < 0 ? [first] : []), ...line, ...(isLast ? [last] : [])]),
    });
  });
  return pieces;
}

const least = (entries: readonly Entry[]): number =>
  entries.reduce((sum, { weight }) => Math.min(sum, weight), Infinity);

/** The arc on which both ends of a drive lie. */
function arcWithin(on: readonly Entry[], to: readonly Entry[], weight: number): number {
  for (const begin of on) {
    if (to.some((end) => end.arc === begin.arc && end.weight - begin.weight === weight)) return begin.arc;
  }
  throw new RangeError("a drive within no arc");
}

function turnBetween(net: BusNet, from: number, to: number): number {
  for (let turn = net.turnStart[from]!; turn < net.turnStart[from + 1]!; turn++) {
    if (net.turnTo[turn] === to) return ofTurn(net.turnMs[turn]!);
  }
  throw new RangeError("a turn that is none");
}

function distinct(line: readonly Coordinate[]): Coordinate[] {
  const kept = line.filter((point, i) => i === 0 || point[0] !== line[i - 1]![0] || point[1] !== line[i - 1]![1]);
  return kept.length > 1 ? kept : [...line.slice(0, 1), ...line.slice(-1)];
}

/** Points of an arc in its direction. */
function pointsOf(net: BusNet, arc: number): Coordinate[] {
  const points: Coordinate[] = [];
  for (let i = net.shapeStart[arc >> 1]!; i < net.shapeStart[(arc >> 1) + 1]!; i++) {
    points.push([net.shapeLon[i]!, net.shapeLat[i]!]);
  }
  return (arc & 1) === 0 ? points : points.reverse();
}

const endOf = (net: BusNet, arc: number): Coordinate => {
  const i = (arc & 1) === 0 ? net.shapeStart[(arc >> 1) + 1]! - 1 : net.shapeStart[arc >> 1]!;
  return [net.shapeLon[i]!, net.shapeLat[i]!];
};

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
