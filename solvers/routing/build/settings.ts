import type { SolveOptions } from "@trivium/engine";
import { type Dataset, TRANSPORTATION_DEFAULTS } from "@trivium/model";
import type { RoutingSettings } from "../problem.ts";

/** Objective weights and their defaults; MODEL.md says what each multiplies. */
const WEIGHTS = { buses: 1, ride: 0.02, walk: 0.3, bells: 0.1, on_time: 0 } as const;

/** The district's settings with the defaults filled in, the solve's weights over the district's. */
export function settingsOf(dataset: Dataset, options: SolveOptions): RoutingSettings {
  const given = { ...TRANSPORTATION_DEFAULTS, ...dataset.settings.routing };
  return {
    dwellS: given.dwell_s,
    dwellPerRiderS: given.dwell_per_rider_s,
    dwellWheelchairS: given.dwell_wheelchair_s,
    serviceDays: given.service_days,
    linkBufferS: Math.ceil(given.link_buffer_min * 60),
    rideVsDirectMax: given.ride_vs_direct_max ?? Infinity,
    expectedLoad: given.expected_load,
    countPull: given.count_pull,
    weights: { ...WEIGHTS, ...given.weights, ...options.weights },
  };
}
