import type { AnalysisAnswer } from "@trivium/model";
import { analyse } from "@trivium/worker";
import { renderAnalysis } from "../analysis.ts";
import { type Command, DATA_OPTIONS, EXIT, JSON_OPTION, needed, oneOfOption } from "../command.ts";
import { readDataset, readScenario } from "../district.ts";
import { CACHE_DIR } from "../places.ts";

export const analyze: Command = {
  name: "analyze",
  grammar: "scheduling --data DIR [--school ID] [--scenario FILE] [--json]",
  summary:
    "Before a solve: requests and sections needed, conflicts, singletons, seats, loads of teachers and rooms, and what can never be met.",
  options: {
    data: DATA_OPTIONS.data,
    mapping: DATA_OPTIONS.mapping,
    school: { type: "string", value: "ID", help: "this school only" },
    scenario: { type: "string", value: "FILE", help: "changes and settings over the district's own" },
    ...JSON_OPTION,
  },
  async run([area_, ...more], values, terminal) {
    const area = oneOfOption(more.length === 0 ? area_ : more[0], "area", ["scheduling"]);
    const scenario = readScenario(values);
    const dataset = await readDataset(needed(values, "data"), values, terminal);
    const answer = (await analyse({ dataset, area, scenario }, { cacheDir: CACHE_DIR })) as AnalysisAnswer;
    terminal.print(values.json ? JSON.stringify(answer, null, 2) : renderAnalysis(answer));
    return EXIT.done;
  },
};
