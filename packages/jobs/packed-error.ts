import { type Finding, InputError, InternalError, RoadError } from "@trivium/model";

/** An error as plain values: classes do not survive the way between threads or through a queue. */
export interface PackedError {
  readonly name: string;
  readonly code: string;
  readonly message: string;
  readonly path: string;
  readonly values: Record<string, unknown>;
  readonly findings: readonly Finding[];
  readonly stack: string;
}

export function packError(error: unknown): PackedError {
  const known = error instanceof InputError || error instanceof RoadError || error instanceof InternalError;
  return {
    name: known ? error.name : "InternalError",
    code: known ? error.code : "unexpected",
    message: error instanceof Error ? error.message : String(error),
    path: known ? error.path : "",
    values: known ? error.values : {},
    findings: error instanceof InputError ? error.findings : [],
    stack: error instanceof Error ? (error.stack ?? "") : "",
  };
}

export function unpackError(packed: PackedError): InputError | RoadError | InternalError {
  const { path, values, findings } = packed;
  const error =
    packed.name === "InputError"
      ? new InputError(packed.code, packed.message, { path, values, findings })
      : packed.name === "RoadError"
        ? new RoadError(packed.code, packed.message, { path, values })
        : new InternalError(packed.code, packed.message, { path, values });
  error.stack = packed.stack;
  return error;
}
