import { capitalPlanAnswers, EXPORT_FORMATS, exportPlan } from "@trivium/intake";
import { askPlan } from "@trivium/worker";
import {
  BASELINE_OPTION,
  type Command,
  DATA_OPTIONS,
  EXIT,
  JSON_OPTION,
  needed,
  OUT_OPTIONS,
  oneOfOption,
  optional,
  outPath,
  UsageError,
} from "../command.ts";
import { readDataset, readPlanFile } from "../district.ts";
import { CACHE_DIR } from "../places.ts";

export const exportCommand: Command = {
  name: "export",
  grammar: `plan.json --format ${EXPORT_FORMATS.join("|")} --out DIR [--data DIR] [--baseline published.json] [--json]`,
  summary:
    "Writes a plan's tables, workbook, printed pages, roster or map. Unapproved plans are marked DRAFT on every sheet.",
  options: {
    format: { type: "string", value: EXPORT_FORMATS.join("|"), help: "what to write" },
    ...BASELINE_OPTION,
    ...DATA_OPTIONS,
    ...OUT_OPTIONS,
    ...JSON_OPTION,
  },
  async run([file, ...more], values, terminal) {
    if (file === undefined || more.length > 0) throw new UsageError("name one plan file");
    const format = oneOfOption(optional(values, "format"), "--format", EXPORT_FORMATS);
    const out = outPath(values);
    if (out === undefined) throw new UsageError("--out is missing");
    const plan = readPlanFile(file);
    const dataset =
      optional(values, "data") === undefined ? undefined : await readDataset(needed(values, "data"), values, terminal);
    const answers =
      dataset &&
      (await capitalPlanAnswers(plan.area, format, (question) => {
        terminal.say(`asking the plan: ${question.kind}`);
        return askPlan({ dataset, plan, question }, { cacheDir: CACHE_DIR });
      }));
    const published = optional(values, "baseline");
    const baseline = published === undefined ? undefined : readPlanFile(published);
    const files = await exportPlan(plan, format, out, { dataset, answers, baseline, approved: false });
    terminal.print(values.json ? JSON.stringify(files, null, 2) : files.join("\n"));
    return EXIT.done;
  },
};
