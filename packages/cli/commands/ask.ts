import { AREAS, type Plan } from "@trivium/model";
import { askPlan } from "@trivium/worker";
import { type Command, DATA_OPTIONS, EXIT, JSON_OPTION, needed, oneOfOption, UsageError } from "../command.ts";
import { datasetOf, readJson, readPlanFile } from "../district.ts";
import { CACHE_DIR } from "../places.ts";

export const ask: Command = {
  name: "ask",
  grammar: "scheduling|routing|facilities [--data DIR] --plan plan.json --question FILE",
  summary: "A short question to a plan: a walk-in student, a late rider, one more section, wait two years.",
  options: {
    ...DATA_OPTIONS,
    plan: { type: "string", value: "FILE", help: "the plan that is asked about" },
    question: { type: "string", value: "FILE", help: 'JSON with a "kind" and what that kind needs' },
    ...JSON_OPTION,
  },
  async run([area_, ...more], values, terminal) {
    const area = oneOfOption(more.length === 0 ? area_ : more[0], "area", AREAS);
    const plan: Plan = readPlanFile(needed(values, "plan"));
    if (plan.area !== area) throw new UsageError(`the plan is a ${plan.area} plan, not ${area}`);
    const question = readJson(needed(values, "question"), "the question");
    if (typeof (question as { kind?: unknown })?.kind !== "string")
      throw new UsageError('a question is an object with a "kind"');
    const dataset = await datasetOf(plan, values, terminal);
    const answer = await askPlan({ dataset, plan, question: question as { kind: string } }, { cacheDir: CACHE_DIR });
    terminal.print(JSON.stringify(answer, null, 2));
    return EXIT.done;
  },
};
