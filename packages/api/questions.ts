import type { Carrier, PlanQuestion } from "@trivium/jobs";

/** The first question to a plan builds its problem, roads included; the next ones are answered in milliseconds. */
const TIMEOUT_MS = 60_000;

/** The answer of a worker, of the type that the question's kind has. */
export const asked = async <T>(carrier: Carrier, question: PlanQuestion): Promise<T> =>
  (await carrier.ask(question, TIMEOUT_MS)) as T;
