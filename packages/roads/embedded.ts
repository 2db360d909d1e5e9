import {
  type Coordinate,
  type Drive,
  type DriveLeg,
  type DriveOptions,
  formatClock,
  type Isochrone,
  type LatLon,
  type ReachedArea,
  type RoadEngine,
  RoadError,
  type RoadIdentity,
  type RouteOptions,
  type Snap,
  type StopPlace,
  type TravelMatrix,
  type WalkOptions,
  type WalkPath,
} from "@trivium/model";
import { bandAt, type Conditions } from "./conditions/conditions.ts";
import { Driving } from "./drive/driving.ts";
import { piecesOf } from "./drive/pieces.ts";
import { reachedStretches } from "./drive/reached.ts";
import { joined, stepsOf } from "./drive/steps.ts";
import { metresOf, secondsOf, unweigh } from "./drive/weight.ts";
import type { KernelName } from "./kernel/kernel.ts";
import type { Net, RoadMap } from "./map/road-map.ts";
import { OFF_MAP_M } from "./off-map.ts";
import { PROFILE } from "./profile.ts";
import { areaAround } from "./reach-area.ts";
import type { SegmentIndex, StreetPoint } from "./snap/segment-index.ts";
import { allStopPlaces, StopPlaceIndex } from "./stop-places.ts";
import { Walker } from "./walk/corners.ts";

/** How far a road is looked for to say how far off the map a point is. */
const ANYWHERE_M = 1_000_000;

/** The embedded road engine: one map with a district's conditions on it. */
export class EmbeddedRoads implements RoadEngine {
  readonly identity: RoadIdentity;
  readonly cannot: RoadEngine["cannot"] = {};
  private readonly map: RoadMap;
  private readonly conditions: Conditions;
  private readonly busIndex: SegmentIndex;
  private readonly walkIndex: SegmentIndex;
  private readonly walker: Walker;
  private readonly driving: Driving;
  private places: StopPlaceIndex | undefined;

  constructor(
    map: RoadMap,
    conditions: Conditions,
    busIndex: SegmentIndex,
    walkIndex: SegmentIndex,
    kernel?: KernelName,
    insteadOfOsrm?: string,
  ) {
    this.map = map;
    this.conditions = conditions;
    this.busIndex = busIndex;
    this.walkIndex = walkIndex;
    this.walker = new Walker(map, walkIndex, conditions);
    this.driving = new Driving(map, conditions, kernel);
    this.identity = {
      engine: "embedded",
      map_hash: map.mapHash,
      profile: PROFILE,
      bands: conditions.bands.map((start) => formatClock(start).replace(/:00$/, "")),
      ...(insteadOfOsrm === undefined ? {} : { instead_of_osrm: insteadOfOsrm }),
    };
  }

  async nearest(points: readonly LatLon[], use: "bus" | "board" | "walk", maxM: number): Promise<(Snap | null)[]> {
    const net = use === "walk" ? this.map.walk : this.map.bus;
    const index = use === "walk" ? this.walkIndex : this.busIndex;
    const allowed = this.allowed(use);
    return points.map(({ lat, lon }) => {
      const point = index.nearest(lat, lon, maxM, allowed);
      return point && this.snap(net, point);
    });
  }

  async matrix(
    sources: readonly LatLon[],
    targets: readonly LatLon[],
    departS: number,
    { approach = "either" }: DriveOptions = {},
  ): Promise<TravelMatrix> {
    const begins = sources.map((point) => this.onRoad(point));
    const ends = targets === sources ? begins : targets.map((point) => this.onRoad(point));
    const durationsS = new Float64Array(begins.length * ends.length);
    const distancesM = new Float64Array(begins.length * ends.length);
    await this.driving.rows(this.band(departS), begins, ends, approach, (source, row) => {
      unweigh(row, durationsS, distancesM, source * ends.length);
    });
    return { sources: begins.length, targets: ends.length, durationsS, distancesM };
  }

