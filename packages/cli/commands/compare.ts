import { comparePlans } from "@trivium/worker";
import { type Command, EXIT, JSON_OPTION, UsageError } from "../command.ts";
import { renderComparison } from "../comparison.ts";
import { readPlanFile } from "../district.ts";

export const compare: Command = {
  name: "compare",
  grammar: "a.json b.json [--json]",
  summary: "Two plans of one area side by side: what got better, what got worse, who is affected.",
  options: { ...JSON_OPTION },
  async run([fileA, fileB, ...more], values, terminal) {
    if (fileA === undefined || fileB === undefined || more.length > 0) throw new UsageError("name two plan files");
    const [a, b] = [readPlanFile(fileA), readPlanFile(fileB)];
    if (a.area !== b.area) throw new UsageError(`${fileA} is a ${a.area} plan and ${fileB} a ${b.area} plan`);
    const comparison = await comparePlans({ a, b });
    terminal.print(values.json ? JSON.stringify(comparison, null, 2) : renderComparison(comparison));
    return EXIT.done;
  },
};
