import { type Subject, subjectSchema } from "@trivium/model";
import { explainPlan } from "@trivium/worker";
import {
  type Command,
  DATA_OPTIONS,
  EXIT,
  JSON_OPTION,
  needed,
  optional,
  SOLVE_OPTIONS,
  UsageError,
  type Values,
} from "../command.ts";
import { renderExplanation } from "../comparison.ts";
import { datasetOf, readPlanFile } from "../district.ts";
import { CACHE_DIR } from "../places.ts";
import { replayed } from "../replay.ts";

export const explain: Command = {
  name: "explain",
  grammar: "plan.json [--data DIR] --request S12:BIO1 | --student S12 | --bus B7 | --asset A33 [--replay]",
  summary:
    'Answers "why" for one request, student, bus or asset of a plan, with the numbers behind it and what would mend it.',
  options: {
    ...DATA_OPTIONS,
    request: { type: "string", value: "STUDENT:COURSE", help: "why this request is met or not" },
    student: { type: "string", value: "ID", help: "why this schedule, this stop, this ride" },
    bus: { type: "string", value: "ID", help: "why this bus is needed" },
    asset: { type: "string", value: "ID", help: "why this asset, this year" },
    replay: {
      type: "boolean",
      help: "routing: solve with each mend, verify, and say what it did (2 s each, or --time)",
    },
    ...SOLVE_OPTIONS,
    ...JSON_OPTION,
  },
  async run([file, ...more], values, terminal) {
    if (file === undefined || more.length > 0) throw new UsageError("name one plan file");
    const subject = subjectOf(values);
    const plan = readPlanFile(file);
    const dataset = await datasetOf(plan, values, terminal);
    const told = await explainPlan({ dataset, plan, subject }, { cacheDir: CACHE_DIR });
    const explanation =
      values.replay && plan.area === "routing"
        ? await replayed(told, { plan, dataset, subject }, values, terminal)
        : told;
    terminal.print(values.json ? JSON.stringify(explanation, null, 2) : renderExplanation(explanation));
    return EXIT.done;
  },
};

function subjectOf(values: Values): Subject {
  const given = subjectSchema.shape.kind.options.filter((kind) => optional(values, kind) !== undefined);
  if (given.length !== 1) throw new UsageError("name one of --request, --student, --bus, --asset");
  return { kind: given[0], id: needed(values, given[0]) };
}
