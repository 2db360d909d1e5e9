import type { LatLon, MayCross, WalkOptions, WalkPath } from "@trivium/model";
import type { Conditions } from "../conditions/conditions.ts";
import { IndexedQueue } from "../drive/queue.ts";
import { metresPerDegreeLat, metresPerDegreeLon, ON_LINE_M } from "../geometry.ts";
import { stretchesOf } from "../map/point-along.ts";
import type { RoadMap, WalkNet } from "../map/road-map.ts";
import { tailOf } from "../map/road-map.ts";
import type { Stretch } from "../reach-area.ts";
import type { SegmentIndex, StreetPoint } from "../snap/segment-index.ts";
import { walkLine } from "./line.ts";
import { CROSS, CROSS_LIMIT } from "./profile.ts";

/** Snapped points that are remembered for one kind of walker: homes and stops are asked for again and again. */
const SNAPS_KEPT = 100_000;

/**
 * Walking by corners. A walker goes along one side of a street, so at a junction stands at one of its corners: the sector
 * between an arm and the next one anticlockwise. **Corner a** is the one to the left of arm a. From a corner one may
 *
 *   walk along either of its two arms, staying on that side of it, to a corner of the next junction;
 *   step across either of its two arms to the neighbouring corner, where that road may be crossed.
 *
 * So a path crosses a road exactly when it steps over one of the road's arms: when it goes on at a junction on the other side than it came,
 * or follows a road on one side and leaves it on the other. Roads that nobody walks along still stand between corners.
 */
export class Walker {
  private readonly map: RoadMap;
  private readonly net: WalkNet;
  private readonly index: SegmentIndex;
  private readonly conditions: Conditions;
  /** Next arm anticlockwise, and the one before. */
  private readonly next: Uint32Array;
  private readonly previous: Uint32Array;
  private readonly queue: IndexedQueue;
  private readonly label: Float64Array;
  /** The corner from which each was reached; −1 where the walk begins. */
  private readonly cameBy: Int32Array;
  /** Corners that the last search reached. */
  private readonly corners: number[] = [];
  private readonly rules = new Map<string, Rules>();

  constructor(map: RoadMap, index: SegmentIndex, conditions: Conditions) {
    this.map = map;
    this.net = map.walk;
    this.index = index;
    this.conditions = conditions;
    const arcs = map.walk.from.length * 2;
    this.next = new Uint32Array(arcs);
    this.previous = new Uint32Array(arcs);
    this.turnRound();
    this.queue = new IndexedQueue(arcs);
    this.label = new Float64Array(arcs).fill(Infinity);
    this.cameBy = new Int32Array(arcs);
  }

  /** What a walker of this grade may do, made once. */
  rulesFor(mayCross: MayCross, grade: string | undefined): Rules {
    const key = `${mayCross}/${grade ?? ""}`;
    const known = this.rules.get(key);
    if (known) return known;
    const rules = this.makeRules(mayCross, grade);
    this.rules.set(key, rules);
    return rules;
  }

  /** As `RoadNetwork.walk`. Walking back is as long as walking there. */
  distances(
    origin: { lat: number; lon: number },
    targets: readonly { lat: number; lon: number }[],
    options: WalkOptions,
  ): Float64Array {
    const out = new Float64Array(targets.length).fill(Number.NaN);
    const rules = this.rulesFor(options.mayCross, options.grade);
    const start = this.snap(origin, options.limitM, rules);
    if (start === null) return out;
    const boundM = options.limitM - start.distanceM;
    const kx = metresPerDegreeLon(origin.lat);
    const ky = metresPerDegreeLat(origin.lat);
    // A straight line longer than the limit settles it; the hundredth is for the flat measure, which is for the origin's latitude.
    const farM = options.limitM * 1.01 + 1;
    let searched = false;
    targets.forEach((target, i) => {
      const east = (target.lon - origin.lon) * kx;
      const north = (target.lat - origin.lat) * ky;
      if (east * east + north * north > farM * farM) return;
      const end = this.snap(target, options.limitM, rules);
      if (end === null) return;
      if (!searched) this.search(start, boundM, rules);
      searched = true;
      const total = start.distanceM + this.pathM(start, end, rules) + end.distanceM;
      if (total <= options.limitM) out[i] = total;
    });
    return out;
  }

