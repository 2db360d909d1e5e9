import type { Plan } from "@trivium/model";
import { comparePlans } from "@trivium/worker";
import { type Command, DATA_OPTIONS, EXIT, JSON_OPTION, optional, UsageError } from "../command.ts";
import { renderComparison } from "../comparison.ts";
import { datasetOf, readPlanFile } from "../district.ts";
import { CACHE_DIR } from "../places.ts";

export const compare: Command = {
  name: "compare",
  grammar: "a.json b.json [--data DIR] [--json]",
  summary:
    "Two plans of one area side by side, or today (the word instead of a file) and a plan: what got better, what got worse, who is affected.",
  options: { ...DATA_OPTIONS, ...JSON_OPTION },
  async run([fileA, fileB, ...more], values, terminal) {
    if (fileA === undefined || fileB === undefined || more.length > 0) throw new UsageError("name two plan files");
    const [a, b] = [sideOf(fileA), sideOf(fileB)];
    const plans = [a, b].filter((side) => side !== "today");
    if (plans.length === 0) throw new UsageError("name a plan on one side");
    if (a !== "today" && b !== "today" && a.area !== b.area)
      throw new UsageError(`${fileA} is a ${a.area} plan and ${fileB} a ${b.area} plan`);
    const needsData = plans.length < 2 || optional(values, "data") !== undefined;
    const dataset = needsData ? await datasetOf(plans[0], values, terminal) : undefined;
    const hash = dataset?.hash ?? plans[0].dataset_hash;
    if (plans.some((plan) => plan.dataset_hash !== hash))
      terminal.say("the two sides rest on different districts, or on different versions of one");
    const comparison = await comparePlans({ a, b, dataset }, { cacheDir: CACHE_DIR });
    terminal.print(values.json ? JSON.stringify(comparison, null, 2) : renderComparison(comparison));
    return EXIT.done;
  },
};

const sideOf = (file: string): Plan | "today" => (file === "today" ? "today" : readPlanFile(file));
