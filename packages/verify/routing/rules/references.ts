import { PLAN_TABLES, rowKey, UNMET_TABLE } from "@trivium/model";
import type { Report } from "../../report.ts";
import type { RoutingReading } from "../reading.ts";

/** Every id that the plan names exists, and no row is told twice. */
export function checkReferences(reading: RoutingReading, report: Report): void {
  const { decisions, unmet } = reading.plan;
  const known = (what: string, id: string | undefined, among: { has(id: string): boolean }, table: string) =>
    report.check(
      "routing.known-ids",
      id !== undefined && among.has(id),
      () => `${table} names ${what} ${id ?? "(none)"}, which does not exist`,
      {
        [what]: id ?? "",
      },
    );
  const students = new Set(reading.dataset.tables.students.map((row) => row.student_id));
  for (const row of decisions.runs) {
    known("bus", row.bus_id, reading.buses, "runs.csv");
    for (const school of row.school_ids) known("school", school, reading.schools, "runs.csv");
  }
  for (const row of decisions.run_stops) known("run", row.run_id, reading.runs, "run_stops.csv");
  for (const row of decisions.assignments) {
    known("student", row.student_id, students, "assignments.csv");
    known("run", row.run_id, reading.runs, "assignments.csv");
  }
  for (const row of decisions.routes) {
    known("bus", row.bus_id, reading.buses, "routes.csv");
    if (row.run_id) known("run", row.run_id, reading.runs, "routes.csv");
  }
  for (const row of decisions.bells) known("school", row.school_id, reading.schools, "bells.csv");
  for (const row of unmet) known("student", row.student_id, students, "unserved.csv");
  for (const name of ["runs", "run_stops", "assignments", "routes", "bells"] as const)
    once(
      report,
      PLAN_TABLES.routing[name].file,
      decisions[name].map((row) => rowKey(PLAN_TABLES.routing[name], row)),
    );
  once(
    report,
    UNMET_TABLE.routing.file,
    unmet.map((row) => rowKey(UNMET_TABLE.routing, row)),
  );
}

function once(report: Report, file: string, keys: readonly string[]): void {
  const seen = new Set<string>();
  for (const key of keys) {
    report.check("routing.rows-once", !seen.has(key), () => `${file} has two rows ${key}`, { file, key });
    seen.add(key);
  }
}
