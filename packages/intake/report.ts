import type { Finding, IntegrityReport } from "@trivium/model";

/** Findings of one kind in one column that are listed one by one; what goes beyond is counted in one more finding. */
const LISTED_PER_KIND = 500;

interface Kind {
  readonly last: Finding;
  count: number;
}

/** Gathers findings while a district is read. */
export class FindingList {
  readonly #findings: Finding[] = [];
  readonly #kinds = new Map<string, Kind>();
  errors = 0;
  warnings = 0;

  add(finding: Finding): void {
    if (finding.severity === "error") this.errors++;
    else this.warnings++;
    const name = `${finding.code}\n${finding.file}\n${finding.column ?? ""}`;
    const kind = this.#kinds.get(name);
    if (!kind) this.#kinds.set(name, { last: finding, count: 1 });
    else kind.count++;
    if (!kind || kind.count <= LISTED_PER_KIND) this.#findings.push(finding);
  }

  /** Errors first, then by file and row; kinds that were cut end with how many more there are. */
  listed(): Finding[] {
    const more: Finding[] = [];
    for (const { last, count } of this.#kinds.values()) {
      if (count <= LISTED_PER_KIND) continue;
      const { row: _row, value: _value, others: _others, ...kind } = last;
      const beyond = (count - LISTED_PER_KIND).toLocaleString("en-US");
      more.push({ ...kind, message: `${beyond} more findings of this kind are not listed one by one` });
    }
    return [...this.#findings, ...more].sort(
      (a, b) =>
        rank(a) - rank(b) ||
        compare(a.file, b.file) ||
        (a.row ?? Number.MAX_SAFE_INTEGER) - (b.row ?? Number.MAX_SAFE_INTEGER),
    );
  }

  report(rest: Pick<IntegrityReport, "dataset_hash" | "rows" | "completeness">): IntegrityReport {
    return { ...rest, errors: this.errors, warnings: this.warnings, findings: this.listed() };
  }
}

const rank = (finding: Finding): number => (finding.severity === "error" ? 0 : 1);
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** The area that answers for a file of the district folder. */
export function areaOfFile(file: string): Finding["area"] {
  if (file.startsWith("scheduling/")) return "scheduling";
  if (file.startsWith("transportation/")) return "routing";
  if (file.startsWith("facilities/")) return "facilities";
  return file.startsWith("roads/") ? "roads" : "district";
}

/** Text that a message may show: one line, at most 80 characters. */
export function shown(value: unknown): string {
  const text = (Array.isArray(value) ? value.join("|") : String(value)).replace(/\s+/g, " ");
  return text.length > 80 ? `${text.slice(0, 77)}…` : text;
}
