import type { TimetableInstance, TimetablePenalty, TimetableSolution, Verification } from "@trivium/model";
import { Report } from "../report.ts";
import { read } from "./reading.ts";
import { checkDistributions } from "./rules/distributions.ts";
import { checkRooms } from "./rules/rooms.ts";
import { checkStudents } from "./rules/students.ts";

/**
 * Holds a timetable against its instance by the rules of ITC2019, and counts its penalty. It shares no code with the solver.
 *
 * @see https://www.itc2019.org/format; Müller, Rudová & Müllerová 2018, PATAT
 */
export function verifyTimetable(
  instance: TimetableInstance,
  solution: TimetableSolution,
): { readonly verification: Verification; readonly penalty: TimetablePenalty } {
  const report = new Report();
  const reading = read(instance, solution, report);
  const { weights } = instance;
  const placements = [...reading.placements.values()];
  checkRooms(reading, report);
  const time = weights.time * placements.reduce((sum, each) => sum + each.time.penalty, 0);
  const room = weights.room * placements.reduce((sum, each) => sum + each.roomPenalty, 0);
  const distribution = weights.distribution * checkDistributions(reading, report);
  const student = weights.student * checkStudents(reading, report);
  return {
    verification: report.verification(),
    penalty: { time, room, distribution, student, total: time + room + distribution + student },
  };
}
