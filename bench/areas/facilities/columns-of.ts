import { readFileSync } from "node:fs";

/** A plain CSV of the reference sets by column: no cell holds a comma or a line end. */
export function columnsOf(path: string): Record<string, string[]> {
  const [head, ...rows] = readFileSync(path, "utf8")
    .trim()
    .split(/\r?\n/)
    .map((line) => line.split(",").map((cell) => cell.replaceAll('"', "")));
  return Object.fromEntries(head.map((name, column) => [name, rows.map((row) => row[column])]));
}
