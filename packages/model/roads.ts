/**
 * The port between those who need road times and those who know roads. `packages/roads` implements it twice
 * (embedded engine, OSRM); solvers and the verifier see only this.
 */

export interface LatLon {
  readonly lat: number;
  readonly lon: number;
}

/** Where a point meets the network. */
export interface Snap extends LatLon {
  /** Straight distance from the asked point to the road point. */
  readonly distanceM: number;
  readonly street: string;
  readonly osmWayId: string;
  /** OSM highway value of that way: residential, secondary … */
  readonly roadClass: string;
}

/** Many-to-many drive. Row-major, sources × targets; NaN where no way leads, never zero or a huge number. */
export interface TravelMatrix {
  readonly sources: number;
  readonly targets: number;
  readonly durationsS: Float64Array;
  readonly distancesM: Float64Array;
}

export interface DriveLeg {
  readonly distanceM: number;
  readonly durationS: number;
}

/** One drive through points in order; coordinates are [lon, lat]. */
export interface Drive {
  readonly legs: readonly DriveLeg[];
  readonly coordinates: readonly (readonly [lon: number, lat: number])[];
}

/** Highest class of road that a walker may cross; `none` = the home's side only. */
export type MayCross = "none" | "residential" | "collector" | "arterial";

export interface WalkOptions {
  /** Walks longer than this come back as NaN. */
  readonly limitM: number;
  readonly mayCross: MayCross;
  /** Grade, for hazard roads that bar some grades only. */
  readonly grade?: string;
}

/** A place where a bus may stop for riders, for the engine's own choice of stops. */
export interface StopPlace extends LatLon {
  readonly id: string;
  readonly title: string;
  readonly corner: boolean;
}

export interface RoadIdentity {
  readonly engine: "embedded" | "osrm";
  readonly map_hash: string;
  readonly profile: string;
  /** Starts of the time bands, `HH:MM`; travel times are constant within a band. */
  readonly bands: readonly string[];
}

/**
 * Roads of one district: its map, with its closures, hazard roads and speed factors laid on.
 * Every method takes points as given and snaps them itself; a drive starts and ends at the road points.
 */
export interface RoadNetwork {
  readonly identity: RoadIdentity;
  /** Nearest point of a road that a bus may use (`bus`), may use and stop on (`board`), or of a walkable way (`walk`); null beyond `maxM`. */
  nearest(points: readonly LatLon[], use: "bus" | "board" | "walk", maxM: number): Promise<(Snap | null)[]>;
  /** Drive times and distances. `departS` chooses the time band (seconds after midnight). */
  matrix(sources: readonly LatLon[], targets: readonly LatLon[], departS: number): Promise<TravelMatrix>;
  drive(points: readonly LatLon[], departS: number): Promise<Drive>;
  /** Walking metres from one origin to each target: straight to the nearest walkable way + path + straight to the target; NaN where none within the limit. */
  walk(origin: LatLon, targets: readonly LatLon[], options: WalkOptions): Promise<Float64Array>;
  /** Corners and mid-block places within `withinM` (straight) of any of the points where a bus may use and stop on the road. */
  stopPlaces(near: readonly LatLon[], withinM: number): Promise<StopPlace[]>;
}
