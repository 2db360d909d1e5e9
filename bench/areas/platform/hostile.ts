import { keptTrials } from "../../../test/faults/trials.ts";
import type { Row } from "../../measurement.ts";
import { measured } from "./measured.ts";

interface Withstood {
  readonly calls: number;
  readonly failed: readonly string[];
  readonly slowestMs: number;
  readonly grownMb: number;
}
interface Tried {
  readonly examples: number;
  readonly operations: number;
  readonly failures: number;
}

const HANG_MS = 5000;
const GROWTH_MAX_MB = 150;

/** What `npm run test:faults test/faults/hostile.faults.ts` came to. */
export function* hostileRows(): Generator<Row> {
  const whats = { "malformed-bodies": "malformed bodies", "mutated-districts": "mutated CSV and zip" };
  for (const [name, what] of Object.entries(whats)) {
    const [tried] = keptTrials<Withstood>(name);
    if (!tried) {
      yield { what, instance: "running API", skipped: "npm run test:faults test/faults/hostile.faults.ts tries it" };
      continue;
    }
    const { calls, failed, slowestMs, grownMb } = tried.outcome;
    yield {
      what: `${calls.toLocaleString("en-US")} ${what}`,
      instance: "running API",
      result: `${failed.length} crashes or 5xx, the slowest in ${(slowestMs / 1000).toFixed(1)} s, grown by ${grownMb.toFixed(0)} MB`,
      goal: "0 crashes, 0 5xx, no hang over 5 s, memory flat",
      met: failed.length === 0 && slowestMs < HANG_MS && grownMb < GROWTH_MAX_MB,
      ...measured(tried),
    };
  }
  const tries = keptTrials<Tried>("schemathesis-");
  const [first] = tries;
  if (!first) return;
  const sum = (of: (tried: Tried) => number) => tries.reduce((all, { outcome }) => all + of(outcome), 0);
  yield {
    what: "schemathesis by the document",
    instance: "running API",
    result: `${sum((each) => each.examples).toLocaleString("en-US")} examples of ${sum((each) => each.operations)} operations, ${sum((each) => each.failures)} with 5xx or crash`,
    goal: "0 crashes, 0 5xx",
    met: sum((each) => each.failures) === 0,
    ...measured(first),
    shared: tries.some((each) => each.shared),
  };
}
