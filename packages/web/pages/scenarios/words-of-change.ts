import type { Change } from "@trivium/model";
import { common } from "../../text/common.ts";
import { scenarios } from "../../text/scenarios.ts";

const text = scenarios.change;
const cells = (of: Readonly<Record<string, unknown>>): string =>
  Object.entries(of)
    .map(([name, value]) => `${name} = ${shown(value)}`)
    .join(text.and);

function shown(value: unknown): string {
  if (value === null || value === "") return text.emptied;
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

/** A change as a sentence. */
export function wordsOf(change: Change): string {
  switch (change.op) {
    case "set":
      return text.set(change.table, cells(change.where), cells(change.values));
    case "add":
      return text.add(change.table, cells(change.row));
    case "remove":
      return text.remove(change.table, cells(change.where));
    case "replace":
      return text.replace(change.table, change.rows.length);
    default:
      return text.settings(common.areas[change.area], cells(change.values));
  }
}
