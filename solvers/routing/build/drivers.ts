import type { Dataset } from "@trivium/model";
import { ALL_DAY } from "../halfday/half-day.ts";
import type { BusKind, Direction, Driver } from "../problem.ts";

const DIRECTIONS = ["AM", "PM"] as const;

/** The rows of `drivers.csv`; none = drivers are no limit. */
export const driversOf = ({ tables }: Pick<Dataset, "tables">): Driver[] =>
  tables.drivers.map(({ driver_id, depot_id, hours_max, available }) => ({
    id: driver_id,
    depotId: depot_id ?? null,
    dutyMaxS: hours_max === undefined ? Infinity : Math.floor(hours_max * 3600),
    available: !available || available.length === 0 ? DIRECTIONS : available,
  }));

/** Whether a driver may drive from a depot in a direction. */
export const drivesFrom = ({ depotId, available }: Driver, depot: string, direction: Direction): boolean =>
  (depotId === null || depotId === depot) && available.includes(direction);

/**
 * What the drivers leave of the fleet: at a depot with fewer of them than buses the most numerous kind stays behind first;
 * and no half day is longer than the longest that any of them may be on duty.
 */
export function withDrivers(kinds: readonly BusKind[], drivers: readonly Driver[]): BusKind[] {
  if (drivers.length === 0) return [...kinds];
  const limits = DIRECTIONS.map((direction) => ({
    most: kinds.map((kind) => kind.busIds.length),
    dutyMaxS: kinds.map(({ depotId }) =>
      drivers.reduce(
        (most, driver) => (drivesFrom(driver, depotId, direction) ? Math.max(most, driver.dutyMaxS) : most),
        0,
      ),
    ),
    direction,
  }));
  for (const { most, direction } of limits)
    for (const depot of new Set(kinds.map((kind) => kind.depotId))) {
      const here = [...kinds.keys()].filter((kind) => kinds[kind].depotId === depot);
      const staffed = drivers.filter((driver) => drivesFrom(driver, depot, direction)).length;
      for (let over = here.reduce((sum, kind) => sum + most[kind], 0) - staffed; over > 0; over--)
        most[here.reduce((a, b) => (most[b] > most[a] ? b : a))]--;
    }
  const [am, pm] = limits;
  return kinds.map((kind, index) => ({
    ...kind,
    most: { AM: am.most[index], PM: pm.most[index] },
    dutyMaxS: { AM: Math.min(ALL_DAY, am.dutyMaxS[index]), PM: Math.min(ALL_DAY, pm.dutyMaxS[index]) },
  }));
}