  /** The walk to one target, drawn; null where there is none within the limit. */
  path(origin: LatLon, target: LatLon, options: WalkOptions): WalkPath | null {
    const rules = this.rulesFor(options.mayCross, options.grade);
    const start = this.snap(origin, options.limitM, rules);
    const end = this.snap(target, options.limitM, rules);
    if (start === null || end === null) return null;
    this.search(start, options.limitM - start.distanceM, rules);
    let best = { metres: this.within(start, end, rules), corner: -1, endM: 0 };
    this.eachCorner(end, rules, (corner, endM) => {
      const metres = this.label[corner]! + endM;
      if (metres < best.metres) best = { metres, corner, endM };
    });
    const distanceM = start.distanceM + best.metres + end.distanceM;
    if (!(distanceM <= options.limitM)) return null;
    const corners: number[] = [];
    for (let at = best.corner; at >= 0; at = this.cameBy[at]!) corners.push(at);
    corners.reverse();
    const from = { place: origin, point: start, junctionM: corners.length > 0 ? this.label[corners[0]!]! : 0 };
    const to = { place: target, point: end, junctionM: best.endM };
    const arcs = corners.length > 0 ? this.walked(corners) : null;
    return { distanceM, coordinates: walkLine(this.net, from, arcs, to) };
  }

  /** Arcs that lead from corner to corner; none for a step across a road. */
  private walked(corners: readonly number[]): number[] {
    return corners.slice(1).flatMap((corner, i) => {
      const right = corners[i]!;
      const left = this.next[right]!;
      const metres = this.label[corner]! - this.label[right]!;
      if (metres === 0) return [];
      const leftward =
        corner === (left ^ 1) && this.label[corner] === this.label[right]! + this.net.lengthM[left >> 1]!;
      return [leftward ? left : right];
    });
  }

  /** The stretches of ways that are reached within the limit. */
  reached(origin: LatLon, options: WalkOptions): Stretch[] {
    const rules = this.rulesFor(options.mayCross, options.grade);
    const start = this.snap(origin, options.limitM, rules);
    if (start === null) return [];
    const boundM = options.limitM - start.distanceM;
    this.search(start, boundM, rules);
    const { net, label } = this;
    const wholeM = net.lengthM[start.street]!;
    const share = (metres: number) => (wholeM === 0 ? 0 : Math.min(1, Math.max(0, metres / wholeM)));
    const stretches = stretchesOf(net, 2 * start.street, share(start.alongM - boundM), share(start.alongM + boundM));
    for (const corner of this.corners) {
      for (const arm of [corner, this.next[corner]!]) {
        if (!rules.walks(arm >> 1)) continue;
        const lengthM = net.lengthM[arm >> 1]!;
        stretches.push(
          ...stretchesOf(net, arm, 0, lengthM === 0 ? 1 : Math.min(1, (boundM - label[corner]!) / lengthM)),
        );
      }
    }
    return stretches;
  }

  private snap(point: { lat: number; lon: number }, maxM: number, rules: Rules): StreetPoint | null {
    const key = `${point.lat},${point.lon}`;
    const known = rules.snaps.get(key);
    if (known !== undefined && known.distanceM <= maxM) return known;
    const found = this.index.nearest(point.lat, point.lon, maxM, rules.walks);
    if (rules.snaps.size >= SNAPS_KEPT) rules.snaps.clear();
    if (found !== null) rules.snaps.set(key, found);
    return found;
  }

  private pathM(start: StreetPoint, end: StreetPoint, rules: Rules): number {
    let best = this.within(start, end, rules);
    this.eachCorner(end, rules, (corner, metres) => {
      best = Math.min(best, this.label[corner]! + metres);
    });
    return best;
  }

  /** Metres between two points of one street on the same side of it, or where it may be crossed. */
  private within(start: StreetPoint, end: StreetPoint, rules: Rules): number {
    const beside = start.street === end.street && (rules.crosses(start.street) || start.side * end.side >= 0);
    return beside ? Math.abs(start.alongM - end.alongM) : Infinity;
  }

