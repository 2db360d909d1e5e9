import { BusyError, type Finding, InputError, InternalError, RoadError } from "@trivium/model";

/** An error as plain values: classes do not survive the way between threads or through a queue. */
export interface PackedError {
  readonly name: string;
  readonly code: string;
  readonly message: string;
  readonly path: string;
  readonly values: Record<string, unknown>;
  readonly findings: readonly Finding[];
  /** Of a BusyError. */
  readonly retryAfterS?: number;
  readonly stack: string;
}

export function packError(error: unknown): PackedError {
  const known =
    error instanceof InputError ||
    error instanceof RoadError ||
    error instanceof InternalError ||
    error instanceof BusyError;
  return {
    name: known ? error.name : "InternalError",
    code: known ? error.code : "unexpected",
    message: error instanceof Error ? error.message : String(error),
    path: known ? error.path : "",
    values: known ? error.values : {},
    findings: error instanceof InputError ? error.findings : [],
    ...(error instanceof BusyError ? { retryAfterS: error.retryAfterS } : {}),
    stack: error instanceof Error ? (error.stack ?? "") : "",
  };
}

export function unpackError(packed: PackedError): InputError | RoadError | InternalError | BusyError {
  const error = ofItsClass(packed);
  error.stack = packed.stack;
  return error;
}

function ofItsClass({ name, code, message, path, values, findings, retryAfterS }: PackedError) {
  if (name === "InputError") return new InputError(code, message, { path, values, findings });
  if (name === "RoadError") return new RoadError(code, message, { path, values });
  if (name === "BusyError") return new BusyError(code, message, retryAfterS ?? 1, { values });
  return new InternalError(code, message, { path, values });
}
