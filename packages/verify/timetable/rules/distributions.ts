import type { TimetableDistribution } from "@trivium/model";
import type { Report } from "../../report.ts";
import type { Reading } from "../reading.ts";
import { GROUPS } from "./groups.ts";
import { PAIRS } from "./pairs.ts";

/** Checks the required constraints. @returns the penalty of the others, before its weight */
export function checkDistributions(reading: Reading, report: Report): number {
  let penalty = 0;
  reading.instance.distributions.forEach((distribution, i) => {
    const { kind, parameters, required, classes } = distribution;
    const violations = violationsOf(reading, distribution);
    if (required)
      report.check(
        `timetable.${kind}`,
        violations === 0,
        () =>
          `${kind}${parameters.length > 0 ? `(${parameters})` : ""} of classes ${classes.join(", ")} is broken (${violations})`,
        { distribution: i + 1 },
      );
    else penalty += penaltyOf(reading, distribution, violations);
  });
  return penalty;
}

function violationsOf(reading: Reading, { kind, parameters, classes }: TimetableDistribution): number {
  const placements = classes.flatMap((id) => reading.placements.get(id) ?? []);
  const kept = PAIRS[kind];
  if (!kept) return GROUPS[kind]?.(placements, parameters, reading.instance) ?? 0;
  let broken = 0;
  placements.forEach((a, i) => {
    for (const b of placements.slice(i + 1)) if (!kept(a, b, parameters[0], reading)) broken++;
  });
  return broken;
}

/** A violation of a day is counted in every week that has it, and the sum divided by the weeks, rounded down. */
const penaltyOf = ({ instance }: Reading, { kind, penalty }: TimetableDistribution, violations: number): number =>
  kind in PAIRS || kind === "MaxDays" ? penalty * violations : Math.floor((penalty * violations) / instance.nrWeeks);
