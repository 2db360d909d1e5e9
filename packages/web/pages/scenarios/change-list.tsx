import type { Change } from "@trivium/model";
import { wordsOf } from "./words-of-change.ts";

/** The changes of a scenario, a sentence each. */
export function ChangeList({ changes }: { changes: readonly Change[] }) {
  return (
    <ol className="changes">
      {changes.map((change) => (
        <li key={JSON.stringify(change)}>
          {wordsOf(change)}
          {change.note && <span className="muted small"> ({change.note})</span>}
        </li>
      ))}
    </ol>
  );
}
