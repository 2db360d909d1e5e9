import {
  type ColumnDef,
  createSortedRowModel,
  rowSortingFeature,
  sortFn_alphanumeric,
  sortFn_basic,
  tableFeatures,
  useTable,
} from "@tanstack/react-table";
import { useVirtualizer } from "@tanstack/react-virtual";
import { type CSSProperties, useDeferredValue, useMemo, useRef, useState } from "react";
import { common } from "../text/common.ts";

const features = tableFeatures({
  rowSortingFeature,
  sortedRowModel: createSortedRowModel(),
  sortFns: { alphanumeric: sortFn_alphanumeric, basic: sortFn_basic },
});

/** A column: its value is what is sorted and searched by, `cell` what is shown where that is something else. */
export interface TableColumn<Row> {
  readonly id: string;
  readonly header: string;
  readonly value: (row: Row) => string | number | boolean | null | undefined;
  readonly cell?: (row: Row) => React.ReactNode;
  /** `end`: numbers, so that their digits stand in columns. */
  readonly align?: "end";
  /** Sentences: the column keeps a width at which they can be read. */
  readonly wide?: boolean;
}

interface Props<Row> {
  /** What the table is, for screen readers. */
  readonly label: string;
  readonly columns: readonly TableColumn<Row>[];
  readonly rows: readonly Row[];
  readonly rowId: (row: Row) => string;
  /** Shown beside the search. */
  readonly tools?: React.ReactNode;
  /** `false`: a short table, without search. */
  readonly searchable?: boolean;
  /** Height at which the rows scroll by themselves. */
  readonly maxHeight?: string;
}

const ROW_PX = 33;
const OVERSCAN = 12;
/** Up to here every row is in the page, so that find-in-page and printing have them all. */
const WHOLE_UP_TO = 150;

/** A dense table that is sorted, searched, and, when it is long, only drawn where it is looked at. */
export function DataTable<Row extends object>({
  label,
  columns,
  rows,
  rowId,
  tools,
  searchable = true,
  maxHeight = "70vh",
}: Props<Row>) {
  const [search, setSearch] = useState("");
  const matching = useMatching(rows, columns, useDeferredValue(search.trim().toLowerCase()));
  const definitions = useMemo(() => columns.map(definitionOf), [columns]);
  const table = useTable({
    features,
    columns: definitions,
    data: matching as Row[],
    getRowId: rowId,
  });
  const found = table.getRowModel().rows;
  const scroller = useRef<HTMLDivElement>(null);
  const whole = found.length <= WHOLE_UP_TO;
  const virtual = useVirtualizer({
    count: whole ? 0 : found.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    overscan: OVERSCAN,
  });
  const drawn = virtual.getVirtualItems();
  const before = drawn[0]?.start ?? 0;
  const after = virtual.getTotalSize() - (drawn.at(-1)?.end ?? 0);
  const shown = whole ? found : drawn.map(({ index }) => found[index]);
  return (
    <div>
      {(searchable || tools) && (
        <div className="table-tools no-print">
          {searchable && (
            <input
              className="input"
              type="search"
              aria-label={`${common.search}: ${label}`}
              placeholder={`${common.search}: ${label}`}
              value={search}
              onChange={(event) => setSearch(event.target.value)}
            />
          )}
          {tools}
          <span className="small muted" role="status">
            {common.rows(found.length, rows.length)}
          </span>
        </div>
      )}
      <section
        ref={scroller}
        className="table-scroll"
        style={{ "--table-height": maxHeight } as CSSProperties}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        tabIndex={0}
        aria-label={label}
      >
        <table className="table" aria-rowcount={found.length + 1}>
          <thead>
            {table.getHeaderGroups().map((group) => (
              <tr key={group.id}>
                {group.headers.map((header, column) => {
                  const sorted = header.column.getIsSorted();
                  return (
                    <th
                      key={header.id}
                      scope="col"
                      data-align={columns[column].align}
                      aria-sort={sorted === "asc" ? "ascending" : sorted === "desc" ? "descending" : "none"}
                    >
                      {columns[column].header === "" ? (
                        <span className="visually-hidden">{common.more}</span>
                      ) : (
                        <button type="button" onClick={header.column.getToggleSortingHandler()}>
                          {columns[column].header}
                          <span aria-hidden="true">{sorted === "asc" ? "▲" : sorted === "desc" ? "▼" : ""}</span>
                        </button>
                      )}
                    </th>
                  );
                })}
              </tr>
            ))}
          </thead>
          <tbody>
            {before > 0 && <Spacer height={before} columns={columns.length} />}
            {shown.map((row) => (
              <tr key={row.id} aria-rowindex={whole ? undefined : row.index + 2}>
                {columns.map((column) => (
                  <td key={column.id} data-align={column.align} data-wide={column.wide}>
                    {column.cell ? column.cell(row.original) : textOf(column.value(row.original))}
                  </td>
                ))}
              </tr>
            ))}
            {after > 0 && <Spacer height={after} columns={columns.length} />}
            {found.length === 0 && (
              <tr>
                <td colSpan={columns.length} className="muted">
                  {common.nothingFound}
                </td>
              </tr>
            )}
          </tbody>
        </table>
      </section>
    </div>
  );
}

/** Rows of which any value holds what is searched for. What a row says is put together once, and then only looked through. */
function useMatching<Row>(rows: readonly Row[], columns: readonly TableColumn<Row>[], search: string): readonly Row[] {
  const searching = search !== "";
  const said = useMemo(
    () =>
      searching ? rows.map((row) => columns.map(({ value }) => String(value(row) ?? "").toLowerCase()).join("\n")) : [],
    [rows, columns, searching],
  );
  return useMemo(
    () => (searching ? rows.filter((_row, index) => said[index].includes(search)) : rows),
    [rows, said, search, searching],
  );
}

function Spacer({ height, columns }: { height: number; columns: number }) {
  return (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: a row that stands for those not drawn holds nothing to focus
    <tr className="table-spacer" aria-hidden="true">
      <td colSpan={columns} style={{ height }} />
    </tr>
  );
}

const definitionOf = <Row extends object>({
  id,
  header,
  value,
}: TableColumn<Row>): ColumnDef<typeof features, Row> => ({
  id,
  header,
  accessorFn: (row) => value(row) ?? "",
  sortFn: "alphanumeric",
});

function textOf(value: string | number | boolean | null | undefined): string {
  if (value === null || value === undefined || value === "") return common.none;
  if (typeof value === "boolean") return value ? common.yes : common.no;
  return typeof value === "number" ? value.toLocaleString("en-US") : value;
}
