import type { Finding } from "./finding.ts";

/**
 * Infeasible, out of time and cancelled are results, not exceptions. What is thrown is one of these,
 * each with a code, the place (`path`) and the values; the text says what, which values, then "Maybe …".
 */
abstract class TriviumError extends Error {
  readonly code: string;
  readonly path: string;
  readonly values: Readonly<Record<string, unknown>>;

  constructor(code: string, message: string, details: { path?: string; values?: Record<string, unknown> } = {}) {
    super(message);
    this.code = code;
    this.path = details.path ?? "";
    this.values = details.values ?? {};
  }
}

/** What came in cannot be used: the caller can mend it. `findings` lists every problem, not the first. */
export class InputError extends TriviumError {
  override readonly name = "InputError";
  readonly findings: readonly Finding[];

  constructor(
    code: string,
    message: string,
    details: { path?: string; values?: Record<string, unknown>; findings?: readonly Finding[] } = {},
  ) {
    super(code, message, details);
    this.findings = details.findings ?? [];
  }
}

/** The road engine cannot answer: no map, wrong map, server away, a point off the map. */
export class RoadError extends TriviumError {
  override readonly name = "RoadError";
}

/** A promise inside Trivium was broken: a bug, never the user's fault. */
export class InternalError extends TriviumError {
  override readonly name = "InternalError";
}

/**
 * What is asked cannot be taken up now, and nothing of it was kept: the queue is full or away, the database is away, its disk is full.
 * The same call may succeed after `retryAfterS` seconds.
 */
export class BusyError extends TriviumError {
  override readonly name = "BusyError";
  readonly retryAfterS: number;

  constructor(code: string, message: string, retryAfterS: number, details: { values?: Record<string, unknown> } = {}) {
    super(code, message, details);
    this.retryAfterS = retryAfterS;
  }
}
