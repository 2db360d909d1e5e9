import type { Workbook, Worksheet } from "exceljs";
import { DRAFT_MARK } from "./draft.ts";

export type Cell = string | number | boolean | Date | undefined;

/** How a column is shown; the file keeps the number itself. */
const NUMBER_FORMAT = {
  usd: '"$"#,##0',
  share: "0.0%",
  decimal: "#,##0.00",
  whole: "#,##0",
  year: "0",
  date: "yyyy-mm-dd",
} as const;

export interface SheetColumn {
  readonly title: string;
  readonly format?: keyof typeof NUMBER_FORMAT;
  readonly width?: number;
}

const WIDTH_MIN = 9;
const WIDTH_MAX = 60;
const DRAFT_FILL = { type: "pattern", pattern: "solid", fgColor: { argb: "FFFFC7CE" } } as const;
const HEADER_FILL = { type: "pattern", pattern: "solid", fgColor: { argb: "FFE7EDF4" } } as const;

/** A sheet with a frozen, filterable header, widths that fit and, for a draft, its mark in the first row and on each printed page. */
export function addSheet(
  workbook: Workbook,
  name: string,
  columns: readonly SheetColumn[],
  rows: readonly (readonly Cell[])[],
  approved: boolean,
): Worksheet {
  const sheet = workbook.addWorksheet(name, {
    pageSetup: { orientation: "landscape", fitToPage: true, fitToHeight: 0 },
  });
  if (!approved) markDraft(sheet);
  const header = sheet.addRow(columns.map((column) => column.title));
  header.font = { bold: true };
  header.eachCell((cell) => {
    cell.fill = HEADER_FILL;
  });
  sheet.views = [{ state: "frozen", ySplit: header.number }];
  for (const row of rows) sheet.addRow([...row]);
  sheet.autoFilter = {
    from: { row: header.number, column: 1 },
    to: { row: header.number + rows.length, column: Math.max(1, columns.length) },
  };
  columns.forEach((column, at) => {
    const target = sheet.getColumn(at + 1);
    target.width = column.width ?? fittingWidth(column, rows, at);
    if (column.format) target.numFmt = NUMBER_FORMAT[column.format];
  });
  return sheet;
}

function markDraft(sheet: Worksheet): void {
  const mark = sheet.addRow([DRAFT_MARK]);
  mark.font = { bold: true, color: { argb: "FF9C0006" } };
  mark.getCell(1).fill = DRAFT_FILL;
  sheet.headerFooter.oddHeader = `&C&"-,Bold"${DRAFT_MARK}`;
}

function fittingWidth(column: SheetColumn, rows: readonly (readonly Cell[])[], at: number): number {
  let longest = column.title.length;
  for (const row of rows.slice(0, 500)) longest = Math.max(longest, textLength(row[at]));
  return Math.min(WIDTH_MAX, Math.max(WIDTH_MIN, longest + 2));
}

function textLength(cell: Cell): number {
  if (cell === undefined) return 0;
  if (cell instanceof Date) return 10;
  return typeof cell === "number" ? Math.round(cell).toLocaleString("en-US").length + 3 : String(cell).length;
}
