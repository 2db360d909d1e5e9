import { INK, MUTED, type Page } from "./page.ts";

export interface TableColumn {
  readonly title: string;
  /** Share of the page's width; the shares of a table add up to 1. */
  readonly share: number;
  readonly align?: "left" | "right";
}

const SIZE = 8;
const PADDING = 3;
const RULE = "#d5dce3";

/** Rows of text under a header that is repeated on each page; a row is never cut in two. */
export function table(page: Page, columns: readonly TableColumn[], rows: readonly (readonly string[])[]): void {
  const titles = columns.map((column) => column.title);
  const headerHeight = heightOf(page, columns, titles, "bold");
  page.need(headerHeight + (rows.length > 0 ? heightOf(page, columns, rows[0], "plain") : 0));
  drawRow(page, columns, titles, "bold", headerHeight);
  for (const row of rows) {
    const height = heightOf(page, columns, row, "plain");
    const before = page.y;
    page.need(height);
    if (page.y < before) drawRow(page, columns, titles, "bold", headerHeight);
    drawRow(page, columns, row, "plain", height);
  }
  page.y += 8;
}

function heightOf(page: Page, columns: readonly TableColumn[], cells: readonly string[], font: string): number {
  page.document.font(font).fontSize(SIZE);
  let height = 0;
  columns.forEach((column, at) => {
    const width = column.share * page.width - 2 * PADDING;
    height = Math.max(height, page.document.heightOfString(cells[at] || " ", { width }));
  });
  return height + 2 * PADDING;
}

function drawRow(
  page: Page,
  columns: readonly TableColumn[],
  cells: readonly string[],
  font: "plain" | "bold",
  height: number,
): void {
  const { document } = page;
  const top = page.y;
  document
    .font(font)
    .fontSize(SIZE)
    .fillColor(font === "bold" ? MUTED : INK);
  let x = page.left;
  columns.forEach((column, at) => {
    const width = column.share * page.width;
    document.text(cells[at] ?? "", x + PADDING, top + PADDING, {
      width: width - 2 * PADDING,
      align: column.align ?? "left",
    });
    x += width;
  });
  document
    .moveTo(page.left, top + height)
    .lineTo(page.left + page.width, top + height)
    .lineWidth(0.5)
    .strokeColor(RULE)
    .stroke();
  page.y = top + height;
}
