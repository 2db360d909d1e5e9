/**
 * One direction of one service day, as the search sees it: visits to be put on runs, runs to be linked into pieces, pieces driven by kinds of bus.
 *
 * Times are whole ticks (seconds for districts, milliseconds for the public school-bus set). A run goes from its visits to its school.
 * PM is the same thing with time running backwards: the matrix transposed, every time of day negated, so one kernel serves both.
 * All arrays are indexed from 0; bounds are inclusive.
 */
export interface HalfDay {
  /** Rows and columns of `travel`. */
  readonly nodes: number;
  /** Row-major nodes × nodes, drive in ticks; `UNREACHABLE` where no way leads; the diagonal is minus the fixed dwell, which two visits at one place pay once. */
  readonly travel: Int32Array;

  /**
   * Row-major schools × schools: 1 = riders of both may be on one run (mixed loads). Symmetric, the diagonal is 1; `null` = a run serves one school.
   * A run then is a list of items: visits, and `~school` where the riders of a school get off before the last school, which is not listed.
   */
  readonly schoolMixes: Uint8Array | null;

  /** Riders of one school at one place, served by one run. */
  readonly visits: number;
  readonly visitNode: Int32Array;
  readonly visitSchool: Int32Array;
  readonly visitService: Int32Array;
  /** Adds to the time at school, and to when the run may end; 0 throughout where a run serves one school. */
  readonly visitUnload: Int32Array;
  /** Millionths of a bench, so that sums are exact. */
  readonly visitBenches: Int32Array;
  readonly visitWheelchairs: Int32Array;
  readonly visitRiders: Int32Array;
  /** Longest ride of anyone at the visit. */
  readonly visitRideMax: Int32Array;
  /** Bit g = someone of grade g. */
  readonly visitGrades: Int32Array;
  /** Grade → bits of the grades that may be aboard with it. */
  readonly gradeShares: Int32Array;

  readonly schools: number;
  readonly schoolNode: Int32Array;
  /** Unloading (loading) time at the school, part of the run. */
  readonly schoolService: Int32Array;
  /** A run's end (unloading done) lies in [schoolEndMin, schoolEndMax]. */
  readonly schoolEndMin: Int32Array;
  readonly schoolEndMax: Int32Array;
  /** As many runs as the school's curb can turn over in its window. */
  readonly schoolRunsMax: Int32Array;

  /** Buses alike in type, depot and hours. */
  readonly kinds: number;
  readonly kindBenches: Int32Array;
  readonly kindWheelchairs: Int32Array;
  readonly kindDepot: Int32Array;
  readonly kindFrom: Int32Array;
  readonly kindTo: Int32Array;
  readonly kindCount: Int32Array;
  /** Longest that a piece may be out, depot to depot, waits included; `ALL_DAY` = no limit. */
  readonly kindDuty: Int32Array;
  /** Price of using one, in ticks of driving. */
  readonly kindFixed: Float64Array;

  /** Between two runs of a piece, over the drive. */
  readonly linkBuffer: number;
  /** Price of one rider's tick aboard, in ticks of driving. */
  readonly rideWeight: number;

  /** The service before, where changing it has a price or parts of it are locked. */
  readonly before?: Before;
}

/** What the service before was for each visit; `−1`: it had none. */
export interface Before {
  /** Which bus, by any numbering. */
  readonly visitHome: Int32Array;
  /** Kind of each such bus, −1 where it is gone. */
  readonly homeKind: Int32Array;
  readonly visitRide: Int32Array;
  /** When its run ended. */
  readonly visitEnd: Int32Array;
  /** LOCK of each visit. */
  readonly visitLock: Uint8Array;
  /** Price of a rider whose bus is another, in ticks of driving. A run goes by the bus that most of its riders had, a piece by that of most of its runs' riders among the buses of its kind. */
  readonly homePrice: number;
  /** Price of a rider whose time at the stop moves by more than `rideFree`: the ride is that much longer or shorter, or the run cannot end when it did. */
  readonly ridePrice: number;
  readonly rideFree: number;
}

/** How much of the service before stands: a visit stays on its run and bus; nobody joins the run; no run joins its bus's piece. */
export const LOCK = { none: 0, visit: 1, run: 2, piece: 3 } as const;

/** Larger than any day and than any bus’s hours, small enough that four of them add up in 32 bits. */
export const UNREACHABLE = 400_000_000;
/** Hours of a bus that is free all day: from minus to plus this. */
export const ALL_DAY = 190_000_000;

/** Longest run and longest piece that the kernel keeps. */
export const RUN_VISITS_MAX = 96;
export const PIECE_RUNS_MAX = 16;
