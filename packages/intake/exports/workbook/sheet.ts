import type { CellStyle, CellValue, SheetChart, WriteSheet } from "hucre";
import { DRAFT_MARK } from "../draft.ts";

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

export interface SheetContent {
  readonly name: string;
  readonly columns: readonly SheetColumn[];
  readonly rows: readonly (readonly Cell[])[];
  /** False marks the sheet as a draft, on screen and on each printed page. */
  readonly approved: boolean;
  /** Charts drawn from this sheet's or another's cells; see {@link columnRange}. */
  readonly charts?: readonly SheetChart[];
}

const WIDTH_MIN = 9;
const WIDTH_MAX = 60;
/** The font that spreadsheets start with. */
export const FONT = "Calibri";
const HEADER: Partial<CellStyle> = {
  font: { name: FONT, size: 11, bold: true },
  fill: { type: "pattern", pattern: "solid", fgColor: { rgb: "E7EDF4" } },
};
const MARK: Partial<CellStyle> = {
  font: { name: FONT, size: 11, bold: true, color: { rgb: "9C0006" } },
  fill: { type: "pattern", pattern: "solid", fgColor: { rgb: "FFC7CE" } },
};

/** A sheet with a frozen, filterable header, widths that fit and, for a draft, its mark in the first row and on each printed page. */
export function sheet({ name, columns, rows, approved, charts = [] }: SheetContent): WriteSheet {
  const header = headerRow(approved);
  const titles = columns.map((column) => column.title);
  const body: CellValue[][] = [titles, ...rows.map((row) => row.map((cell) => cell ?? null))];
  const cells = new Map(
    titles.map((value, at) => [`${header - 1},${at}`, { value, style: HEADER, type: "string" as const }]),
  );
  if (!approved) cells.set("0,0", { value: DRAFT_MARK, style: MARK, type: "string" });
  const last = columnLetter(Math.max(0, columns.length - 1));
  return {
    name,
    rows: approved ? body : [[DRAFT_MARK], ...body],
    cells,
    columns: columns.map((column, at) => ({
      width: column.width ?? fittingWidth(column, rows, at),
      ...(column.format && { numFmt: NUMBER_FORMAT[column.format] }),
    })),
    freezePane: { rows: header },
    autoFilter: { range: `A${header}:${last}${header + rows.length}` },
    pageSetup: { orientation: "landscape", fitToPage: true, fitToWidth: 1, fitToHeight: 0 },
    headerFooter: {
      ...(!approved && { oddHeader: `&C&"-,Bold"${DRAFT_MARK}` }),
      oddFooter: "&L&A&RPage &P of &N",
    },
    charts: [...charts],
  };
}

/**
 * The cells of one column of a sheet made by {@link sheet}, for a chart: `'Plan by year'!$B$2:$B$11`.
 * @param column 0-based
 * @param rows   how many rows of content the sheet has; 1 at least
 */
export function columnRange(name: string, column: number, rows: number, approved: boolean): string {
  const first = headerRow(approved) + 1;
  const letter = columnLetter(column);
  return `'${name}'!$${letter}$${first}:$${letter}$${first + Math.max(1, rows) - 1}`;
}

/** 1-based row of the header. */
const headerRow = (approved: boolean): number => (approved ? 1 : 2);

function columnLetter(column: number): string {
  const letter = String.fromCharCode(65 + (column % 26));
  return column < 26 ? letter : columnLetter(Math.floor(column / 26) - 1) + letter;
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
