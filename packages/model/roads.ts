/**
 * The port between those who need road times and those who know roads. `packages/roads` implements it twice
 * (embedded engine, OSRM); solvers and the verifier see only `RoadNetwork`.
 */

export interface LatLon {
  readonly lat: number;
  readonly lon: number;
}

export type Coordinate = readonly [lon: number, lat: number];

/** Where a point meets the network. */
export interface Snap extends LatLon {
  /** Straight distance from the asked point to the road point. */
  readonly distanceM: number;
  readonly street: string;
  /** Empty where there is only an OSRM server and no extract: it does not tell. */
  readonly osmWayId: string;
  /** OSM highway value of that way: residential, secondary …; empty as above. */
  readonly roadClass: string;
  /**
   * On which side of the street the asked point lies: `headingDeg` is the street's direction there as the map draws it (degrees clockwise from
   * north, 0 ≤ h < 360), and the point is to its left or right, or so near to the line (1.5 m) that it is `on` it. Absent where the engine cannot tell.
   */
  readonly side?: { readonly headingDeg: number; readonly lies: "left" | "right" | "on" };
}

/** Many-to-many drive. Row-major, sources × targets; NaN where no way leads, never zero or a huge number. */
export interface TravelMatrix {
  readonly sources: number;
  readonly targets: number;
  readonly durationsS: Float64Array;
  readonly distancesM: Float64Array;
}

/** What a driver does at the start of a step, in OSRM's words for the direction. */
export type Manoeuvre =
  | "depart"
  | "straight"
  | "slight left"
  | "left"
  | "sharp left"
  | "slight right"
  | "right"
  | "sharp right"
  | "u-turn"
  | "roundabout"
  | "arrive";

/** A stretch between two manoeuvres. */
export interface DriveStep {
  readonly manoeuvre: Manoeuvre;
  /** Which exit of a roundabout is taken, 1 = the first. */
  readonly exit?: number;
  /** Street driven after the manoeuvre; empty where it has no name. */
  readonly street: string;
  /** A line of a driver's sheet: "Turn left onto Mill Lane". */
  readonly instruction: string;
  readonly distanceM: number;
  readonly durationS: number;
  /** Its line, from the place of the manoeuvre on; the last step of a leg ("arrive") has one point. */
  readonly coordinates: readonly Coordinate[];
}

/** NaN where no way leads. */
export interface DriveLeg {
  readonly distanceM: number;
  readonly durationS: number;
  /** Where they were asked for: the first departs, the last arrives; their distances and durations add up to the leg's. Empty where no way leads. */
  readonly steps?: readonly DriveStep[];
}

/** One drive through points in order. */
export interface Drive {
  readonly legs: readonly DriveLeg[];
  readonly coordinates: readonly Coordinate[];
}

/**
 * How a bus stands at a point in mid-street. `either`: facing any way that the street allows. `curb`: at the kerb on the point's own side
 * (traffic keeps right), so it arrives and leaves in that one direction; a point that lies on the line, at a junction or beside a one-way street is `either`.
 */
export type Approach = "either" | "curb";

export interface DriveOptions {
  /** `either` where it is not given; holds for all points. */
  readonly approach?: Approach;
}

export interface RouteOptions extends DriveOptions {
  /** Steps of every leg too. */
  readonly steps?: boolean;
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

/** Area around the ways that are reached, as a GeoJSON MultiPolygon has it: polygons, each an outer ring and its holes, each closed. */
export type ReachedArea = readonly (readonly (readonly Coordinate[])[])[];

/** Where a bus gets to from a point within a time. */
export interface Isochrone {
  readonly limitS: number;
  readonly area: ReachedArea;
}

/** A walk as it is drawn on a map: from the asked point over the ways to the other. */
export interface WalkPath {
  readonly distanceM: number;
  readonly coordinates: readonly Coordinate[];
}

export interface RoadIdentity {
  readonly engine: "embedded" | "osrm";
  readonly map_hash: string;
  readonly profile: string;
  /** Starts of the time bands, `HH:MM`; travel times are constant within a band. */
  readonly bands: readonly string[];
  /** Version of OSRM, where Trivium started it. */
  readonly engine_version?: string;
  /** Why the embedded engine answers everything although an OSRM server was named. */
  readonly instead_of_osrm?: string;
  /** What the embedded engine answered in OSRM's place, on the same extract. */
  readonly embedded_for?: readonly RoadAbility[];
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
  matrix(
    sources: readonly LatLon[],
    targets: readonly LatLon[],
    departS: number,
    options?: DriveOptions,
  ): Promise<TravelMatrix>;
  /** @throws RoadError off-map, with the point's index and its distance to the nearest road in `values` */
  drive(points: readonly LatLon[], departS: number, options?: RouteOptions): Promise<Drive>;
  /** Walking metres from one origin to each target: straight to the nearest walkable way + path + straight to the target; NaN where none within the limit. */
  walk(origin: LatLon, targets: readonly LatLon[], options: WalkOptions): Promise<Float64Array>;
  /** Corners and mid-block places within `withinM` (straight) of any of the points where a bus may use and stop on the road. */
  stopPlaces(near: readonly LatLon[], withinM: number): Promise<StopPlace[]>;
}

/** What an engine may be unable to do. */
export type RoadAbility =
  | "nearest-board"
  | "nearest-walk"
  | "side-of-street"
  | "walk"
  | "stop-places"
  | "isochrone"
  | "closures"
  | "speed-factors"
  | "curb"
  | "steps";

/** A whole road engine: what solvers need, and what a transportation office asks beside. */
export interface RoadEngine extends RoadNetwork {
  /** Declared, each with its reason: a call that needs one is refused (RoadError cannot), never answered by a guess. */
  readonly cannot: Readonly<Partial<Record<RoadAbility, string>>>;
  /** One for each limit, in the order asked; `limitsS` in seconds. @throws RoadError off-map */
  isochrone(origin: LatLon, limitsS: readonly number[], departS: number): Promise<Isochrone[]>;
  /** The walk whose length `RoadNetwork.walk` gives; null where there is none within the limit. */
  walkPath(origin: LatLon, target: LatLon, options: WalkOptions): Promise<WalkPath | null>;
  /** What is reached on foot from a point within `options.limitM`; empty where no walkable way is near. */
  walkArea(origin: LatLon, options: WalkOptions): Promise<ReachedArea>;
  /** Stops what the engine started (a server, threads); a second call does nothing. */
  close(): Promise<void>;
}
