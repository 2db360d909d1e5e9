import type { TriviumClient } from "@trivium/client";
import { district } from "../../text/district.ts";
import type { Files } from "./dropped-files.ts";
import { FindingKind } from "./finding-kind.tsx";
import { rowOfFile } from "./recognise.ts";

const text = district.upload;
type Checked = Awaited<ReturnType<TriviumClient["checkDistrict"]>>;

/** What the check found, errors first, each with its row as it stands in the file. */
export function CheckReport({ checked, files }: { checked: Checked; files: Files }) {
  const { report, mapping } = checked;
  const kinds = Map.groupBy(report.findings, ({ code, severity }) => `${severity} ${code}`);
  return (
    <div className="stack" role="status">
      <div className="notice" data-tone={report.errors > 0 ? "bad" : "good"}>
        <p>{report.errors > 0 ? text.withErrors(report.errors) : text.noErrors}</p>
        <p>{text.withWarnings(report.warnings)}</p>
        {mapping && <p>{text.usedMapping(mapping)}</p>}
      </div>
      {[...kinds].map(([kind, findings]) => (
        <FindingKind key={kind} findings={findings} rowOf={({ file, row }) => rowOfFile(files, file, row)} />
      ))}
    </div>
  );
}
