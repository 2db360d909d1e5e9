import { formatClock } from "@trivium/model";
import type { Report } from "../../report.ts";
import { isSchoolRow, type RoutingReading } from "../reading.ts";

interface Change {
  readonly atS: number;
  readonly by: 1 | -1;
}

/** At no time more buses load or unload at a school than its loop holds. Both take the last minutes before a bus leaves; waiting does not count. */
export function checkBusesAtOnce(reading: RoutingReading, report: Report): void {
  const changes = new Map<string, Change[]>();
  for (const run of reading.runs.values())
    for (const stay of run.stays) {
      const day = reading.schoolDays.get(stay.stop_id);
      if (!day || !Number.isFinite(day.busesAtOnce) || !isSchoolRow(reading, run, stay)) continue;
      const beginS = stay.depart - (run.direction === "AM" ? day.unloadS : day.loadS);
      const list = changes.get(stay.stop_id) ?? [];
      list.push({ atS: beginS, by: 1 }, { atS: stay.depart, by: -1 });
      changes.set(stay.stop_id, list);
    }
  for (const [school, list] of changes) {
    const allowed = reading.schoolDays.get(school)?.busesAtOnce ?? Infinity;
    const { most, atS } = fullest(list);
    report.check(
      "routing.buses-at-once",
      most <= allowed,
      () => `${most} buses load or unload at ${school} at ${formatClock(atS)}, its loop holds ${allowed}`,
      { school },
    );
  }
}

/** A bus that leaves makes room for one that begins in the same second. */
function fullest(changes: readonly Change[]): { most: number; atS: number } {
  let [now, most, atS] = [0, 0, 0];
  for (const change of changes.toSorted((a, b) => a.atS - b.atS || a.by - b.by)) {
    now += change.by;
    if (now > most) [most, atS] = [now, change.atS];
  }
  return { most, atS };
}
