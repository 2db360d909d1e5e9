import type { SolveContext } from "@trivium/engine";
import type { VroomAnswer } from "@trivium/model";
import type { VrpPlan, VrpProblem } from "../problem.ts";
import { Schedule } from "../schedule.ts";
import { preparedOf, solveVrp, usualIterations } from "../solve.ts";
import { timeGivenRoutes } from "./plan-mode.ts";
import type { VroomReading } from "./read.ts";
import { Reasons } from "./reasons.ts";
import { leftOut, type TimedTour, writeVroom } from "./write.ts";

/** Exploration of a document that asks for none, as VROOM's. */
const EXPLORATION = 5;

/** Iterations of a document without a limit, by its exploration (0 to 5) and size. */
export const vroomIterations = ({ problem, document }: VroomReading): number =>
  usualIterations(problem, (1 + (document.options?.x ?? EXPLORATION)) / 6);

/** The answer to a document: routes planned, or only timed where it asks for that (`options.c`). */
export async function solveVroom(reading: VroomReading, context: SolveContext<VrpProblem>): Promise<VroomAnswer> {
  const { problem, document } = reading;
  const { kernel } = preparedOf(problem);
  const given = document.options?.c === true;
  const tours = given ? timeGivenRoutes(reading, kernel) : timed(problem, (await solveVrp(problem, context)).plan);
  const plan = { tours: tours.map(({ vehicle, events }) => ({ vehicle, tasks: tasksOf(events) })) };
  const absent = leftOut(problem, tours);
  const reasons = new Reasons(reading, kernel, plan);
  return writeVroom(reading, tours, reasons.all(absent));
}

const tasksOf = (events: TimedTour["events"]): number[] =>
  events.filter(({ kind }) => kind === "task").map(({ index }) => index);

/** Times of the tours, in the order of the vehicles. */
function timed(problem: VrpProblem, plan: VrpPlan): TimedTour[] {
  const schedule = new Schedule(preparedOf(problem).kernel);
  return [...plan.tours]
    .sort((a, b) => a.vehicle - b.vehicle)
    .map(({ vehicle, tasks }) => {
      schedule.set(tasks);
      schedule.feasible(vehicle);
      return { vehicle, events: schedule.events(vehicle) };
    });
}
