import type { Report } from "../../report.ts";
import type { RoutingReading } from "../reading.ts";

/** A run serves several schools only where `mixed_loads` allows each pair of them. */
export function checkMixedLoads({ runs, policy }: RoutingReading, report: Report): void {
  const pairs = new Set(
    Array.isArray(policy.mixed_loads) ? policy.mixed_loads.flatMap(([a, b]) => [`${a} ${b}`, `${b} ${a}`]) : [],
  );
  for (const run of runs.values()) {
    const schools = run.row.school_ids;
    if (schools.length < 2) continue;
    const allowed =
      policy.mixed_loads === "allowed" ||
      schools.every((a, index) => schools.slice(index + 1).every((b) => a === b || pairs.has(`${a} ${b}`)));
    report.check(
      "routing.mixed-loads",
      allowed,
      () => `run ${run.id} carries riders of ${schools.join(", ")} together, which the district does not allow`,
      { run: run.id },
    );
  }
}
