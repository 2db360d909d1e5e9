export const BLUE = "2F6DB5";
export const GREY = "B8C4D0";
export const RED = "C0504D";
const CHART_ROWS = 18;
const CHART_COLUMNS = 9;

/** Charts stand one under the other, from this column on. */
export const placed = (place: number, column: number) => ({
  anchor: {
    from: { row: 1 + place * (CHART_ROWS + 1), col: column },
    to: { row: 1 + place * (CHART_ROWS + 1) + CHART_ROWS, col: column + CHART_COLUMNS },
  },
  legend: "bottom" as const,
});

export const yearAxes = (formatCode: string) => ({ x: { title: "Fiscal year" }, y: { numberFormat: { formatCode } } });
export const usdAxes = yearAxes("$#,##0");
