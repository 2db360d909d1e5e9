import type { RoutingDecisions } from "@trivium/model";
import { piecesByBus, staysByRun } from "../plan/rows.ts";
import type { Direction, RoutingProblem, SchoolStop } from "../problem.ts";

/** What a bus does at one row of a run. */
interface LoggedStay {
  readonly legS: number;
  readonly arriveS: number;
  readonly departS: number;
  /** Boarding or alighting; what is left of the stay is waiting. */
  readonly workS: number;
  readonly school: SchoolStop | null;
}

export interface LoggedRun {
  readonly id: string;
  readonly busId: string;
  readonly direction: Direction;
  readonly schoolIds: readonly string[];
  readonly riders: number;
  readonly wheelchairs: number;
  /** Empty drive that leads to it. */
  readonly deadheadS: number;
  readonly stays: readonly LoggedStay[];
}

/** A morning's or an afternoon's work of one bus, as its plan tells it. */
export interface LoggedPiece {
  readonly busId: string;
  readonly direction: Direction;
  readonly runs: readonly LoggedRun[];
}

/** The plan's tables, piece by piece; runs or rows that do not belong together are left out. */
export function dayLog(problem: RoutingProblem, decisions: RoutingDecisions): LoggedPiece[] {
  const runs = new Map(decisions.runs.map((run) => [run.run_id, run]));
  const rows = staysByRun(decisions);
  const schools = new Map(problem.schools.map((school) => [school.id, school]));
  const inWheelchair = new Set(problem.rides.filter((ride) => ride.wheelchair).map((ride) => ride.studentId));
  const aboard = Map.groupBy(decisions.assignments, (row) => row.run_id);
  const logOf = (runId: string, busId: string, deadheadS: number): LoggedRun | null => {
    const run = runs.get(runId);
    const stays = rows.get(runId) ?? [];
    if (!run || stays.length === 0) return null;
    const riders = aboard.get(runId) ?? [];
    const chairsAt = (stopId: string) =>
      riders.filter((row) => row.stop_id === stopId && inWheelchair.has(row.student_id)).length;
    return {
      id: runId,
      busId,
      direction: run.direction,
      schoolIds: run.school_ids,
      riders: riders.length,
      wheelchairs: riders.filter((row) => inWheelchair.has(row.student_id)).length,
      deadheadS,
      stays: stays.map((row): LoggedStay => {
        const school = run.school_ids.includes(row.stop_id) ? (schools.get(row.stop_id) ?? null) : null;
        const people = (row.boarding ?? 0) + (row.alighting ?? 0);
        const { dwellS, dwellPerRiderS, dwellWheelchairS } = problem.settings;
        const work = school
          ? run.direction === "AM"
            ? school.unloadS
            : school.loadS
          : dwellS + people * dwellPerRiderS + chairsAt(row.stop_id) * dwellWheelchairS;
        return {
          legS: row.leg_s ?? 0,
          arriveS: row.arrive,
          departS: row.depart,
          workS: Math.min(row.depart - row.arrive, work),
          school,
        };
      }),
    };
  };
  return [...piecesByBus(decisions.routes)].flatMap(([busId, pieces]) =>
    pieces.flatMap((steps): LoggedPiece[] => {
      const runs = steps.flatMap(({ run_id, deadhead_s }) => (run_id && logOf(run_id, busId, deadhead_s ?? 0)) || []);
      return runs.length === 0 ? [] : [{ busId, direction: runs[0].direction, runs }];
    }),
  );
}

/** By when a school's riders must be off in the morning, or its bus away in the afternoon. */
export const dueS = (direction: Direction, school: SchoolStop): number =>
  direction === "AM" ? school.bellStartS : school.pmBeginMaxS + school.loadS;
