import type { Finding } from "@trivium/model";
import { DataTable, type TableColumn } from "../../components/data-table.tsx";
import { Badge } from "../../components/status-badge.tsx";
import type { Findings } from "../../data/resources.ts";
import { ago } from "../../format.ts";
import { district, kindOf } from "../../text/district.ts";

const text = district.work;

/** A finding of a stored dataset has a name and may have been accepted; one of a check has neither. */
export type Found = Findings["findings"][number];

interface Props<F extends Finding> {
  /** All of one code. */
  readonly findings: readonly F[];
  readonly action?: React.ReactNode;
  readonly actionOf?: (finding: F) => React.ReactNode;
  /** The whole row that a finding is about, where the file is at hand. */
  readonly rowOf?: (finding: F) => Readonly<Record<string, string>> | undefined;
}

/** Findings of one kind: what they are, how they are mended, and each with the place where it stands. */
export function FindingKind<F extends Finding & Partial<Found>>({ findings, action, actionOf, rowOf }: Props<F>) {
  const [first] = findings;
  const accepted = findings.filter(({ acknowledgement }) => acknowledgement).length;
  const tone = first.severity === "error" ? "bad" : accepted === findings.length ? "good" : "warn";
  return (
    <div className="card card-flush">
      <div className="card-head">
        <div className="stack-tight">
          <div className="row">
            <h2 className="capital">{kindOf(first.code)}</h2>
            <Badge tone={tone}>
              {first.severity === "error"
                ? text.errors(findings.length)
                : actionOf
                  ? text.openCount(findings.length - accepted)
                  : text.warnings(findings.length)}
            </Badge>
            <span className="small muted">{text.areas[first.area]}</span>
          </div>
          <p className="small muted">
            {text.expected}: {first.expected}. {text.mend}: {first.mend}.
          </p>
        </div>
        {action}
      </div>
      <DataTable
        label={kindOf(first.code)}
        columns={columnsOf(actionOf, rowOf)}
        rows={findings}
        rowId={idOf}
        searchable={findings.length > 8}
        maxHeight="420px"
      />
    </div>
  );
}

const idOf = (finding: Finding & Partial<Found>): string => finding.finding_id ?? JSON.stringify(finding);

function columnsOf<F extends Finding & Partial<Found>>(
  actionOf: Props<F>["actionOf"],
  rowOf: Props<F>["rowOf"],
): TableColumn<F>[] {
  const columns: TableColumn<F>[] = [
    { id: "where", header: text.where, value: ({ file }) => file },
    { id: "row", header: text.row, align: "end", value: ({ row }) => row },
    {
      id: "column",
      header: text.column,
      value: ({ column }) => column,
      cell: ({ column }) => column && <code>{column}</code>,
    },
    { id: "value", header: text.value, value: ({ value }) => value },
    {
      id: "found",
      header: text.found,
      wide: true,
      value: ({ message }) => message,
      cell: (finding) => (
        <>
          {finding.message}
          {finding.others && finding.others.length > 0 && (
            <span className="muted">
              {" "}
              ({text.others(finding.others.map(({ file, row }) => (row ? `${file} ${row}` : file)).join(", "))})
            </span>
          )}
          {rowOf && <OffendingRow row={rowOf(finding)} column={finding.column} />}
        </>
      ),
    },
  ];
  if (!actionOf) return columns;
  return [
    ...columns,
    {
      id: "state",
      header: text.state,
      value: ({ acknowledgement }) => (acknowledgement ? text.accepted : text.open),
      cell: ({ acknowledgement }) =>
        acknowledgement ? (
          <span className="small">
            {text.acceptedBy(
              acknowledgement.acknowledged_by,
              ago(acknowledgement.acknowledged_at),
              acknowledgement.reason,
            )}
          </span>
        ) : (
          text.open
        ),
    },
    { id: "action", header: "", value: () => "", cell: actionOf },
  ];
}

/** The row as it stands in the file, the cell in question marked. */
function OffendingRow({ row, column }: { row: Readonly<Record<string, string>> | undefined; column?: string }) {
  if (!row) return null;
  return (
    <details className="small">
      <summary>{text.inRow}</summary>
      <dl className="facts">
        {Object.entries(row).map(([name, value]) => (
          <div key={name} className="facts-row">
            <dt>
              <code>{name}</code>
            </dt>
            <dd>{name === column ? <mark>{value === "" ? "(empty)" : value}</mark> : value}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
