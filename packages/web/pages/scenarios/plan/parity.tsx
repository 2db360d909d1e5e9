import type { Plan } from "@trivium/model";
import { DataTable, type TableColumn } from "../../../components/data-table.tsx";
import { EmptyState } from "../../../components/states.tsx";
import { percent, plain, usd } from "../../../format.ts";
import { scenarios } from "../../../text/scenarios.ts";

const text = scenarios.parity;

/** A line of a plan's parity table: a slice (school, grade, group_…), who of it, and measures, which differ from area to area. */
export interface ParityRow {
  readonly slice: string;
  readonly value: string;
  readonly suppressed?: boolean;
  readonly [measure: string]: string | number | boolean | undefined;
}

export const parityOf = (plan: Plan): readonly ParityRow[] =>
  (plan.decisions as { fairness?: readonly ParityRow[] }).fairness ?? [];

/** The measures that any row has, in the order of the table. */
export const measuresOf = (rows: readonly ParityRow[]): string[] => [
  ...new Set(rows.flatMap((row) => Object.keys(row).filter((name) => typeof row[name] === "number"))),
];

export const sliceWords = (slice: string): string => slice.replace(/^group_/, "").replaceAll("_", " ");

/** A measure as its name says it is written. */
export function measured(name: string, value: number): string {
  if (/share|_low$|_high$/.test(name)) return percent(value);
  return /usd/.test(name) ? usd(value) : plain(value);
}

/** How the plan serves each school, grade and group. */
export function Parity({ plan }: { plan: Plan }) {
  const rows = parityOf(plan);
  if (rows.length === 0) return <EmptyState title={text.none} />;
  return (
    <div className="stack">
      <p className="muted">{text.intro}</p>
      <div className="card card-flush">
        <DataTable
          label={text.table}
          columns={columnsOf(rows)}
          rows={rows}
          rowId={({ slice, value }) => `${slice} ${value}`}
        />
      </div>
    </div>
  );
}

const columnsOf = (rows: readonly ParityRow[]): TableColumn<ParityRow>[] => [
  { id: "slice", header: text.slice, value: ({ slice }) => sliceWords(slice) },
  {
    id: "value",
    header: text.value,
    value: ({ value }) => value,
    cell: ({ value, suppressed }) => (suppressed ? `${value} (${text.suppressed})` : value),
  },
  ...measuresOf(rows).map(
    (name): TableColumn<ParityRow> => ({
      id: name,
      header: name.replaceAll("_", " "),
      align: "end",
      value: (row) => row[name],
      cell: (row) => {
        const value = row[name];
        return typeof value === "number" ? measured(name, value) : "";
      },
    }),
  ),
];
