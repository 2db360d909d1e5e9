import { DataTable, type TableColumn } from "../../components/data-table.tsx";
import type { Findings } from "../../data/resources.ts";
import { percent } from "../../format.ts";
import { district } from "../../text/district.ts";

const text = district.dataset;

/** What was read: each file and its rows. */
export function TableSizes({ report }: { report: Findings }) {
  const rows = Object.entries(report.rows).map(([file, count]) => ({ file, count }));
  return (
    <div className="card card-flush">
      <DataTable label={text.tablesLabel} columns={SIZES} rows={rows} rowId={({ file }) => file} />
    </div>
  );
}

const SIZES: readonly TableColumn<{ file: string; count: number }>[] = [
  { id: "file", header: text.file, value: ({ file }) => file },
  { id: "rows", header: text.rows, align: "end", value: ({ count }) => count },
];

type Filled = Findings["completeness"][number];

/** How far each column is filled: an empty one may be meant, or forgotten. */
export function Completeness({ report }: { report: Findings }) {
  return (
    <div className="card card-flush">
      <DataTable
        label={text.completenessLabel}
        columns={COMPLETENESS}
        rows={report.completeness}
        rowId={({ file, column }) => `${file} ${column}`}
      />
    </div>
  );
}

const shareOf = ({ filled, rows }: Filled) => (rows === 0 ? null : filled / rows);

const COMPLETENESS: readonly TableColumn<Filled>[] = [
  { id: "file", header: text.file, value: ({ file }) => file },
  { id: "column", header: text.column, value: ({ column }) => column, cell: ({ column }) => <code>{column}</code> },
  { id: "filled", header: text.filled, align: "end", value: ({ filled }) => filled },
  { id: "rows", header: text.rows, align: "end", value: ({ rows }) => rows },
  {
    id: "share",
    header: text.share,
    align: "end",
    value: shareOf,
    cell: (row) => {
      const share = shareOf(row);
      return share === null ? "" : percent(share, 0);
    },
  },
];
