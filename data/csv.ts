import { TABLES, type Table, type TableName, type Tables } from "@trivium/model";

type AnyRow = Readonly<Record<string, unknown>> & { readonly extra?: Readonly<Record<string, string>> };

/** Rows of one table as CSV: the contract's columns that are required or filled in some row, then what `extra` holds. */
function csvOf(definition: Table, rows: readonly AnyRow[]): string {
  const names = Object.keys(definition.columns).filter(
    (name) => definition.columns[name].required || rows.some((row) => row[name] !== undefined),
  );
  const extras = [...new Set(rows.flatMap((row) => Object.keys(row.extra ?? {})))];
  const lines = rows.map((row) =>
    [
      ...names.map((name) => (row[name] === undefined ? "" : definition.columns[name].format(row[name]))),
      ...extras.map((name) => row.extra?.[name] ?? ""),
    ]
      .map(quoted)
      .join(","),
  );
  return `${[[...names, ...extras].join(","), ...lines].join("\n")}\n`;
}

/** Tables → file contents, by their path in the district folder. */
export function tableFiles(tables: Partial<Tables>): Map<string, string> {
  return new Map(
    Object.entries(tables).map(([name, rows]) => {
      const definition: Table = TABLES[name as TableName];
      return [definition.file, csvOf(definition, rows as unknown as AnyRow[])];
    }),
  );
}

function quoted(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
