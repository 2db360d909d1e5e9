import type { Answerer, PlanQuestion } from "@trivium/jobs";
import { InputError, type Plan } from "@trivium/model";
import type { Store } from "@trivium/store";
import { answerVroom } from "./answer-vroom.ts";
import {
  analyse,
  askPlan,
  comparePlans,
  type DatasetSource,
  explainPlan,
  type PlanSource,
  type QuestionHooks,
  todayOf,
} from "./questions.ts";

/** Answers questions by id out of the store; what `startWorker` is given beside `solvePlan`. */
export function answererOf(store: Store, hooks: QuestionHooks = {}): Answerer {
  return async (question: PlanQuestion) => {
    if (question.op === "vroom") return answerVroom(store, question.vroom_id, hooks);
    if (question.op === "today")
      return todayOf({ dataset: datasetOf(store, question.dataset_hash), area: question.area }, hooks);
    if (question.op === "analysis") {
      const stored = await store.scenarios.get(question.scenario_id);
      if (!stored) throw unknownScenario(question.scenario_id);
      const dataset = datasetOf(store, stored.dataset_hash);
      return analyse({ dataset, area: question.area, scenario: stored.scenario }, hooks);
    }
    if (question.op === "compare") {
      const [a, b] = await Promise.all([sideOf(store, question.a), sideOf(store, question.b)]);
      const plan = a === "today" ? b : a;
      const dataset = plan === "today" ? undefined : datasetOf(store, plan.dataset_hash);
      return comparePlans({ a, b, dataset }, hooks);
    }
    const plan = await sourceOf(store, question.plan_id);
    const about = { plan, dataset: datasetOf(store, plan.dataset_hash) };
    if (question.op === "explain") return explainPlan({ ...about, subject: question.subject }, hooks);
    const dataset = question.dataset_hash === undefined ? about.dataset : datasetOf(store, question.dataset_hash);
    return askPlan({ plan, dataset, question: question.question }, hooks);
  };
}

const sideOf = async (store: Store, side: string): Promise<Plan | "today"> =>
  side === "today" ? "today" : planOf(store, side);

async function planOf(store: Store, planId: string): Promise<Plan> {
  const plan = await store.plans.get(planId);
  if (!plan) throw unknownPlan(planId);
  return plan;
}

/** A plan by what a question needs of it when the thread holds it already: no decisions are read. */
async function sourceOf(store: Store, planId: string): Promise<PlanSource> {
  const summary = await store.plans.summary(planId);
  const stored = summary && (await store.scenarios.get(summary.scenario_id));
  if (!stored) throw unknownPlan(planId);
  return { ...summary, scenario: stored.scenario, load: () => planOf(store, planId) };
}

const unknownScenario = (scenarioId: string): InputError =>
  new InputError("unknown-scenario", `there is no scenario ${scenarioId}`, { values: { scenarioId } });

const unknownPlan = (planId: string): InputError =>
  new InputError("unknown-plan", `there is no plan ${planId}`, { values: { planId } });

function datasetOf(store: Store, hash: string): DatasetSource {
  const load = async () => {
    const dataset = await store.datasets.get(hash);
    if (!dataset) throw new InputError("unknown-dataset", `there is no dataset ${hash}`, { values: { hash } });
    return dataset;
  };
  return { hash, load };
}
