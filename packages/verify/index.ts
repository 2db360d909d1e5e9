import {
  applyScenario,
  type Dataset,
  type Explanation,
  type Plan,
  type RoadNetwork,
  type Verification,
} from "@trivium/model";
import { checkEnvelope } from "./envelope.ts";
import { Report } from "./report.ts";

export { Report, type Tolerance } from "./report.ts";
export { applySteps, type Claim, verifySteps } from "./scheduling/steps.ts";
export { verifyTimetable } from "./timetable/index.ts";
export { type VroomDrives, verifyVroom } from "./vrp/index.ts";

/** What a verifier may ask for beyond the dataset and the plan. */
export interface VerifyResources {
  /** Needed for routing: miles and minutes are recomputed on it. Opened on the dataset with the scenario's changes. */
  readonly roads?: RoadNetwork;
}

/**
 * Recomputes every hard rule and every reported figure of a plan from the district's tables alone (and its roads, where miles and minutes count).
 * It shares no evaluation code with any solver. A plan without decisions (infeasible, none found in time) is checked to have none; that a schedule is
 * infeasible is replayed.
 *
 * @param dataset the district as read; the plan's own scenario is applied here
 * @param plan    with `provenance.plan_hash` set
 * @returns what was checked and all that does not hold; `ok` only with no violation
 * @throws InputError bad-scenario, when the plan's scenario does not fit the dataset
 */
export async function verifyPlan(dataset: Dataset, plan: Plan, resources: VerifyResources = {}): Promise<Verification> {
  const report = new Report();
  const decided = checkEnvelope(dataset, plan, report);
  if (plan.status === "infeasible" && plan.area === "scheduling") {
    const { verifyInfeasible } = await import("./scheduling/infeasible.ts");
    verifyInfeasible(applyScenario(dataset, plan.scenario), plan as Plan<"scheduling">, report);
  }
  if (decided) await verifyDecisions(applyScenario(dataset, plan.scenario), plan, resources, report);
  return report.verification();
}

/**
 * Recomputes what the answer to a question claims, from the district's tables and the plan alone. Of a capital plan: each figure that follows from them,
 * and of simulated ones that mean, fan and chances agree. Of a schedule: what is offered is laid on the plan and judged by its rules. Questions that are
 * not known here are not checked: `checked` is then empty.
 *
 * @param dataset the district with the plan's scenario applied; for `actuals` the later one
 */
export async function verifyAnswer(
  dataset: Dataset,
  plan: Plan,
  question: Readonly<Record<string, unknown>>,
  answer: Readonly<Record<string, unknown>>,
): Promise<Verification> {
  const report = new Report();
  if (plan.area === "facilities") {
    const { verifyCapitalAnswer } = await import("./facilities/answers/index.ts");
    verifyCapitalAnswer(dataset, plan as Plan<"facilities">, question, answer, report);
  }
  if (plan.area === "scheduling") {
    const { verifySchedulingAnswer } = await import("./scheduling/answers/index.ts");
    verifySchedulingAnswer(dataset, plan as Plan<"scheduling">, question, answer, report);
  }
  return report.verification();
}

/**
 * Replays an explanation: of a schedule each reason why a request is unmet, and each mend with what it costs. Those of other areas are not checked:
 * `checked` is then empty.
 *
 * @param dataset the district with the plan's scenario applied
 */
export async function verifyExplanation(dataset: Dataset, plan: Plan, told: Explanation): Promise<Verification> {
  const report = new Report();
  if (plan.area === "scheduling") {
    const { verifySchedulingExplanation } = await import("./scheduling/answers/index.ts");
    verifySchedulingExplanation(dataset, plan as Plan<"scheduling">, told, report);
  }
  return report.verification();
}

/** Each area's verifier is loaded when it is first needed. */
async function verifyDecisions(
  dataset: Dataset,
  plan: Plan,
  resources: VerifyResources,
  report: Report,
): Promise<void> {
  switch (plan.area) {
    case "scheduling": {
      const { verifyScheduling } = await import("./scheduling/index.ts");
      return verifyScheduling(dataset, plan as Plan<"scheduling">, report);
    }
    case "routing": {
      const { verifyRouting } = await import("./routing/index.ts");
      return verifyRouting(dataset, plan as Plan<"routing">, report, resources.roads);
    }
    case "facilities": {
      const { verifyFacilities } = await import("./facilities/index.ts");
      return verifyFacilities(dataset, plan as Plan<"facilities">, report);
    }
  }
}
