import {
  type Drive,
  type DriveOptions,
  type Isochrone,
  type LatLon,
  type ReachedArea,
  type RoadAbility,
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
import { bandAt } from "../conditions/conditions.ts";
import { OFF_MAP_M } from "../off-map.ts";
import type { OsrmClient } from "./client.ts";
import { driveOf, type OsrmRoute, routeOf } from "./steps.ts";
import { type OsrmSnap, osrmMatrix, osrmSnaps } from "./tables.ts";

/** What OSRM is run with. */
export interface OsrmRoadsParts {
  readonly identity: RoadIdentity;
  /** Starts of the time bands, seconds after midnight, ascending from 0. */
  readonly bands: readonly number[];
  /** The server of a band, started when it is first asked for. */
  client(band: number): Promise<OsrmClient>;
  /** A place on the main network, where the extract tells one. */
  readonly main?: LatLon;
  /** The embedded engine on the same extract, which answers what OSRM cannot; absent where there is only a server. */
  readonly local?: RoadEngine;
  readonly cannot: RoadEngine["cannot"];
  close(): Promise<void>;
}

/** OSRM's road point and the embedded engine's are the same place when they lie this near. */
const SAME_PLACE_M = 2;

/**
 * A real OSRM as the road engine: drives come from its servers, one dataset a time band. What OSRM has no notion of (a second network for feet with
 * crossing rules by grade, where a bus may stop, the class of a street and the side of it) the embedded engine says, on the same extract.
 */
export class OsrmRoads implements RoadEngine {
  readonly identity: RoadIdentity;
  readonly cannot: RoadEngine["cannot"];
  private readonly parts: OsrmRoadsParts;

  constructor(parts: OsrmRoadsParts) {
    this.parts = parts;
    this.identity = parts.identity;
    this.cannot = parts.cannot;
  }

  async nearest(points: readonly LatLon[], use: "bus" | "board" | "walk", maxM: number): Promise<(Snap | null)[]> {
    if (use !== "bus") return this.local(use === "walk" ? "nearest-walk" : "nearest-board").nearest(points, use, maxM);
    const snaps = await osrmSnaps(await this.parts.client(0), points, this.parts.main);
    return Promise.all(snaps.map((snap, i) => (snap.distanceM <= maxM ? this.known(points[i]!, snap) : null)));
  }

  async matrix(
    sources: readonly LatLon[],
    targets: readonly LatLon[],
    departS: number,
    { approach = "either" }: DriveOptions = {},
  ): Promise<TravelMatrix> {
    const client = await this.clientAt(departS);
    return osrmMatrix(client, sources, targets, { offMapM: OFF_MAP_M, ...(approach === "curb" ? { approach } : {}) });
  }

  async drive(points: readonly LatLon[], departS: number, options: RouteOptions = {}): Promise<Drive> {
    if (points.length < 2) return { legs: [], coordinates: [] };
    return this.through(await this.clientAt(departS), points, options, 0);
  }

  async walk(origin: LatLon, targets: readonly LatLon[], options: WalkOptions): Promise<Float64Array> {
    return this.local("walk").walk(origin, targets, options);
  }

  async stopPlaces(near: readonly LatLon[], withinM: number): Promise<StopPlace[]> {
    return this.local("stop-places").stopPlaces(near, withinM);
  }

  async isochrone(origin: LatLon, limitsS: readonly number[], departS: number): Promise<Isochrone[]> {
    return this.local("isochrone").isochrone(origin, limitsS, departS);
  }

  async walkPath(origin: LatLon, target: LatLon, options: WalkOptions): Promise<WalkPath | null> {
    return this.local("walk").walkPath(origin, target, options);
  }

  async walkArea(origin: LatLon, options: WalkOptions): Promise<ReachedArea> {
    return this.local("walk").walkArea(origin, options);
  }

  async close(): Promise<void> {
    await this.parts.close();
    await this.parts.local?.close();
  }

  /** The server that answers at a time of day, for those who ask it what the interface does not. */
  clientAt(departS: number): Promise<OsrmClient> {
    return this.parts.client(bandAt(this.parts.bands, departS));
  }

  /** The embedded engine, where what is asked was declared as its to answer. */
  private local(ability: RoadAbility): RoadEngine {
    const reason = this.cannot[ability];
    if (this.parts.local !== undefined && reason === undefined) return this.parts.local;
    throw new RoadError("cannot", `The OSRM engine cannot answer ${ability}: ${reason}`, { values: { ability } });
  }

  /**
   * A drive through all points at once; where some leg has no way, or the points are too many for the server, through each half of them.
   * @param first index of the first point in the drive that was asked for
   */
  private async through(
    client: OsrmClient,
    points: readonly LatLon[],
    options: RouteOptions,
    first: number,
  ): Promise<Drive> {
    const route = await this.route(client, points, options, first);
    if (typeof route === "object") return driveOf(route, options.steps === true);
    if (points.length === 2) {
      if (route === "too many")
        throw new RoadError("osrm-TooBig", `The OSRM server at ${client.url} refuses a drive of two points.`);
      const none = { distanceM: Number.NaN, durationS: Number.NaN, ...(options.steps ? { steps: [] } : {}) };
      return { legs: [none], coordinates: [] };
    }
    const middle = points.length >> 1;
    const before = await this.through(client, points.slice(0, middle + 1), options, first);
    const after = await this.through(client, points.slice(middle), options, first + middle);
    const joined = before.coordinates.length > 0 ? after.coordinates.slice(1) : after.coordinates;
    return { legs: [...before.legs, ...after.legs], coordinates: [...before.coordinates, ...joined] };
  }

  /** @throws RoadError off-map */
  private async route(
    client: OsrmClient,
    points: readonly LatLon[],
    { approach, steps }: RouteOptions,
    first: number,
  ): Promise<OsrmRoute | "no way" | "too many"> {
    const answer = await client
      .ask("route", {
        coordinates: points.map(({ lat, lon }) => [lat, lon] as const),
        overview: "full",
        geometries: "geojson",
        steps: steps === true,
        continue_straight: false,
        generate_hints: false,
        ...(approach === "curb" ? { approaches: points.map(() => "curb") } : {}),
      })
      .catch((error) => {
        if (error instanceof RoadError && error.code === "osrm-NoRoute") return "no way" as const;
        if (error instanceof RoadError && error.code === "osrm-TooBig") return "too many" as const;
        throw error;
      });
    if (answer === "no way" || answer === "too many") return answer;
    const route = routeOf(answer, points.length, client.url);
    route.waypoints.forEach(({ distance }, i) => {
      if (distance > OFF_MAP_M) throw offMap(first + i, distance);
    });
    return route;
  }

  /** OSRM's road point, with what the embedded engine knows of the street. */
  private async known(asked: LatLon, found: OsrmSnap): Promise<Snap> {
    const [there] = (await this.parts.local?.nearest([found], "bus", SAME_PLACE_M)) ?? [];
    const [own] = (await this.parts.local?.nearest([asked], "bus", OFF_MAP_M)) ?? [];
    const side = own && own.osmWayId === there?.osmWayId ? own.side : undefined;
    return {
      ...found,
      osmWayId: there?.osmWayId ?? "",
      roadClass: there?.roadClass ?? "",
      ...(side ? { side } : {}),
    };
  }
}

function offMap(index: number, distanceM: number): RoadError {
  return new RoadError(
    "off-map",
    `Point ${index + 1} of the drive is ${Math.round(distanceM)} m from the nearest road that a bus may use (at most ${OFF_MAP_M} m are bridged). Maybe the map is of another place?`,
    { path: `points/${index}`, values: { index, distanceM, limitM: OFF_MAP_M } },
  );
}
