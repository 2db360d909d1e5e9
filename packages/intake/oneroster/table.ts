/** A table of the contract made from a file of another system: its CSV, and from which rows each of its rows came. */
export interface MadeTable {
  readonly file: string;
  readonly bytes: Uint8Array;
  readonly from: string;
  /** Of each row after the header. */
  readonly rows: readonly number[];
}

/** Gathers rows; an empty table is none. */
export class TableMaker {
  readonly #file: string;
  readonly #from: string;
  readonly #columns: readonly string[];
  readonly #lines: string[] = [];
  readonly #rows: number[] = [];

  constructor(file: string, from: string, columns: readonly string[]) {
    this.#file = file;
    this.#from = from;
    this.#columns = columns;
  }

  add(row: number, cells: Readonly<Record<string, string | number | undefined>>): void {
    this.#rows.push(row);
    this.#lines.push(this.#columns.map((column) => quoted(String(cells[column] ?? ""))).join(","));
  }

  made(): MadeTable[] {
    if (this.#rows.length === 0) return [];
    const text = `${[this.#columns.join(","), ...this.#lines].join("\n")}\n`;
    return [{ file: this.#file, bytes: new TextEncoder().encode(text), from: this.#from, rows: this.#rows }];
  }
}

const quoted = (cell: string): string => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