  private search(start: StreetPoint, boundM: number, rules: Rules): void {
    const { net, queue, label } = this;
    for (const corner of this.corners) label[corner] = Infinity;
    this.corners.length = 0;
    queue.clear();
    this.eachCorner(start, rules, (corner, metres) => this.reach(corner, metres, boundM, -1));
    while (queue.size > 0) {
      const right = queue.pop();
      const left = this.next[right]!;
      const metres = label[right]!;
      if (rules.walks(right >> 1))
        this.reach(this.previous[right ^ 1]!, metres + net.lengthM[right >> 1]!, boundM, right);
      if (rules.walks(left >> 1)) this.reach(left ^ 1, metres + net.lengthM[left >> 1]!, boundM, right);
      if (rules.crosses(left >> 1)) this.reach(left, metres, boundM, right);
      if (rules.crosses(right >> 1)) this.reach(this.previous[right]!, metres, boundM, right);
    }
  }

  /** Where a street ends (or the map does) nobody walks round its end to the other side: that would be crossing it too. */
  private reach(corner: number, metres: number, boundM: number, from: number): void {
    if (metres > boundM || metres >= this.label[corner]! || this.next[corner] === corner) return;
    if (this.label[corner] === Infinity) this.corners.push(corner);
    this.label[corner] = metres;
    this.cameBy[corner] = from;
    this.queue.push(corner, metres);
  }

  /**
   * Corners at both ends of the street that a point can be walked to along its own side, or along both where it lies on the line
   * or the street may be crossed. A point on the junction itself (a stop at a corner) is at all its corners: the bus may stand at any kerb.
   */
  private eachCorner(point: StreetPoint, rules: Rules, visit: (corner: number, metres: number) => void): void {
    const { street, alongM } = point;
    const restM = this.net.lengthM[street]! - alongM;
    const both = point.side === 0 || rules.crosses(street);
    const out = 2 * street;
    const back = out + 1;
    if (both || point.side > 0) {
      visit(out, alongM);
      visit(this.previous[back]!, restM);
    }
    if (both || point.side < 0) {
      visit(this.previous[out]!, alongM);
      visit(back, restM);
    }
    if (point.distanceM > ON_LINE_M) return;
    if (alongM <= ON_LINE_M) this.eachArm(out, (arm) => visit(arm, alongM));
    if (restM <= ON_LINE_M) this.eachArm(back, (arm) => visit(arm, restM));
  }

  private eachArm(arm: number, visit: (arm: number) => void): void {
    const node = tailOf(this.net, arm);
    for (let i = this.net.armStart[node]!; i < this.net.armStart[node + 1]!; i++) visit(this.net.arms[i]!);
  }

  private turnRound(): void {
    const { armStart, arms } = this.net;
    for (let node = 0; node + 1 < armStart.length; node++) {
      const first = armStart[node]!;
      const count = armStart[node + 1]! - first;
      for (let i = 0; i < count; i++) {
        const after = arms[first + ((i + 1) % count)]!;
        this.next[arms[first + i]!] = after;
        this.previous[after] = arms[first + i]!;
      }
    }
  }

  private makeRules(mayCross: MayCross, grade: string | undefined): Rules {
    const { ways } = this.map;
    const noCross = this.conditions.hazardWays("no_cross", grade);
    const noWalk = this.conditions.hazardWays("no_walk", grade);
    const limit = CROSS_LIMIT[mayCross];
    const streets = this.net.from.length;
    const walks = new Uint8Array(streets);
    const crosses = new Uint8Array(streets);
    for (let street = 0; street < streets; street++) {
      const way = this.net.way[street]!;
      const id = ways.osmId[way]!;
      walks[street] = this.net.usable[street] === 1 && !noWalk.has(id) ? 1 : 0;
      crosses[street] = ways.level[way]! < CROSS.never && ways.level[way]! <= limit && !noCross.has(id) ? 1 : 0;
    }
    return {
      walks: (street) => walks[street] === 1,
      crosses: (street) => crosses[street] === 1,
      snaps: new Map(),
    };
  }
}

/** What one kind of walker may do. */
export interface Rules {
  readonly walks: (street: number) => boolean;
  readonly crosses: (street: number) => boolean;
  readonly snaps: Map<string, StreetPoint>;
}
