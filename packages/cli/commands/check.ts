import { type Command, DATA_OPTIONS, EXIT, JSON_OPTION, UsageError } from "../command.ts";
import { readReport } from "../district.ts";
import { countFindings, renderFindings } from "../report.ts";

export const check: Command = {
  name: "check",
  grammar: "DIR [--mapping FILE] [--roads FILE] [--json]",
  summary: "Data-integrity report of a district: all findings at once; errors exit 3, warnings never stop a solve.",
  options: { mapping: DATA_OPTIONS.mapping, roads: DATA_OPTIONS.roads, ...JSON_OPTION },
  async run([dir, ...more], values, terminal) {
    if (dir === undefined || more.length > 0) throw new UsageError("name one district folder or zip");
    const { report } = await readReport(dir, values);
    if (values.json) terminal.print(JSON.stringify(report, null, 2));
    else {
      if (report.findings.length > 0) terminal.print(renderFindings(report.findings));
      const rows = Object.values(report.rows).reduce((sum, count) => sum + count, 0);
      terminal.print(
        `${dir}: ${rows.toLocaleString("en-US")} rows in ${Object.keys(report.rows).length} files, ${countFindings(report)}`,
      );
      if (report.dataset_hash) terminal.print(`dataset ${report.dataset_hash.slice(0, 16)}`);
    }
    return report.errors > 0 ? EXIT.invalidInput : EXIT.done;
  },
};
