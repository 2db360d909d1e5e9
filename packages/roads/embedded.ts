import { setImmediate } from "node:timers/promises";
import {
  type Drive,
  formatClock,
  type LatLon,
  RoadError,
  type RoadIdentity,
  type RoadNetwork,
  type Snap,
  type StopPlace,
  type TravelMatrix,
  type WalkOptions,
} from "@trivium/model";
import { bandAt, type Conditions } from "./conditions/conditions.ts";
import { turningRound } from "./conditions/turning-round.ts";
import { Dijkstra } from "./drive/dijkstra.ts";
import { type Endpoint, endpointAt } from "./drive/endpoints.ts";
import { arcWeights, type Metric } from "./drive/metric.ts";
import { lineOf } from "./drive/shape.ts";
import { metresOf, secondsOf } from "./drive/weight.ts";
import type { BusNet, Net, RoadMap } from "./map/road-map.ts";
import { PROFILE } from "./profile.ts";
import type { SegmentIndex, StreetPoint } from "./snap/segment-index.ts";
import { allStopPlaces, placesNear } from "./stop-places.ts";
import { Walker } from "./walk/corners.ts";

/** A point farther than this from any road that a bus may use is off the map. */
const OFF_MAP_M = 1000;

/** The embedded road engine: one map with a district's conditions on it. */
export class EmbeddedRoads implements RoadNetwork {
  readonly identity: RoadIdentity;
  private readonly map: RoadMap;
  private readonly bus: BusNet;
  private readonly conditions: Conditions;
  private readonly busIndex: SegmentIndex;
  private readonly walkIndex: SegmentIndex;
  private readonly walker: Walker;
  private readonly search: Dijkstra;
  private readonly metrics = new Map<number, Metric>();
  private places: StopPlace[] | undefined;

  constructor(map: RoadMap, conditions: Conditions, busIndex: SegmentIndex, walkIndex: SegmentIndex) {
    this.map = map;
    this.conditions = conditions;
    this.busIndex = busIndex;
    this.walkIndex = walkIndex;
    this.walker = new Walker(map, walkIndex, conditions);
    this.bus = turningRound(map.bus, conditions.closed);
    this.search = new Dijkstra(this.bus);
    this.identity = {
      engine: "embedded",
      map_hash: map.mapHash,
      profile: PROFILE,
      bands: conditions.bands.map((start) => formatClock(start).slice(0, 5)),
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
    const metric = this.metricAt(departS);
    const begins = sources.map((point) => this.endpoint(metric, point));
    const ends = targets.map((point) => this.endpoint(metric, point));
    const weights = new Float64Array(begins.length * ends.length);
    for (let i = 0; i < begins.length; i++) {
      // Others on this thread (a cancel, a progress line) get their turn.
      if (i % 32 === 31) await setImmediate();
      this.search.weights(metric, begins[i]!, ends, weights, i * ends.length);
    }
    return {
      sources: begins.length,
      targets: ends.length,
      durationsS: weights.map(secondsOf),
      distancesM: weights.map(metresOf),
    };
  }

  async drive(points: readonly LatLon[], departS: number): Promise<Drive> {
    const metric = this.metricAt(departS);
    const streetPoints = points.map((point, i) => this.onRoad(point, i));
    const ends = streetPoints.map((point) => endpointAt(this.bus, metric, point));
    const legs: Drive["legs"][number][] = [];
    const coordinates: Drive["coordinates"][number][] = [];
    for (let i = 1; i < ends.length; i++) {
      const path = this.search.path(metric, ends[i - 1]!, ends[i]!);
      legs.push({ distanceM: metresOf(path.weight), durationS: secondsOf(path.weight) });
      if (path.weight === Infinity) continue;
      const line = lineOf(this.bus, streetPoints[i - 1]!, ends[i - 1]!, path, streetPoints[i]!);
      coordinates.push(...(coordinates.length > 0 ? line.slice(1) : line));
    }
    return { legs, coordinates };
  }

  async walk(origin: LatLon, targets: readonly LatLon[], options: WalkOptions): Promise<Float64Array> {
    return this.walker.distances(origin, targets, options);
  }

  async stopPlaces(near: readonly LatLon[], withinM: number): Promise<StopPlace[]> {
    this.places ??= allStopPlaces(this.map, this.allowed("board"));
    return placesNear(this.places, near, withinM);
  }

  private allowed(use: "bus" | "board" | "walk"): (street: number) => boolean {
    if (use === "walk") return this.walker.rulesFor("arterial", undefined).walks;
    const { bus, ways } = this.map;
    const { closed, noStop } = this.conditions;
    const drives = (street: number) =>
      closed[street] === 0 && (bus.alive[2 * street] === 1 || bus.alive[2 * street + 1] === 1);
    if (use === "bus") return drives;
    return (street) => drives(street) && noStop[street] === 0 && ways.board[bus.way[street]!] === 1;
  }

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

  private metricAt(departS: number): Metric {
    const band = bandAt(this.conditions.bands, departS);
    const known = this.metrics.get(band);
    if (known) return known;
    const metric = arcWeights(this.map, this.conditions, band);
    this.metrics.set(band, metric);
    return metric;
  }

  /** A point off the map has no arcs, so no way leads to it. */
  private endpoint(metric: Metric, { lat, lon }: LatLon): Endpoint {
    const point = this.busIndex.nearest(lat, lon, OFF_MAP_M, this.allowed("bus"));
    return point ? endpointAt(this.bus, metric, point) : { on: [], onward: [] };
  }

  private onRoad({ lat, lon }: LatLon, index: number): StreetPoint {
    const point = this.busIndex.nearest(lat, lon, OFF_MAP_M, this.allowed("bus"));
    if (point) return point;
    throw new RoadError(
      "off-map",
      `Point ${index + 1} of the drive is more than ${OFF_MAP_M} m from any road that a bus may use. Maybe the map is of another place?`,
      { path: `points/${index}`, values: { index, limitM: OFF_MAP_M } },
    );
  }
}
