import { applyScenario, type Plan, type RoadIdentity } from "@trivium/model";
import { openRoads } from "@trivium/roads";
import { verifyPlan } from "@trivium/verify";
import { type Command, DATA_OPTIONS, EXIT, JSON_OPTION, needed, UsageError } from "../command.ts";
import { readDataset, readPlanFile } from "../district.ts";
import { CACHE_DIR } from "../places.ts";
import { renderVerification } from "../report.ts";

export const verify: Command = {
  name: "verify",
  grammar: "plan.json --data DIR [--roads FILE] [--json]",
  summary:
    "Recomputes every hard rule and figure of a plan from the district's folder alone; exit 6 when something does not hold.",
  options: { ...DATA_OPTIONS, ...JSON_OPTION },
  async run([file, ...more], values, terminal) {
    if (file === undefined || more.length > 0) throw new UsageError("name one plan file");
    const plan = readPlanFile(file);
    const dataset = await readDataset(needed(values, "data"), values, terminal);
    // Roads as the scenario has them: it may close some.
    const roads =
      plan.area === "routing"
        ? await openRoads(applyScenario(dataset, plan.scenario), { cacheDir: CACHE_DIR })
        : undefined;
    if (roads) terminal.say(roadsUsed(plan.provenance.roads, roads.identity));
    const verification = await verifyPlan(dataset, plan, { roads });
    terminal.print(values.json ? JSON.stringify(verification, null, 2) : renderVerification(verification));
    return verification.ok ? EXIT.done : EXIT.verificationFailed;
  },
};

/** Which road engine made the plan, and which judges it. */
function roadsUsed(made: Plan["provenance"]["roads"], judge: RoadIdentity): string {
  const name = (roads: { engine?: unknown; engine_version?: unknown }) =>
    [roads.engine, roads.engine_version].filter((part) => part !== undefined).join(" ");
  const maker = made ? `made with ${name(made)}` : "made with a road engine that it does not name";
  const allowed = made && made.engine !== judge.engine ? ", which may stand at another kerb of a junction" : "";
  return `roads: ${maker}, judged by ${name(judge)}${allowed}`;
}
