import type { Random } from "@trivium/engine";
import type { TableRow } from "@trivium/model";

const DATES = ["2027-10-04", "2027-10-06", "2027-10-12"] as const;

/** Recorded arrivals of today's runs on three days: a late or early start of the whole run, and delays that grow with the drive. */
export function gpsOf(stops: readonly TableRow<"today_run_stops">[], random: Random): TableRow<"gps">[] {
  const rows: TableRow<"gps">[] = [];
  for (const date of DATES) {
    let lateS = 0;
    for (const { run_id, seq, stop_id, arrive, leg_s } of stops) {
      if (seq === 1) lateS = Math.round(40 + 110 * normal(random));
      else lateS += Math.round((leg_s ?? 0) * (0.05 + 0.16 * normal(random)));
      if (random.unit() < 0.97) rows.push({ run_id, stop_id, date, arrived: arrive + lateS });
    }
  }
  return rows;
}

/** About normal: the sum of twelve uniforms less six. */
function normal(random: Random): number {
  let sum = -6;
  for (let draw = 0; draw < 12; draw++) sum += random.unit();
  return sum;
}
