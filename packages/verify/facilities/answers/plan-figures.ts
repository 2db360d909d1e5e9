import type { Report } from "../../report.ts";
import { type Done, doneBy, type Project, type Reading, totalUsd } from "../reading.ts";
import { fciByYear, objectiveUsd, totalStream } from "../stream.ts";
import type { Fields } from "./answer-rule.ts";

/** What a list of projects does, and what nothing would do; unrounded. */
export interface PlanFigures {
  readonly projects: number;
  readonly spend_usd: number;
  readonly objective_usd: number;
  readonly saved_usd: number;
  readonly expected_failures: number;
  readonly emergency_usd: number;
  readonly fci_end: number;
}

/** The reading's own projects, or another list; O(live assets × years²). */
export function planFigures(reading: Reading, projects: readonly Project[] = reading.projects): PlanFigures {
  const planned = doneBy(projects);
  const done = (id: string): Done | undefined => planned.get(id);
  const stream = totalStream(reading, done);
  const sum = (values: readonly number[]) => values.reduce((total, each) => total + each, 0);
  const objective = objectiveUsd(stream, reading);
  return {
    projects: projects.length,
    spend_usd: totalUsd(projects),
    objective_usd: objective,
    saved_usd: nothingUsd(reading) - objective,
    expected_failures: sum(stream.failures),
    emergency_usd: sum(stream.emergencyUsd),
    fci_end: fciByYear(reading, done).at(-1) ?? 0,
  };
}

/** The objective if nothing is planned. */
export const nothingUsd = (reading: Reading): number =>
  objectiveUsd(
    totalStream(reading, () => undefined),
    reading,
  );

/** Holds the figures that an answer claims under these names (fans aside) against the recomputed ones; rounded cells of the outlook move sums by less than 0.2 %. */
export function agreeOnFigures(
  rule: string,
  claimed: Fields,
  actual: PlanFigures,
  report: Report,
  whose: string,
): void {
  const whole = Math.abs(actual.objective_usd) + Math.abs(actual.saved_usd);
  const tolerances: Readonly<Record<string, { absolute?: number; relative?: number }>> = {
    spend_usd: { relative: 0.002, absolute: 0.02 },
    objective_usd: { relative: 0.002, absolute: 1 },
    saved_usd: { absolute: 0.002 * whole + 1 },
    expected_failures: { relative: 0.002, absolute: 0.005 },
    emergency_usd: { relative: 0.002, absolute: 1 },
    fci_end: { absolute: 0.0005 },
  };
  for (const [name, value] of Object.entries(actual))
    if (claimed[name] !== undefined && typeof claimed[name] !== "object")
      report.agree(rule, claimed[name] as number, value, tolerances[name] ?? {}, `${name} of ${whose}`);
}
