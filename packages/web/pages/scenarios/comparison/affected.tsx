import type { Comparison } from "@trivium/model";
import { DataTable, type TableColumn } from "../../../components/data-table.tsx";
import { scenarios } from "../../../text/scenarios.ts";

const text = scenarios.compare;
const IDS_SHOWN = 400;
type Difference = NonNullable<Comparison["differences"]>[string][number];

/** Whose service differs, kind by kind, and what differs where the engine says it row by row. */
export function Affected({ comparison }: { comparison: Comparison }) {
  const kinds = Object.entries(comparison.affected).filter(([, ids]) => ids.length > 0);
  const differences = Object.entries(comparison.differences ?? {}).filter(([, rows]) => rows.length > 0);
  return (
    <>
      <section className="card" aria-label={text.affected}>
        <h2>{text.affected}</h2>
        {kinds.length === 0 && <p className="muted">{text.nobody}</p>}
        {kinds.map(([kind, ids]) => (
          <details key={kind}>
            <summary>
              {ids.length.toLocaleString("en-US")} {text.kinds[kind] ?? kind.replaceAll("_", " ")}{" "}
              <span className="small muted">{text.ids(IDS_SHOWN, ids.length)}</span>
            </summary>
            <p className="ids mono small">{ids.slice(0, IDS_SHOWN).join(" ")}</p>
          </details>
        ))}
      </section>
      {differences.map(([kind, rows]) => (
        <details key={kind} className="card">
          <summary>
            {text.differences(kind.replaceAll("_", " "))} ({rows.length.toLocaleString("en-US")})
          </summary>
          <DataTable
            label={text.differences(kind)}
            columns={columnsOf(rows)}
            rows={rows}
            rowId={(row) => JSON.stringify(row)}
            maxHeight="480px"
          />
        </details>
      ))}
    </>
  );
}

const columnsOf = (rows: readonly Difference[]): TableColumn<Difference>[] =>
  [...new Set(rows.flatMap((row) => Object.keys(row)))].map((name) => ({
    id: name,
    header: name.replaceAll("_", " "),
    value: (row) => row[name],
  }));
