import { bearing, lengthM } from "../geometry.ts";
import type { Collected } from "./collect.ts";
import { Growing } from "./growing.ts";
import { type Net, tailOf } from "./road-map.ts";

export interface Streets extends Net {
  /** Index of each junction's node in `Collected`. */
  readonly nodeIndex: Uint32Array;
  /** The same for every point of the streets' lines. */
  readonly shapeNode: Uint32Array;
}

/**
 * Cuts ways into streets at their ends and wherever two of them (or one twice) share a node.
 *
 * @param take   is way w part of this net?
 * @param bars   does node i stop travel? Each street that ends there gets an end of its own, so nothing passes
 * @param ends   does a street end at node i even where no other begins?
 */
export function cutIntoStreets(
  map: Collected,
  take: (way: number) => boolean,
  bars: (node: number) => boolean,
  ends: (node: number) => boolean = () => false,
): Streets {
  const junction = junctions(map, take, (node) => bars(node) || ends(node));
  const cutter = new Cutter(map, bars);
  for (let way = 0; way + 1 < map.refStart.length; way++) if (take(way)) cutter.cut(way, junction);
  return cutter.finish();
}

function junctions(map: Collected, take: (way: number) => boolean, ends: (node: number) => boolean): Uint8Array {
  const uses = new Uint8Array(map.nodeOsmId.length);
  for (let way = 0; way + 1 < map.refStart.length; way++) {
    if (!take(way)) continue;
    const first = map.refStart[way]!;
    const last = map.refStart[way + 1]! - 1;
    for (let i = first; i <= last; i++) {
      const node = map.refs[i]!;
      uses[node] = i === first || i === last || ends(node) ? 2 : Math.min(2, uses[node]! + 1);
    }
  }
  return uses.map((count) => (count >= 2 ? 1 : 0));
}

class Cutter {
  private readonly map: Collected;
  private readonly bars: (node: number) => boolean;
  private readonly nodeOf: Int32Array;
  private readonly nodeIndex = new Growing();
  private readonly from = new Growing();
  private readonly to = new Growing();
  private readonly way = new Growing();
  private readonly shapeStart = new Growing([0]);
  private readonly shapeNode = new Growing();
  private readonly lats = new Growing();
  private readonly lons = new Growing();

  constructor(map: Collected, bars: (node: number) => boolean) {
    this.map = map;
    this.bars = bars;
    this.nodeOf = new Int32Array(map.nodeOsmId.length).fill(-1);
  }

  cut(way: number, junction: Uint8Array): void {
    const { refs, refStart, nodeLat } = this.map;
    let points: number[] = [];
    for (let i = refStart[way]!; i < refStart[way + 1]!; i++) {
      const node = refs[i]!;
      if (Number.isNaN(nodeLat[node]!)) {
        // The extract was cut here: what lies on both sides of the gap are two streets.
        this.add(way, points);
        points = [];
        continue;
      }
      if (points.at(-1) === node) continue;
      points.push(node);
      if (junction[node] === 1 && points.length > 1) {
        this.add(way, points);
        points = [node];
      }
    }
    this.add(way, points);
  }

  private add(way: number, points: readonly number[]): void {
    if (points.length < 2) return;
    this.from.push(this.end(points[0]!));
    this.to.push(this.end(points.at(-1)!));
    this.way.push(way);
    for (const node of points) {
      this.shapeNode.push(node);
      this.lats.push(this.map.nodeLat[node]!);
      this.lons.push(this.map.nodeLon[node]!);
    }
    this.shapeStart.push(this.lats.length);
  }

  private end(node: number): number {
    const known = this.nodeOf[node]!;
    if (known >= 0 && !this.bars(node)) return known;
    this.nodeOf[node] = this.nodeIndex.length;
    this.nodeIndex.push(node);
    return this.nodeIndex.length - 1;
  }

  finish(): Streets {
    const nodeIndex = this.nodeIndex.uint32();
    const shape = {
      shapeStart: this.shapeStart.uint32(),
      shapeLat: this.lats.float64(),
      shapeLon: this.lons.float64(),
    };
    const lengths = Float64Array.from({ length: this.from.length }, (_, k) =>
      lengthM(shape.shapeLat, shape.shapeLon, shape.shapeStart[k]!, shape.shapeStart[k + 1]! - 1),
    );
    const pick = (values: Float64Array) => Float64Array.from(nodeIndex, (node) => values[node]!);
    const net = {
      nodeIndex,
      shapeNode: this.shapeNode.uint32(),
      nodeOsmId: pick(this.map.nodeOsmId),
      nodeLat: pick(this.map.nodeLat),
      nodeLon: pick(this.map.nodeLon),
      from: this.from.uint32(),
      to: this.to.uint32(),
      way: this.way.uint32(),
      lengthM: lengths,
      ...shape,
      armStart: new Uint32Array(),
      arms: new Uint32Array(),
    };
    return { ...net, ...armsOf(net) };
  }
}

/** Arms of every node in anticlockwise order; equal directions by arc, so that the order is always the same. */
function armsOf(net: Net): { armStart: Uint32Array; arms: Uint32Array } {
  const arcs = net.from.length * 2;
  const armStart = new Uint32Array(net.nodeOsmId.length + 1);
  for (let arc = 0; arc < arcs; arc++) armStart[tailOf(net, arc) + 1]!++;
  for (let node = 0; node < net.nodeOsmId.length; node++) armStart[node + 1]! += armStart[node]!;
  const next = armStart.slice();
  const arms = new Uint32Array(arcs);
  for (let arc = 0; arc < arcs; arc++) arms[next[tailOf(net, arc)]!++] = arc;
  const leaving = Float64Array.from({ length: arcs }, (_, arc) => leavingBearing(net, arc));
  for (let node = 0; node < net.nodeOsmId.length; node++) {
    arms.subarray(armStart[node]!, armStart[node + 1]!).sort((a, b) => leaving[b]! - leaving[a]! || a - b);
  }
  return { armStart, arms };
}

/** Direction in which an arc leaves its tail, degrees clockwise from north. */
export function leavingBearing(net: Net, arc: number): number {
  const { shapeLat: lat, shapeLon: lon } = net;
  const first = net.shapeStart[arc >> 1]!;
  const last = net.shapeStart[(arc >> 1) + 1]! - 1;
  const [a, b] = (arc & 1) === 0 ? [first, first + 1] : [last, last - 1];
  return bearing(lat[a]!, lon[a]!, lat[b]!, lon[b]!);
}
