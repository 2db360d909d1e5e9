import { useQuery } from "@tanstack/react-query";
import { useSearchParams } from "wouter";
import { DataTable, type TableColumn } from "../../../components/data-table.tsx";
import { SelectField } from "../../../components/field.tsx";
import { queries } from "../../../data/queries.ts";
import { scenarios } from "../../../text/scenarios.ts";
import { measured, measuresOf, type ParityRow, parityOf, sliceWords } from "../plan/parity.tsx";

const text = scenarios.compare;

interface Row {
  readonly slice: string;
  readonly value: string;
  readonly a: number | null;
  readonly b: number | null;
}

/** Both parity tables by one measure: which school, grade or group gains and which loses. Today's service has none of its own. */
export function ParityDifference({ a, b }: { a: string; b: string }) {
  const left = useQuery({ ...queries.plan(a), enabled: a !== "today" });
  const right = useQuery({ ...queries.plan(b), enabled: b !== "today" });
  const [search, setSearch] = useSearchParams();
  const before = left.data ? parityOf(left.data) : [];
  const after = right.data ? parityOf(right.data) : [];
  const measures = measuresOf(after.length > 0 ? after : before);
  const measure =
    measures.find((each) => each === search.get("measure")) ??
    measures.find((each) => /mean|share/.test(each)) ??
    measures[0];
  if (before.length + after.length === 0 || measure === undefined) return null;
  const choose = (name: string) =>
    setSearch((now) => {
      const next = new URLSearchParams(now);
      next.set("measure", name);
      return next;
    });
  return (
    <div className="card card-flush">
      <div className="card-head">
        <div className="stack-tight">
          <h2>{text.parity}</h2>
          <p className="small muted">{before.length > 0 && after.length > 0 ? text.parityHint : text.noParity}</p>
        </div>
        <SelectField
          label={text.measure}
          value={measure}
          onChange={(event) => choose(event.target.value)}
          options={measures.map((each) => [each, each.replaceAll("_", " ")])}
        />
      </div>
      <DataTable
        label={text.parity}
        columns={columnsOf(measure)}
        rows={joined(before, after, measure)}
        rowId={({ slice, value }) => `${slice} ${value}`}
        maxHeight="480px"
      />
    </div>
  );
}

function joined(before: readonly ParityRow[], after: readonly ParityRow[], measure: string): Row[] {
  const rows = new Map<string, Row>();
  const number = (row: ParityRow) => (typeof row[measure] === "number" ? row[measure] : null);
  for (const row of before)
    rows.set(`${row.slice} ${row.value}`, { slice: row.slice, value: row.value, a: number(row), b: null });
  for (const row of after) {
    const known = rows.get(`${row.slice} ${row.value}`);
    rows.set(`${row.slice} ${row.value}`, { slice: row.slice, value: row.value, a: known?.a ?? null, b: number(row) });
  }
  return [...rows.values()];
}

const difference = ({ a, b }: Row) => (a === null || b === null ? null : b - a);

function columnsOf(measure: string): TableColumn<Row>[] {
  const shown = (value: number | null) => (value === null ? "" : measured(measure, value));
  return [
    { id: "slice", header: scenarios.parity.slice, value: ({ slice }) => sliceWords(slice) },
    { id: "value", header: scenarios.parity.value, value: ({ value }) => value },
    { id: "a", header: "A", align: "end", value: ({ a }) => a, cell: ({ a }) => shown(a) },
    { id: "b", header: "B", align: "end", value: ({ b }) => b, cell: ({ b }) => shown(b) },
    {
      id: "difference",
      header: text.difference,
      align: "end",
      value: difference,
      cell: (row) => {
        const value = difference(row);
        return value === null ? "" : `${value > 0 ? "+" : value < 0 ? "−" : ""}${measured(measure, Math.abs(value))}`;
      },
    },
  ];
}
