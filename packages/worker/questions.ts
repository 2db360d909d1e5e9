import type { Answer, Compared, Question } from "@trivium/engine";
import {
  type Area,
  type Comparison,
  canonicalJson,
  type Dataset,
  type Explanation,
  InputError,
  type Plan,
  type Scenario,
  type Subject,
} from "@trivium/model";
import type { Substitutes } from "./engines.ts";
import type { PrepareRequest } from "./prepare.ts";
import { QuestionThread } from "./question-thread.ts";
import type { Asked } from "./threads/questions.ts";

/** A dataset, or how to get it: it is fetched only when the thread does not hold the built problem. */
export type DatasetSource = Dataset | { readonly hash: string; readonly load: () => Promise<Dataset> };

/** A plan, or what is known of it without its decisions: they are fetched only when the thread does not hold them. */
export type PlanSource =
  | Plan
  | {
      readonly plan_hash: string;
      readonly dataset_hash: string;
      readonly area: Area;
      readonly scenario: Scenario;
      readonly load: () => Promise<Plan>;
    };

export interface QuestionHooks {
  readonly cacheDir?: string;
  readonly substitutes?: Substitutes;
}

/** A question to a plan; `dataset` is the district as read, the plan's scenario is laid on it. */
export interface AnswerRequest {
  readonly dataset: DatasetSource;
  readonly plan: PlanSource;
}

const thread = new QuestionThread();

/** Ends the thread that answers questions, with the problems it holds. The next question starts another. */
export const closeQuestions = (): Promise<void> => thread.close();

/** Today's service, measured as a plan of the district as it stands; null where the district gave none. */
export function todayOf(
  request: { dataset: DatasetSource; area: Area; scenario?: Scenario },
  hooks: QuestionHooks = {},
): Promise<Compared<Area> | null> {
  const about = { dataset: request.dataset, area: request.area, scenario: asItStands(request.scenario) };
  return inThread(about, undefined, { op: "today" }, hooks) as Promise<Compared<Area> | null>;
}

/** What can be said of a district's area before anything is solved. @throws InputError no-analysis, missing-tables, bad-scenario */
export function analyse(
  request: { dataset: DatasetSource; area: Area; scenario: Scenario },
  hooks: QuestionHooks = {},
): Promise<Answer> {
  return inThread(request, undefined, { op: "analysis" }, hooks) as Promise<Answer>;
}

/**
 * Two plans of one area side by side, or a plan and today's service.
 * @throws InputError areas-differ, nothing-to-compare; no-today when the dataset has no service of today
 */
export async function comparePlans(
  request: { a: Plan | "today"; b: Plan | "today"; dataset?: DatasetSource },
  hooks: QuestionHooks = {},
): Promise<Comparison> {
  const { a, b, dataset } = request;
  const plan = a === "today" ? b : a;
  if (plan === "today")
    throw new InputError("nothing-to-compare", "both sides are today's service. Maybe name a plan on one side");
  if (a !== "today" && b !== "today" && a.area !== b.area)
    throw new InputError("areas-differ", `a plan of ${a.area} cannot be compared with one of ${b.area}`, {
      values: { a: a.area, b: b.area },
    });
  const today = a === "today" || b === "today";
  if (today && !dataset)
    throw new InputError("dataset-missing", "comparing with today's service needs the dataset. Maybe give --data DIR");
  const about = today && dataset ? { dataset, area: plan.area, scenario: asItStands(plan.scenario) } : undefined;
  return (await inThread(about, undefined, { op: "compare", a, b }, hooks, plan.area)) as Comparison;
}

/** Why, and what it would take. @throws InputError dataset-differs, and what the engine finds wrong with the subject */
export function explainPlan(
  request: AnswerRequest & { subject: Subject },
  hooks: QuestionHooks = {},
): Promise<Explanation> {
  return aboutPlan(request, { op: "explain", subject: request.subject }, hooks) as Promise<Explanation>;
}

/** A short, read-only question to a plan's built problem. @throws InputError dataset-differs, unknown-question, and what is wrong in the question */
export function askPlan(request: AnswerRequest & { question: Question }, hooks: QuestionHooks = {}): Promise<Answer> {
  return aboutPlan(request, { op: "ask", question: request.question }, hooks) as Promise<Answer>;
}

/** Questions that hold an earlier plan against the district as it is known now: the dataset is a later one than the plan's. */
const LOOKS_BACK: ReadonlySet<string> = new Set(["actuals"]);

async function aboutPlan(request: AnswerRequest, asked: Asked, hooks: QuestionHooks): Promise<unknown> {
  const { dataset, plan } = request;
  const looksBack = asked.op === "ask" && LOOKS_BACK.has(asked.question.kind);
  if (plan.dataset_hash !== dataset.hash && !looksBack)
    throw new InputError(
      "dataset-differs",
      `the plan was made from dataset ${plan.dataset_hash.slice(0, 12)}, not from ${dataset.hash.slice(0, 12)}. Maybe the folder changed since`,
      { values: { plan: plan.dataset_hash, dataset: dataset.hash } },
    );
  return inThread({ dataset, area: plan.area, scenario: plan.scenario }, plan, asked, hooks);
}

interface About {
  readonly dataset: DatasetSource;
  readonly area: Area;
  readonly scenario: Scenario;
}

function inThread(
  about: About | undefined,
  plan: PlanSource | undefined,
  asked: Asked,
  hooks: QuestionHooks,
  area = about?.area as Area,
): Promise<unknown> {
  const problem = about && problemKey(about);
  const keys = {
    ...(problem ? { problemKey: problem } : {}),
    ...(problem && plan ? { planKey: `${hashOf(plan)} ${problem}` } : {}),
  };
  return thread.ask({ area, asked, ...keys, ...hooks }, async () => ({
    ...(about ? { problem: await problemOf(about) } : {}),
    ...(plan ? { plan: "load" in plan ? await plan.load() : plan } : {}),
  }));
}

const hashOf = (plan: PlanSource): string => ("load" in plan ? plan.plan_hash : plan.provenance.plan_hash);

async function problemOf({ dataset, area, scenario }: About): Promise<PrepareRequest> {
  return { dataset: "load" in dataset ? await dataset.load() : dataset, area, scenario };
}

/** What a built problem depends on: limits, seed and name do not count. */
function problemKey({ dataset, area, scenario }: About): string {
  const { changes, settings } = scenario;
  return canonicalJson([dataset.hash, area, changes, settings.weights ?? {}, settings.school_id ?? ""]);
}

function asItStands(scenario: Scenario | undefined): Scenario {
  return { name: "As it stands", changes: [], settings: scenario?.settings ?? {} };
}
