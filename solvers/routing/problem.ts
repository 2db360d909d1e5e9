import type { MayCross, TableRow } from "@trivium/model";

export type Direction = "AM" | "PM";

/** `transportation/settings.json` with every default filled in; seconds and metres. */
export interface RoutingSettings {
  readonly dwellS: number;
  readonly dwellPerRiderS: number;
  readonly dwellWheelchairS: number;
  readonly serviceDays: number;
  readonly linkBufferS: number;
  readonly rideVsDirectMax: number;
  readonly expectedLoad: boolean;
  readonly countPull: boolean;
  readonly weights: {
    readonly buses: number;
    readonly ride: number;
    readonly walk: number;
    readonly bells: number;
    readonly on_time: number;
  };
}

export interface SchoolStop {
  readonly id: string;
  readonly name: string;
  /** Index in `places`: the road point where buses stand. */
  readonly place: number;
  readonly bellStartS: number;
  readonly bellEndS: number;
  /** When it may begin, the present start first. The end and all windows move with it. */
  readonly allowedStartsS: readonly number[];
  /** Unloading ends in [amEndMinS, amEndMaxS]; loading begins in [pmBeginMinS, pmBeginMaxS]. */
  readonly amEndMinS: number;
  readonly amEndMaxS: number;
  readonly pmBeginMinS: number;
  readonly pmBeginMaxS: number;
  readonly unloadS: number;
  readonly loadS: number;
  readonly busesAtOnce: number;
}

/** What `rules.csv` says of a grade. */
export interface GradeRule {
  readonly grade: string;
  readonly walkZoneM: number;
  readonly stopWalkMaxM: number;
  readonly rideMaxMin: number;
  readonly seatsPerRider: number;
  readonly mayCross: MayCross;
}

/** A place that buses go to: a stop, a home, a school or a depot. */
export interface Place {
  readonly id: string;
  readonly lat: number;
  readonly lon: number;
  readonly title: string;
}

/** A student in one direction, with all that a plan needs to know of the ride. */
export interface Ride {
  readonly studentId: string;
  readonly direction: Direction;
  readonly school: number;
  /** Index in GRADES. */
  readonly grade: number;
  /** Millionths of a bench. */
  readonly benches: number;
  readonly wheelchair: boolean;
  readonly rideMaxS: number;
  /** Boards at the road point nearest home. */
  readonly atHome: boolean;
  /** Where the student boards or alights: index in `places`. */
  readonly place: number;
  readonly walkM: number;
  /** Other chosen places in reach, nearest first, for questions and for closing stops. */
  readonly reach: readonly { readonly place: number; readonly walkM: number }[];
  readonly least: LeastDrive;
  /** The same ride in the service that is to change little, where it was part of it. */
  readonly before?: RideBefore;
}

export interface RideBefore {
  readonly stopId: string;
  readonly runId: string;
  readonly busId: string;
  readonly rideS: number;
  /** AM: off the bus at school; PM: away from it. */
  readonly schoolS: number;
  /** LOCK of the kernel. */
  readonly lock: number;
  readonly stopLocked: boolean;
}

/** A ride of that service. */
export interface BaselineRow {
  readonly student_id: string;
  readonly direction: Direction;
  readonly stop_id: string;
  readonly run_id: string;
  readonly bus_id?: string;
  /** At the stop: boarding in the morning, alighting in the afternoon; at school: off the bus, or away from it. */
  readonly at: number;
  readonly at_school: number;
}

/** The service that is to change little, what a change costs, USD a year, and what may not change at all. */
export interface Baseline {
  readonly rows: readonly BaselineRow[];
  readonly pricesUsd: Readonly<Record<"student" | "stop" | "time" | "bus", number>>;
  readonly locks: Readonly<Record<"students" | "stops" | "runs" | "buses", ReadonlySet<string>>>;
}

/**
 * What no plan drives less for a rider, whichever stop in reach is chosen, at the fastest of the direction's bands; for bounds. Seconds.
 * `directS`: between the stop and the school; `tripS`: the same and on from there to (before that from) the nearest school of all.
 */
