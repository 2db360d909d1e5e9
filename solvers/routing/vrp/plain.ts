import type { Kernel } from "./kernel.ts";

/** Nothing but one summed load and the drives count. */
export const isPlain = (kernel: Kernel): boolean =>
  kernel.summedLoads &&
  kernel.dims === 1 &&
  !kernel.timed &&
  !kernel.limited &&
  kernel.taskCost.length === 0 &&
  kernel.problem.jobs.every(({ skills, onlyVehicle }) => skills.length === 0 && onlyVehicle === undefined);
