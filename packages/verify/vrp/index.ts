import type { Verification, VroomAnswer, VroomDocument } from "@trivium/model";
import { Report } from "../report.ts";
import { Reading, type VroomDrives } from "./reading.ts";
import { checkCoverage } from "./rules/coverage.ts";
import { checkRouteFigures, checkSummary } from "./rules/figures.ts";
import { checkTimes } from "./rules/times.ts";
import { checkUnassigned } from "./rules/unassigned.ts";
import { checkViolations } from "./rules/violations.ts";

export type { VroomDrives } from "./reading.ts";

/**
 * Recomputes an answer in VROOM's JSON from its document: who is served by whom, every arrival, load, window, break and limit, the names of what is
 * violated, every figure of routes and summary, and the reasons of what is left out. It shares no code with the solver.
 *
 * @param drives between the document's locations, where it has no matrices
 */
export function verifyVroom(document: VroomDocument, answer: VroomAnswer, drives?: VroomDrives): Verification {
  const report = new Report();
  const reading = new Reading(document, answer, drives);
  checkCoverage(reading, report);
  for (const route of reading.routes) {
    if (
      !report.check("vrp.route-has-steps", route.tasks.length > 0, () => `vehicle ${route.vehicle.id} serves nothing`)
    )
      continue;
    checkTimes(reading, route, report);
    checkViolations(reading, route, report);
    checkRouteFigures(reading, route, report);
  }
  checkSummary(reading, report);
  checkUnassigned(reading, report);
  return report.verification();
}