export interface LeastDrive {
  readonly directS: number;
  readonly tripS: number;
}

/** Riders of one school who board together at one place, served by one run. */
export interface Visit {
  readonly place: number;
  readonly school: number;
  /** Indices in `rides`. */
  readonly rides: readonly number[];
  readonly rideMaxS: number;
  readonly dwellS: number;
}

/** Buses alike in type, depot and hours. */
export interface BusKind {
  readonly typeId: string;
  readonly depotId: string;
  /** Index in `places`. */
  readonly depot: number;
  readonly busIds: readonly string[];
  /** So many may be out in a direction, so long each: drivers may be fewer than buses. */
  readonly most: Readonly<Record<Direction, number>>;
  readonly dutyMaxS: Readonly<Record<Direction, number>>;
  readonly benches: number;
  readonly wheelchairs: number;
  readonly fromS: number;
  readonly toS: number;
  readonly rangeM: number;
  readonly costFixedUsd: number;
}

/** Who drives a bus's morning, its afternoon or both. */
export interface Driver {
  readonly id: string;
  /** null: any. */
  readonly depotId: string | null;
  /** Leaving the depot to being back, morning and afternoon together. */
  readonly dutyMaxS: number;
  readonly available: readonly Direction[];
}

export interface BusType {
  readonly id: string;
  readonly costFixedUsd: number;
  readonly costPerMileUsd: number;
  readonly costPerHourUsd: number;
  readonly mpg: number;
  readonly kwhPerMile: number;
  readonly electric: boolean;
  readonly fuelPriceUsd: number;
  readonly co2KgPerGallon: number;
}

type UnservedReason =
  | "no_location"
  | "no_stop_in_reach"
  | "barred_crossing"
  | "ride_too_long"
  | "no_lift"
  | "no_capacity"
  | "no_bus";

export interface Unserved {
  readonly studentId: string;
  readonly direction: Direction;
  readonly reason: UnservedReason;
  readonly fix: string;
}

/** Drive among all places by time band: row-major places × places, whole seconds and metres; −1 where no way leads. */
export interface Drives {
  /** Start of each band, seconds after midnight, ascending. */
  readonly bandStartS: readonly number[];
  readonly durationS: readonly Int32Array[];
  readonly distanceM: readonly Int32Array[];
  /** The slowest of the bands in which AM (PM) service drives: what the search plans with, so that any departure keeps its times. */
  readonly slowestS: Readonly<Record<Direction, Int32Array>>;
}

export interface Today {
  readonly runs: readonly TableRow<"today_runs">[];
  readonly runStops: readonly TableRow<"today_run_stops">[];
  readonly assignments: readonly TableRow<"today_assignments">[];
  readonly routes: readonly TableRow<"today_routes">[];
}

/** What the routing engine solves: plain values and typed arrays, built once from a dataset and its roads. */
export interface RoutingProblem {
  readonly settings: RoutingSettings;
  readonly schools: readonly SchoolStop[];
  readonly places: readonly Place[];
  readonly rides: readonly Ride[];
  readonly visits: Readonly<Record<Direction, readonly Visit[]>>;
  readonly kinds: readonly BusKind[];
  /** Empty: drivers are no limit. */
  readonly drivers: readonly Driver[];
  readonly types: readonly BusType[];
  readonly typeOfBus: Readonly<Record<string, string>>;
  /** Grade → bits of the grades that may be aboard with it; by index in GRADES. */
  readonly gradeShares: Int32Array;
  /** Row-major schools × schools: 1 = their riders may share a run; null where no two may. */
  readonly schoolMixes: Uint8Array | null;
  readonly drives: Drives;
  readonly rules: readonly GradeRule[];
  /** For each school the fastest drive to (from) it from (to) any place where one of its riders may board, chosen or not; for bounds. */
  readonly nearestS: readonly { readonly toSchool: number; readonly fromSchool: number }[];
  readonly unserved: readonly Unserved[];
  readonly today: Today | null;
  /** Null where no change has a price and nothing is locked. */
  readonly baseline: Baseline | null;
}
