import type { ChildSpec } from "@trivium/engine";

/** A child that is due late still has this long, so that it has something to give. */
const LEAST_S = 0.05;

/** The spec with no more time than is left until it is due, milliseconds since 1970. */
export function withinDue(spec: ChildSpec, dueMs: number | undefined): ChildSpec {
  const { limits } = spec;
  if (dueMs === undefined || limits.timeS === undefined) return spec;
  const leftS = Math.max(LEAST_S, (dueMs - Date.now()) / 1000);
  return { ...spec, limits: { ...limits, timeS: Math.min(limits.timeS, leftS) } };
}
