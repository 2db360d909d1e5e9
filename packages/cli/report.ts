import type { Finding, IntegrityReport, Verification } from "@trivium/model";

const place = (finding: Finding) =>
  `${finding.file}${finding.row === undefined ? "" : `:${finding.row}`}${finding.column === undefined ? "" : ` ${finding.column}`}`;

/** Findings as a list for people: what, where, what was expected, how to mend it. */
export function renderFindings(findings: readonly Finding[]): string {
  return findings
    .map(
      (finding) =>
        `${finding.severity === "error" ? "ERROR  " : "warning"} ${place(finding)} [${finding.code}]\n        ${finding.message}\n        expected ${finding.expected}; ${finding.mend}`,
    )
    .join("\n");
}

export const countFindings = (report: IntegrityReport): string =>
  `${report.errors} errors, ${report.warnings} warnings`;

/** A verification in one line, or with its first violations. */
export function renderVerification(verification: Verification): string {
  const applied = Object.values(verification.checked).reduce((sum, count) => sum + count, 0);
  const rules = Object.keys(verification.checked).length;
  const head = `${verification.ok ? "verified" : "NOT VERIFIED"}: ${rules} rules applied ${applied.toLocaleString("en-US")} times, ${Object.keys(verification.figures).length} figures recomputed, ${verification.violation_count} violations`;
  const shown = verification.violations.slice(0, 20).map((violation) => `  ${violation.rule}: ${violation.message}`);
  return [head, ...shown].join("\n");
}
