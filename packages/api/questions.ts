import type { PlanQuestion } from "@trivium/jobs";
import type { Actor } from "@trivium/model";
import type { ApiParts } from "./api.ts";
import { questioned } from "./privacy/questioned.ts";
import { disguiseFor } from "./privacy/students.ts";
import { notFound } from "./problem.ts";

/** The first question to a plan builds its problem, roads included; the next ones are answered in milliseconds. */
const TIMEOUT_MS = 60_000;

/** The answer of a worker, of the type that the question's kind has; about plans and datasets that whoever asks may see. */
export async function asked<T>({ store, carrier }: ApiParts, actor: Actor, question: PlanQuestion): Promise<T> {
  const plans = question.op === "compare" ? [question.a, question.b] : "plan_id" in question ? [question.plan_id] : [];
  for (const planId of plans)
    if (planId !== "today" && !(await store.plans.summary(planId))) throw notFound("plan", planId);
  if (question.op === "today" && !(await store.datasets.summary(question.dataset_hash)))
    throw notFound("dataset", question.dataset_hash);
  if (question.op === "analysis" && !(await store.scenarios.get(question.scenario_id)))
    throw notFound("scenario", question.scenario_id);
  const disguise = await disguiseFor(store, actor);
  return (await carrier.ask(disguise ? questioned(question, disguise) : question, TIMEOUT_MS)) as T;
}
