import type { RoutingDecisions } from "@trivium/model";
import { drivesFrom } from "../build/drivers.ts";
import type { Direction, Driver, RoutingProblem } from "../problem.ts";
import { kindByBus, piecesByBus, staysByRun } from "./rows.ts";

/** The AM or the PM part of a bus's day that somebody has to drive. */
interface Shift {
  readonly busId: string;
  readonly direction: Direction;
  readonly depotId: string;
  /** From leaving the depot to being back. */
  readonly dutyS: number;
}

export interface Staffing {
  /** By `shiftKey`. */
  readonly driverOf: ReadonlyMap<string, string>;
  readonly without: readonly Shift[];
}

export const shiftKey = (busId: string, direction: Direction): string => `${busId}\t${direction}`;

/**
 * A driver for every half day of a bus: of its depot, available then, at most one morning and one afternoon, both together within the hours.
 * Both halves of a bus go to one driver where there is one (the one with least hours to spare), the others one by one, longest first;
 * where that leaves some without, all one by one.
 */
export function staffOf(problem: RoutingProblem, tables: RoutingDecisions): Staffing {
  const shifts = shiftsOf(problem, tables).sort((a, b) => b.dutyS - a.dutyS || (a.busId < b.busId ? -1 : 1));
  const whole = [...Map.groupBy(shifts, (shift) => shift.busId).values()].sort((a, b) => dutyOf(b) - dutyOf(a));
  const byBus = assigned(problem.drivers, [...whole, ...shifts.map((shift) => [shift])]);
  if (byBus.size === shifts.length) return staffing(shifts, byBus);
  const apart = assigned(
    problem.drivers,
    shifts.map((shift) => [shift]),
  );
  return staffing(shifts, apart.size > byBus.size ? apart : byBus);
}

function staffing(shifts: readonly Shift[], driverOf: ReadonlyMap<string, string>): Staffing {
  return { driverOf, without: shifts.filter((each) => !driverOf.has(shiftKey(each.busId, each.direction))) };
}

const dutyOf = (shifts: readonly Shift[]): number => shifts.reduce((sum, shift) => sum + shift.dutyS, 0);

/** Gives each group that is not taken yet to the driver whom it leaves least hours. */
function assigned(drivers: readonly Driver[], groups: readonly (readonly Shift[])[]): Map<string, string> {
  const taken = new Map(drivers.map((driver) => [driver.id, [] as Shift[]]));
  const driverOf = new Map<string, string>();
  for (const group of groups) {
    if (group.some((shift) => driverOf.has(shiftKey(shift.busId, shift.direction)))) continue;
    let best: Driver | null = null;
    let least = Infinity;
    for (const driver of drivers) {
      const own = taken.get(driver.id) ?? [];
      const free = group.every(
        ({ direction, depotId }) =>
          drivesFrom(driver, depotId, direction) && own.every((shift) => shift.direction !== direction),
      );
      const left = driver.dutyMaxS - dutyOf(own) - dutyOf(group);
      // Drivers without a limit come last, whoever has begun a day first.
      const rank = Math.min(left, 1e6) - (own.length > 0 ? 0.5 : 0);
      if (free && left >= 0 && rank < least) [best, least] = [driver, rank];
    }
    if (!best) continue;
    taken.get(best.id)?.push(...group);
    for (const shift of group) driverOf.set(shiftKey(shift.busId, shift.direction), best.id);
  }
  return driverOf;
}

function shiftsOf(problem: RoutingProblem, tables: RoutingDecisions): Shift[] {
  const directionOf = new Map(tables.runs.map((run) => [run.run_id, run.direction]));
  const stays = staysByRun(tables);
  const kinds = kindByBus(problem);
  return [...piecesByBus(tables.routes)].flatMap(([busId, pieces]) =>
    pieces.map((rows): Shift => {
      const runs = rows.flatMap((row) => stays.get(row.run_id ?? "") ?? []);
      const leavesS = runs[0].arrive - (rows[0].deadhead_s ?? 0);
      const backS = runs[runs.length - 1].depart + (rows[rows.length - 1].deadhead_s ?? 0);
      const direction = directionOf.get(rows[0].run_id ?? "") ?? "AM";
      return { busId, direction, depotId: kinds.get(busId)?.depotId ?? "", dutyS: backS - leavesS };
    }),
  );
}