  async drive(
    points: readonly LatLon[],
    departS: number,
    { approach = "either", steps = false }: RouteOptions = {},
  ): Promise<Drive> {
    const band = this.band(departS);
    const road = points.map((point, i) => this.onRoad(point) ?? this.offMap(point, i));
    const legs: DriveLeg[] = [];
    const coordinates: Coordinate[] = [];
    for (let i = 1; i < road.length; i++) {
      const found = this.driving.path(band, road[i - 1]!, road[i]!, approach);
      const { weight } = found.path;
      const lengths = { distanceM: metresOf(weight), durationS: secondsOf(weight) };
      if (weight === Infinity) {
        legs.push(steps ? { ...lengths, steps: [] } : lengths);
        continue;
      }
      const pieces = piecesOf(this.driving.net, road[i - 1]!, found, road[i]!);
      legs.push(steps ? { ...lengths, steps: stepsOf(this.driving.net, this.map, pieces) } : lengths);
      const line = joined(pieces);
      for (let k = coordinates.length > 0 ? 1 : 0; k < line.length; k++) coordinates.push(line[k]!);
    }
    return { legs, coordinates };
  }

  async walk(origin: LatLon, targets: readonly LatLon[], options: WalkOptions): Promise<Float64Array> {
    return this.walker.distances(origin, targets, options);
  }

  async walkPath(origin: LatLon, target: LatLon, options: WalkOptions): Promise<WalkPath | null> {
    return this.walker.path(origin, target, options);
  }

  async walkArea(origin: LatLon, options: WalkOptions): Promise<ReachedArea> {
    return areaAround(this.walker.reached(origin, options));
  }

  async stopPlaces(near: readonly LatLon[], withinM: number): Promise<StopPlace[]> {
    this.places ??= new StopPlaceIndex(allStopPlaces(this.map, this.allowed("board")));
    return this.places.near(near, withinM);
  }

  async isochrone(origin: LatLon, limitsS: readonly number[], departS: number): Promise<Isochrone[]> {
    const road = this.onRoad(origin) ?? this.offMap(origin, 0);
    const reached = this.driving.reach(this.band(departS), road);
    return limitsS.map((limitS) => ({
      limitS,
      area: areaAround(reachedStretches(this.driving.net, reached, limitS)),
    }));
  }

  async close(): Promise<void> {}

  private allowed(use: "bus" | "board" | "walk"): (street: number) => boolean {
    if (use === "walk") return this.walker.rulesFor("arterial", undefined).walks;
    if (use === "bus") return this.drives;
    const { bus, ways } = this.map;
    const { noStop } = this.conditions;
    return (street) => this.drives(street) && noStop[street] === 0 && ways.board[bus.way[street]!] === 1;
  }

  private readonly drives = (street: number): boolean => {
    const { alive } = this.map.bus;
    return this.conditions.closed[street] === 0 && (alive[2 * street] === 1 || alive[2 * street + 1] === 1);
  };

  private snap(net: Net, { lat, lon, distanceM, street, headingDeg, side }: StreetPoint): Snap {
    const { ways } = this.map;
    const way = net.way[street]!;
    return {
      lat,
      lon,
      distanceM,
      street: ways.names[ways.name[way]!]!,
      osmWayId: String(ways.osmId[way]),
      roadClass: ways.classes[ways.roadClass[way]!]!,
      side: { headingDeg, lies: side === 0 ? "on" : side > 0 ? "left" : "right" },
    };
  }

  private onRoad({ lat, lon }: LatLon): StreetPoint | null {
    return this.busIndex.nearest(lat, lon, OFF_MAP_M, this.drives);
  }

  private band(departS: number): number {
    return bandAt(this.conditions.bands, departS);
  }

  private offMap(point: LatLon, index: number): never {
    const nearest = this.busIndex.nearest(point.lat, point.lon, ANYWHERE_M, this.drives);
    const far = nearest === null ? `more than ${ANYWHERE_M / 1000} km` : `${Math.round(nearest.distanceM)} m`;
    throw new RoadError(
      "off-map",
      `Point ${index + 1} of the drive is ${far} from the nearest road that a bus may use (at most ${OFF_MAP_M} m are bridged). Maybe the map is of another place?`,
      { path: `points/${index}`, values: { index, distanceM: nearest?.distanceM, limitM: OFF_MAP_M } },
    );
  }
}
