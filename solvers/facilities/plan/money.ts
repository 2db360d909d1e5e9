import { FACILITIES_DEFAULTS, type FacilitiesSettings } from "@trivium/model";
import type { Calendar } from "./fiscal-years.ts";

/** Prices of the plan's years. */
export interface Money {
  /** (1 + escalation)^(years to the middle of the plan year), by plan year. */
  readonly escalation: Float64Array;
  /** (1 + discount)^−(years to the middle of the plan year), by plan year. */
  readonly discount: Float64Array;
  readonly emergencyFactor: number;
  /** A visit's mobilization by plan year, escalated. */
  readonly mobilizationUsd: Float64Array;
}

export function readMoney(settings: FacilitiesSettings, calendar: Calendar): Money {
  const escalation = calendar.middle.map(
    (years) => (1 + (settings.escalation ?? FACILITIES_DEFAULTS.escalation)) ** years,
  );
  const mobilization = settings.mobilization_usd ?? FACILITIES_DEFAULTS.mobilization_usd;
  return {
    escalation,
    discount: calendar.middle.map((years) => (1 + (settings.discount ?? FACILITIES_DEFAULTS.discount)) ** -years),
    emergencyFactor: settings.emergency_factor ?? FACILITIES_DEFAULTS.emergency_factor,
    mobilizationUsd: escalation.map((factor) => mobilization * factor),
  };
}
