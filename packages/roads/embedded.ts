import {
  type Drive,
  formatClock,
  type Isochrone,
  type LatLon,
  type RoadEngine,
  RoadError,
  type RoadIdentity,
  type Snap,
  type StopPlace,
  type TravelMatrix,
  type WalkOptions,
} from "@trivium/model";
import { bandAt, type Conditions } from "./conditions/conditions.ts";
import { Driving } from "./drive/driving.ts";
import { lineOf } from "./drive/shape.ts";
import { metresOf, secondsOf, unweigh } from "./drive/weight.ts";
import type { KernelName } from "./kernel/kernel.ts";
import type { Net, RoadMap } from "./map/road-map.ts";
import { OFF_MAP_M } from "./off-map.ts";
import { PROFILE } from "./profile.ts";
import type { SegmentIndex, StreetPoint } from "./snap/segment-index.ts";
import { allStopPlaces, StopPlaceIndex } from "./stop-places.ts";
import { Walker } from "./walk/corners.ts";

/** The embedded road engine: one map with a district's conditions on it. */
export class EmbeddedRoads implements RoadEngine {
  readonly identity: RoadIdentity;
  readonly cannot: RoadEngine["cannot"] = {
    isochrone: "areas of time are not drawn",
    "side-of-street": "the side is not told",
    curb: "a drive begins and ends facing either way",
    steps: "drives are not told turn by turn",
  };
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

  async matrix(sources: readonly LatLon[], targets: readonly LatLon[], departS: number): Promise<TravelMatrix> {
    const begins = sources.map((point) => this.onRoad(point));
    const ends = targets === sources ? begins : targets.map((point) => this.onRoad(point));
    const durationsS = new Float64Array(begins.length * ends.length);
    const distancesM = new Float64Array(begins.length * ends.length);
    await this.driving.rows(bandAt(this.conditions.bands, departS), begins, ends, (source, row) => {
      unweigh(row, durationsS, distancesM, source * ends.length);
    });
    return { sources: begins.length, targets: ends.length, durationsS, distancesM };
  }

  async drive(points: readonly LatLon[], departS: number): Promise<Drive> {
    const band = bandAt(this.conditions.bands, departS);
    const road = points.map((point, i) => this.onRoad(point) ?? offMap(i));
    const legs: Drive["legs"][number][] = [];
    const coordinates: Drive["coordinates"][number][] = [];
    for (let i = 1; i < road.length; i++) {
      const { begin, path } = this.driving.path(band, road[i - 1]!, road[i]!);
      legs.push({ distanceM: metresOf(path.weight), durationS: secondsOf(path.weight) });
      if (path.weight === Infinity) continue;
      const line = lineOf(this.driving.net, road[i - 1]!, begin, path, road[i]!);
      coordinates.push(...(coordinates.length > 0 ? line.slice(1) : line));
    }
    return { legs, coordinates };
  }

  async walk(origin: LatLon, targets: readonly LatLon[], options: WalkOptions): Promise<Float64Array> {
    return this.walker.distances(origin, targets, options);
  }

  async stopPlaces(near: readonly LatLon[], withinM: number): Promise<StopPlace[]> {
    this.places ??= new StopPlaceIndex(allStopPlaces(this.map, this.allowed("board")));
    return this.places.near(near, withinM);
  }

  async isochrone(): Promise<Isochrone[]> {
    throw new RoadError("cannot", `The embedded engine cannot answer isochrone: ${this.cannot.isochrone}.`);
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

  private snap(net: Net, { lat, lon, distanceM, street }: StreetPoint): Snap {
    const { ways } = this.map;
    const way = net.way[street]!;
    return {
      lat,
      lon,
      distanceM,
      street: ways.names[ways.name[way]!]!,
      osmWayId: String(ways.osmId[way]),
      roadClass: ways.classes[ways.roadClass[way]!]!,
    };
  }

  private onRoad({ lat, lon }: LatLon): StreetPoint | null {
    return this.busIndex.nearest(lat, lon, OFF_MAP_M, this.drives);
  }
}

function offMap(index: number): never {
  throw new RoadError(
    "off-map",
    `Point ${index + 1} of the drive is more than ${OFF_MAP_M} m from any road that a bus may use. Maybe the map is of another place?`,
    { path: `points/${index}`, values: { index, limitM: OFF_MAP_M } },
  );
}
