import type { BudgetLimits } from "@trivium/engine";
import type { Area, SolveSettings } from "@trivium/model";

/** Wall seconds of a solve that was given neither a time nor an iteration limit. */
const DEFAULT_TIME_S: Readonly<Record<Area, number>> = { scheduling: 30, routing: 30, facilities: 20 };

/** However long the preparation took, the search keeps this share of the time limit. */
const LEAST_SEARCH_SHARE = 0.25;

/**
 * Finishing and verifying an answer to a what-if, as a multiple of what its preparation took: somebody waits for it, so it is within the
 * limit. Measured on schools of 600 to 4,500 students; in the other areas little follows the search.
 */
const AFTERWARDS: Readonly<Record<Area, number>> = { scheduling: 4, routing: 0, facilities: 0 };

/**
 * The search's budget. A time limit counts from the start of the solve, so what roads and build took (`preparedS`) is taken off it;
 * of a solve that starts from a plan, what is to follow too.
 * Iterations alone set no clock: then the same seed gives the same plan byte for byte.
 */
export function searchLimits(area: Area, settings: SolveSettings, preparedS: number, fromPlan = false): BudgetLimits {
  const { iterations } = settings;
  const timeS = settings.time_s ?? (iterations === undefined ? DEFAULT_TIME_S[area] : undefined);
  const othersS = preparedS * (1 + (fromPlan ? AFTERWARDS[area] : 0));
  return {
    ...(iterations === undefined ? {} : { iterations }),
    ...(timeS === undefined ? {} : { timeS: Math.max(timeS * LEAST_SEARCH_SHARE, timeS - othersS) }),
  };
}

/** One thread unless told otherwise, on every machine: threads are part of what makes a plan reproducible. */
export const threadsOf = (settings: SolveSettings): number => settings.threads ?? 1;
export const seedOf = (settings: SolveSettings): number => settings.seed ?? 1;
