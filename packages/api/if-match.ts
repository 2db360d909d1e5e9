import type { Context } from "hono";
import { ProblemError } from "./problem.ts";

export const versionTag = (version: number): string => `"v${version}"`;

/**
 * The version that the caller saw, out of If-Match; 0 without one.
 * @throws ProblemError 412 when it names something else than a version
 */
export function versionSeen(c: Context): number {
  const given = c.req.header("If-Match");
  if (given === undefined) return 0;
  const version = /^"v(\d{1,9})"$/.exec(given)?.[1];
  if (version === undefined) throw changedSince();
  return Number(version);
}

export const changedSince = (): ProblemError =>
  new ProblemError(
    412,
    "changed-since",
    "somebody changed it since you saw it. Maybe get it again, and send its ETag as If-Match",
  );

export const versionNeeded = (): ProblemError =>
  new ProblemError(428, "version-needed", "it is there already: send the ETag that you saw as If-Match");
