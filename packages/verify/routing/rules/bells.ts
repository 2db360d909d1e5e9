import { formatClock } from "@trivium/model";
import type { Report } from "../../report.ts";
import type { RoutingReading } from "../reading.ts";

/** One row a school: its present start or one of `allowed_starts`, the end moving with it. */
export function checkBells(reading: RoutingReading, report: Report): void {
  const planned = new Map(reading.plan.decisions.bells.map((row) => [row.school_id, row]));
  for (const bell of reading.dataset.tables.bells) {
    const row = planned.get(bell.school_id);
    const where = { school: bell.school_id };
    if (
      !report.check(
        "routing.bells-complete",
        row !== undefined,
        () => `bells.csv has no row for ${bell.school_id}`,
        where,
      )
    )
      continue;
    if (!row) continue;
    const starts = [bell.bell_start, ...(bell.allowed_starts ?? [])];
    report.check(
      "routing.bells-allowed",
      starts.includes(row.bell_start),
      () =>
        `${bell.school_id} may not begin at ${formatClock(row.bell_start)}, only at ${starts.map(formatClock).join(", ")}`,
      where,
    );
    report.agree(
      "routing.bells-length",
      row.bell_end - row.bell_start,
      bell.bell_end - bell.bell_start,
      {},
      `the length of the school day of ${bell.school_id} in seconds`,
      where,
    );
  }
}
