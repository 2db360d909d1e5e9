import {
  type Dataset,
  type MayCross,
  type TableRow,
  TRANSPORTATION_DEFAULTS,
  type TransportationSettings,
} from "@trivium/model";

/** Settings with what holds where the district is silent. */
export type Policy = Required<
  Pick<
    TransportationSettings,
    | "dwell_s"
    | "dwell_per_rider_s"
    | "dwell_wheelchair_s"
    | "service_days"
    | "mixed_loads"
    | "link_buffer_min"
    | "expected_load"
    | "count_pull"
  >
> &
  Pick<TransportationSettings, "ride_vs_direct_max">;

export const policyOf = (dataset: Dataset): Policy => ({ ...TRANSPORTATION_DEFAULTS, ...dataset.settings.routing });

/** A row of `rules.csv` with its defaults. */
export interface GradeRule {
  readonly grade: string;
  readonly walkZoneM: number;
  readonly stopWalkMaxM: number;
  readonly rideMaxMin: number;
  readonly seatsPerRider: number;
  readonly mayCross: MayCross;
  /** Grades that may be aboard together with this one; null = all. */
  readonly shareWith: ReadonlySet<string> | null;
}

export function gradeRuleOf(row: TableRow<"rules">): GradeRule {
  return {
    grade: row.grade,
    walkZoneM: row.walk_zone_m,
    stopWalkMaxM: row.stop_walk_max_m,
    rideMaxMin: row.ride_max_min,
    seatsPerRider: row.seats_per_rider ?? TRANSPORTATION_DEFAULTS.seats_per_rider,
    mayCross: row.may_cross ?? TRANSPORTATION_DEFAULTS.may_cross,
    shareWith: row.share_with && row.share_with.length > 0 ? new Set(row.share_with) : null,
  };
}

/** A school's day as the plan sets it: bells from the plan, windows from the district. Seconds. */
export interface SchoolDay {
  readonly bellStartS: number;
  readonly bellEndS: number;
  readonly arriveEarliestS: number;
  readonly arriveLatestS: number;
  readonly departLatestS: number;
  readonly unloadS: number;
  readonly loadS: number;
  readonly busesAtOnce: number;
}

export function schoolDayOf(
  row: TableRow<"bells">,
  planned: { readonly bell_start: number; readonly bell_end: number } | undefined,
): SchoolDay {
  const given = { ...TRANSPORTATION_DEFAULTS, ...row };
  return {
    bellStartS: planned?.bell_start ?? row.bell_start,
    bellEndS: planned?.bell_end ?? row.bell_end,
    arriveEarliestS: 60 * given.arrive_earliest_min,
    arriveLatestS: 60 * given.arrive_latest_min,
    departLatestS: 60 * given.depart_latest_min,
    unloadS: 60 * given.unload_min,
    loadS: 60 * given.load_min,
    busesAtOnce: row.buses_at_once ?? Number.POSITIVE_INFINITY,
  };
}
