/** Shapes of what a routing plan's questions answer: plain JSON. Times are seconds after midnight, as in the plan. */

/**
 * `{ kind: "on_time", samples?, seed?, drive_sd?, day_sd?, dwell_sd? }`: the day driven many times with noise on every drive and stop.
 * On time: in the morning off the bus by the bell, in the afternoon away from school by the latest departure.
 */
export interface OnTimeAnswer {
  readonly samples: number;
  readonly seed: number;
  /** Standard deviations, as shares of the planned time, of one leg, of all of a half day's legs together, and of one stop. */
  readonly drive_sd: number;
  readonly day_sd: number;
  readonly dwell_sd: number;
  readonly by_direction: readonly OnTime[];
  readonly by_tier: readonly (OnTime & { readonly bell: number })[];
  readonly by_school: readonly (OnTime & { readonly school_id: string })[];
  /** Least reliable first. */
  readonly by_run: readonly RunOnTime[];
  /** Links whose next run is late more often than one day in twenty, and what five minutes more between the two would win. */
  readonly buffers: readonly BufferGain[];
}

/** Chances weigh each run by its riders. */
export interface OnTime {
  readonly direction: "AM" | "PM";
  readonly riders: number;
  readonly on_time_chance: number;
}

export interface RunOnTime extends OnTime {
  readonly run_id: string;
  readonly bus_id: string;
  readonly school_ids: readonly string[];
  /** Which of its piece's runs it is, from 1. */
  readonly nth: number;
  readonly late_min_mean: number;
  readonly late_min_p95: number;
  /** Minutes earlier that would make it on time on 19 days of 20; 0 where it is. */
  readonly earlier_min: number;
}

export interface BufferGain {
  readonly bus_id: string;
  readonly after_run: string;
  readonly before_run: string;
  readonly slack_min: number;
  readonly on_time_chance: number;
  readonly chance_with_5_min_more: number;
}

/** `{ kind: "absent_buses", bus_ids? , count? }`: who drives the runs of buses (or drivers) that are missing today, with every other run as published. */
export interface AbsentBusesAnswer {
  readonly bus_ids: readonly string[];
  /** `asked`, or `least harm`: of that many, those whose runs are covered with the fewest student-minutes late. */
  readonly chosen: "asked" | "least harm";
  readonly covered: readonly CoveredRun[];
  /** Runs that no other bus can drive today, and why. */
  readonly uncovered: readonly { readonly run_id: string; readonly riders: number; readonly reason: string }[];
  /** Published runs that come later because their bus doubles. */
  readonly delayed: readonly {
    readonly run_id: string;
    readonly bus_id: string;
    readonly late_min: number;
    readonly riders: number;
  }[];
  readonly student_minutes_late: number;
  readonly riders_without_bus: number;
}

export interface CoveredRun {
  readonly run_id: string;
  readonly bus_id: string;
  /** Published run after which the bus drives it; null = first thing. */
  readonly after_run: string | null;
  readonly riders: number;
  /** When it is at its first row instead of the published time, and how late that makes it for the bell (PM: for its latest departure). */
  readonly begins: number;
  readonly late_min: number;
}

/**
 * `{ kind: "move_student", student_id, direction, to_run_id, to_stop_id?, before_stop_id? }` and `{ kind: "move_stop", stop_id, direction, run_id, to_run_id, before_stop_id? }`:
 * what a drag in the plan would do, before anything is solved. Drives are those of the slowest time band, as in the search.
 */
export interface MoveAnswer {
  /** Whether every rule that a run is held to would still hold. */
  readonly legal: boolean;
  readonly breaks: readonly { readonly rule: string; readonly says: string }[];
  readonly students: readonly string[];
  readonly direction: "AM" | "PM";
  readonly from: { readonly run_id: string; readonly bus_id: string; readonly stop_id: string };
  readonly to: {
    readonly run_id: string;
    readonly bus_id: string;
    readonly stop_id: string;
    readonly new_stop_on_run: boolean;
  };
  /** Miles, fuel, and the hours that the buses are out longer or shorter; a bus that is no longer needed at all. */
  readonly usd_per_year: number;
  /** By how much the run that takes them gets longer, the other shorter, and what of it the day of the bus cannot take up. */
  readonly added_min: number;
  readonly saved_min: number;
  readonly late_min: number;
  /** Longest ride of those who are moved, before and after; and by how much anyone else's gets longer at most. */
  readonly ride_min_before: number;
  readonly ride_min: number;
  readonly others_longer_min: number;
  /** The run that would have no riders left. */
  readonly run_ends: string | null;
  /** When each run calls where: AM leaves, PM arrives. */
  readonly stops: readonly {
    readonly run_id: string;
    readonly stop_id: string;
    readonly before: number | null;
    readonly at: number;
  }[];
}

/** `{ kind: "lint", of? }`: what a dispatcher should look at before a plan, or today's service, is published. */
export interface LintAnswer {
  readonly of: "plan" | "today";
  readonly findings: readonly LintFinding[];
  /** Findings by what they are. */
  readonly counts: Readonly<Record<string, number>>;
}

export interface LintFinding {
  readonly what:
    | "empty_run"
    | "no_bus"
    | "double_booking"
    | "link_too_short"
    | "over_capacity"
    | "wrong_vehicle"
    | "not_called_at"
    | "late_for_bell"
    | "before_bell";
  readonly run_id: string;
  readonly bus_id: string | null;
  readonly says: string;
}
