import { type Dataset, type Plan, RoadError, type RoadNetwork } from "@trivium/model";
import type { Report } from "../report.ts";
import { directDrives } from "./direct.ts";
import { checkFigures } from "./figures.ts";
import { readRouting } from "./reading.ts";
import { checkAtHome } from "./rules/at-home.ts";
import { checkAvailability } from "./rules/availability.ts";
import { checkBells } from "./rules/bells.ts";
import { checkBusesAtOnce } from "./rules/buses-at-once.ts";
import { checkCoverage } from "./rules/coverage.ts";
import { checkDeadheads } from "./rules/deadheads.ts";
import { checkDirections } from "./rules/directions.ts";
import { checkDrivers } from "./rules/drivers.ts";
import { checkFairness } from "./rules/fairness.ts";
import { checkLegs } from "./rules/legs.ts";
import { checkLinks } from "./rules/links.ts";
import { checkLoads } from "./rules/loads.ts";
import { checkLocks } from "./rules/locks.ts";
import { checkMixedLoads } from "./rules/mixed-loads.ts";
import { checkPlaces } from "./rules/places.ts";
import { checkReferences } from "./rules/references.ts";
import { checkRides } from "./rules/rides.ts";
import { checkRunRows } from "./rules/run-rows.ts";
import { checkSchoolWindows } from "./rules/school-windows.ts";
import { checkShapes } from "./rules/shapes.ts";
import { checkSharedGrades } from "./rules/shared-grades.ts";
import { checkStopUse } from "./rules/stop-use.ts";
import { checkTimes } from "./rules/times.ts";
import { checkUnservedReasons } from "./rules/unserved-reasons.ts";
import { checkWalks } from "./rules/walks.ts";

/**
 * Checks a routing plan against the district's tables (scenario already applied) and its roads: who rides is covered, every rule of the
 * transportation tables holds, every drive and walk is as the road engine says, every column and figure is right.
 *
 * @throws RoadError no-roads, when no road engine is given: miles and minutes cannot be believed unseen
 */
export async function verifyRouting(
  dataset: Dataset,
  plan: Plan<"routing">,
  report: Report,
  roads?: RoadNetwork,
): Promise<void> {
  if (!roads)
    throw new RoadError("no-roads", "A routing plan is verified on its roads. Maybe give the map with --roads?", {
      path: "roads/map.osm.pbf",
    });
  const reading = await readRouting(dataset, plan, roads);
  checkReferences(reading, report);
  checkCoverage(reading, report);
  await checkUnservedReasons(reading, report);
  checkRunRows(reading, report);
  checkTimes(reading, report);
  checkSchoolWindows(reading, report);
  checkBusesAtOnce(reading, report);
  checkLoads(reading, report);
  checkMixedLoads(reading, report);
  checkSharedGrades(reading, report);
  checkBells(reading, report);
  checkStopUse(reading, report);
  checkLinks(reading, report);
  checkAvailability(reading, report);
  checkDrivers(reading, report);
  checkShapes(reading, report);
  checkDirections(reading, report);
  await checkAtHome(reading, report);
  await checkWalks(reading, report);
  if (await checkPlaces(reading, report)) await checkDrives(reading, report);
  checkFairness(reading, report);
  checkLocks(reading, report);
  checkFigures(reading, report);
}

/** What is driven again on the roads: only where all places are on them. */
async function checkDrives(reading: Awaited<ReturnType<typeof readRouting>>, report: Report): Promise<void> {
  await checkLegs(reading, report);
  await checkDeadheads(reading, report);
  checkRides(reading, await directDrives(reading), report);
}
