import type { BudgetRecord } from "@trivium/engine";

/**
 * Budget records as they stand in a plan's provenance: one list a record, the checkpoint counts in order;
 * a cancelled one ends with its checkpoint's count negated.
 */
export function scheduleOf(records: readonly BudgetRecord[]): number[][] {
  return records.map(({ checkpoints, cancelledAt }) =>
    cancelledAt === undefined ? [...checkpoints] : [...checkpoints, -cancelledAt],
  );
}

/** The records of a schedule, for a context's `replay`. */
export function recordsOf(schedule: readonly (readonly number[])[]): BudgetRecord[] {
  return schedule.map((counts) => {
    const last = counts.at(-1);
    return last !== undefined && last < 0
      ? { checkpoints: counts.slice(0, -1), cancelledAt: -last }
      : { checkpoints: [...counts] };
  });
}
