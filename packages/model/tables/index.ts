import { planProjects } from "../plans/facilities.ts";
import { planAssignments, planRoutes, planRunStops, planRuns } from "../plans/routing.ts";
import { planEnrollments, planSections } from "../plans/scheduling.ts";
import type { Columns, Row, Table } from "../table.ts";
import { hazards, schools, students } from "./district.ts";
import * as facilities from "./facilities.ts";
import * as scheduling from "./scheduling.ts";
import * as transportation from "./transportation.ts";

/** Today's service has the columns of the plan's export under a file name of its own. */
const today = <C extends Columns>(file: string, plan: Table<C>): Table<C> => ({ ...plan, file });

/** Every table of a district folder by its name in `Dataset.tables`. */
export const TABLES = {
  schools,
  students,
  hazards,
  terms: scheduling.terms,
  periods: scheduling.periods,
  patterns: scheduling.patterns,
  courses: scheduling.courses,
  course_links: scheduling.courseLinks,
  teachers: scheduling.teachers,
  teacher_courses: scheduling.teacherCourses,
  rooms: scheduling.rooms,
  sections: scheduling.sections,
  requests: scheduling.requests,
  student_rules: scheduling.studentRules,
  today_sections: today("scheduling/today_sections.csv", planSections),
  today_enrollments: today("scheduling/today_enrollments.csv", planEnrollments),
  riders: transportation.riders,
  bells: transportation.bells,
  rules: transportation.rules,
  stops: transportation.stops,
  buses: transportation.buses,
  bus_types: transportation.busTypes,
  depots: transportation.depots,
  fuel: transportation.fuel,
  speed_factors: transportation.speedFactors,
  closures: transportation.closures,
  drivers: transportation.drivers,
  gps: transportation.gps,
  today_runs: today("transportation/today_runs.csv", planRuns),
  today_run_stops: today("transportation/today_run_stops.csv", planRunStops),
  today_assignments: today("transportation/today_assignments.csv", planAssignments),
  today_routes: today("transportation/today_routes.csv", planRoutes),
  buildings: facilities.buildings,
  asset_types: facilities.assetTypes,
  assets: facilities.assets,
  work_orders: facilities.workOrders,
  assessments: facilities.assessments,
  budgets: facilities.budgets,
  today_plan: today("facilities/today_plan.csv", planProjects),
  actuals: facilities.actuals,
  refrigerants: facilities.refrigerants,
} as const;

export type TableName = keyof typeof TABLES;
export type TableRow<N extends TableName> = Row<(typeof TABLES)[N]>;
export type Tables = { readonly [N in TableName]: readonly TableRow<N>[] };

export const TABLE_NAMES = Object.keys(TABLES) as TableName[];
