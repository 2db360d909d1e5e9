import { availableParallelism } from "node:os";
import { parentPort } from "node:worker_threads";
import {
  type Answer,
  type Compared,
  createContext,
  type Engine,
  type Question,
  type SolveContext,
} from "@trivium/engine";
import { type PackedError, packError } from "@trivium/jobs";
import { type Area, canonicalJson, InputError, type Plan, type Subject, type Verification } from "@trivium/model";
import { cancelFlag } from "../cancel-flag.ts";
import { engineOf, type Substitutes } from "../engines.ts";
import { type Prepared, type PrepareRequest, prepare } from "../prepare.ts";
import { tablesOf } from "../tables.ts";
import { Warm } from "../warm.ts";
import { Children } from "./children.ts";

/** Entry of the thread that answers questions. It keeps built problems and plans, and says when it needs one that it does not hold. */

export type Asked =
  | { readonly op: "today" }
  | { readonly op: "analysis" }
  | { readonly op: "compare"; readonly a: Plan | "today"; readonly b: Plan | "today" }
  | { readonly op: "explain"; readonly subject: Subject }
  | { readonly op: "ask"; readonly question: Question };

export interface QuestionRequest {
  readonly id: number;
  readonly area: Area;
  readonly asked: Asked;
  /** Names of the problem and the plan that the question is about; absent where it needs none. */
  readonly problemKey?: string;
  readonly planKey?: string;
  /** Sent after a `needed`: what the keys stand for. */
  readonly problem?: PrepareRequest;
  readonly plan?: Plan;
  readonly cacheDir?: string;
  readonly substitutes?: Substitutes;
}

export type QuestionMessage =
  | { readonly id: number; readonly kind: "needed" }
  | { readonly id: number; readonly kind: "answer"; readonly answer: unknown }
  | { readonly id: number; readonly kind: "error"; readonly error: PackedError };

const problems = new Warm<Promise<Prepared>>(4);
const plans = new Warm<Plan>(8);
/** What was asked before: an answer depends on problem, plan and question alone. */
const answers = new Warm<Answer>(32);

parentPort?.on("message", async (request: QuestionRequest) => {
  const tell = (message: QuestionMessage) => parentPort?.postMessage(message);
  const { id } = request;
  try {
    keep(request);
    if (lacks(request)) tell({ id, kind: "needed" });
    else tell({ id, kind: "answer", answer: await answered(request) });
  } catch (error) {
    tell({ id, kind: "error", error: packError(error) });
  }
});

function keep({ problemKey, planKey, problem, plan, cacheDir, substitutes }: QuestionRequest): void {
  if (planKey && plan) plans.set(planKey, plan);
  if (!problemKey || !problem || problems.get(problemKey)) return;
  const building = prepare(problem, { cacheDir, substitutes });
  problems.set(problemKey, building);
  building.catch(() => problems.delete(problemKey));
}

function lacks({ problemKey, planKey }: QuestionRequest): boolean {
  return Boolean((problemKey && !problems.get(problemKey)) || (planKey && !plans.get(planKey)));
}

async function answered(request: QuestionRequest): Promise<unknown> {
  const { area, asked, substitutes } = request;
  const prepared = request.problemKey ? await problems.get(request.problemKey) : undefined;
  const plan = request.planKey ? plans.get(request.planKey) : undefined;
  if (asked.op === "analysis") return analysisOf(prepared as Prepared);
  if (asked.op === "today") return prepared ? todayOf(prepared) : null;
  if (asked.op === "compare") {
    const engine = prepared?.engine ?? (await engineOf(area, substitutes));
    return engine.compare(side(asked.a, prepared), side(asked.b, prepared));
  }
  const { engine, problem } = prepared as Prepared;
  if (asked.op === "explain") {
    const told = engine.explain(problem, plan as Plan, asked.subject);
    const { verifyExplanation } = await import("@trivium/verify");
    return request.substitutes?.engine
      ? told
      : judged(told, await verifyExplanation((prepared as Prepared).dataset, plan as Plan, told));
  }
  if (asked.question.kind === "tables") return tablesOf((prepared as Prepared).dataset, plan as Plan, asked.question);
  const key = `${request.planKey} ${canonicalJson(asked.question)}`;
  const known = answers.get(key);
  if (known) return known;
  const answer = await verified(request, prepared as Prepared, plan as Plan, asked.question);
  answers.set(key, answer);
  return answer;
}

/** An answer, with what the verifier says of it where it knows the question. */
async function verified(request: QuestionRequest, prepared: Prepared, plan: Plan, question: Question): Promise<Answer> {
  const { engine, problem, dataset } = prepared;
  const answer = await withThreads(request, prepared, (context) =>
    engine.ask(problem, plan, question, { dataset, context }),
  );
  if (request.substitutes?.engine) return answer;
  const { verifyAnswer } = await import("@trivium/verify");
  return judged(answer, await verifyAnswer(dataset, plan, question, answer));
}

/** What was answered with what the verifier says of it; alone, where it knows nothing of the kind. */
function judged<T>(answered: T, { ok, checked, violations, violation_count }: Verification): T {
  if (Object.keys(checked).length === 0) return answered;
  return { ...answered, verification: { ok, checked, violations, violation_count } };
}

/** A question's context: its tasks run in threads that are started when the first task comes and end with the question. */
async function withThreads<T>(
  { area, substitutes }: QuestionRequest,
  { problem }: Prepared,
  ask: (context: SolveContext<unknown>) => T | Promise<T>,
): Promise<T> {
  const threads = availableParallelism();
  const children = new Children({ area, substitutes, problem, flag: cancelFlag() }, threads);
  const context = createContext(problem, { limits: { iterations: 1 }, threads, runChild: children.run });
  try {
    return await ask(context);
  } finally {
    await children.close();
  }
}

function analysisOf({ engine, problem, dataset }: Prepared): Answer {
  if (engine.analyse) return engine.analyse(problem, dataset);
  throw new InputError(
    "no-analysis",
    `there is nothing to analyse in ${engine.area} before a solve. Maybe scheduling is meant`,
    { path: "area", values: { area: engine.area } },
  );
}

function todayOf({ engine, problem }: { engine: Engine; problem: unknown }): Compared<Area> | null {
  const today = engine.today(problem);
  return today && { name: "today", ...today, metrics: engine.measure(problem, today.decisions, today.unmet) };
}

function side(of: Plan | "today", prepared: Prepared | undefined): Compared<Area> {
  if (of !== "today")
    return { name: of.provenance.plan_hash, metrics: of.metrics, decisions: of.decisions, unmet: of.unmet };
  const today = prepared && todayOf(prepared);
  if (!today)
    throw new InputError(
      "no-today",
      "the dataset has no service of today in this area. Maybe add its today_* tables, or compare two plans",
    );
  return today;
}
