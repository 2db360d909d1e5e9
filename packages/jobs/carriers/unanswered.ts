import { InternalError } from "@trivium/model";

export const unanswered = (timeoutMs: number): InternalError =>
  new InternalError(
    "unanswered",
    `nobody answered within ${timeoutMs / 1000} s. Maybe no worker is running, or it is building a large problem for the first time: ask again`,
    { values: { timeoutMs } },
  );
