import { Random, type Solution } from "@trivium/engine";
import { type Dataset, type Plan, planHash } from "@trivium/model";
import { engine, loadStudents } from "@trivium/scheduling";
import { verifyPlan } from "@trivium/verify";
import { wanted } from "../../wanted.ts";
import { solvedPlan } from "./ours.ts";
import { kindSchool } from "./schools.ts";
import { CPSOLVER, unitimeLoads } from "./unitime.ts";
import { ABSENT, percent, type Rows, type Say, timed } from "./words.ts";

const TIME_S = 60;

/** Loading alone: the sections of a plan of j1 stay where they are, its students are seated from nothing by us and by UniTime. */
export async function* loaderRow(say: Say): Rows {
  if (!wanted("loader j1")) return;
  const what = "students loaded on a fixed master, one thread";
  const instance = "j1, the master of the row above";
  const dataset = await kindSchool("j1");
  if (!dataset) {
    yield { what, instance, skipped: ABSENT };
    return;
  }
  const plan = await solvedPlan({ name: "j1", dataset, timeS: 20, threads: 1 });
  const { decisions } = plan;
  const problem = await engine.build(dataset, {}, {});
  const { ms, value } = await timed(() => loadStudents(problem, decisions.sections, { random: new Random(1) }));
  await checkLegal(dataset, plan, value.solution);
  const ours = Number(value.solution.metrics.requests_met_share);
  const theirs = unitimeLoads(dataset, decisions, TIME_S, say);
  const peer = "skipped" in theirs ? `not measured, ${theirs.skipped}` : percent(theirs.met / theirs.requests);
  yield {
    what,
    instance,
    result: `${percent(ours)} of requests in ${(ms / 1000).toFixed(1)} s, proven within ${percent((value.bound - value.value) / value.bound)} of the best there is; UniTime's cpsolver ${CPSOLVER} in ${TIME_S} s ${peer}`,
    goal: "≥ UniTime's in the same run",
    met: "skipped" in theirs ? false : ours >= theirs.met / theirs.requests,
  };
}

/** The loaded students in place of the plan's own. @throws Error where the verifier finds anything */
async function checkLegal(dataset: Dataset, plan: Plan<"scheduling">, solution: Solution<"scheduling">): Promise<void> {
  const provenance = { ...plan.provenance, plan_hash: planHash(solution.decisions, solution.metrics) };
  const { violations } = await verifyPlan(dataset, { ...plan, ...solution, provenance });
  if (violations.length > 0) throw new Error(`loaded students are not legal: ${violations[0].message}`);
}
