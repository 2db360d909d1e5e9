import { maybe } from "../../nearest.ts";
import { schedulingError, schedulingWarning } from "../check.ts";
import { each } from "../view.ts";
import { classSlots } from "./calendar.ts";

export const patternSlotUnknown = schedulingError("pattern-slot-unknown", (view, find) => {
  for (const [pattern, place] of each(view, "patterns")) {
    const slots = view.derived(classSlots).get(pattern.school_id) ?? new Set<string>();
    for (const slot of pattern.meetings) {
      if (slots.has(slot)) continue;
      find(place, {
        column: "meetings",
        value: slot,
        message: `pattern ${pattern.pattern_id} meets in ${slot}, which is no class period of ${pattern.school_id}.${maybe(slot, slots)}`,
        expected: "slots day:period_id of class periods in scheduling/periods.csv",
        mend: "correct the slot, or add its period with kind class",
      });
    }
  }
});

export const patternSlotTwice = schedulingWarning("pattern-slot-twice", (view, find) => {
  for (const [pattern, place] of each(view, "patterns")) {
    const twice = pattern.meetings.find((slot, at) => pattern.meetings.indexOf(slot) < at);
    if (twice === undefined) continue;
    find(place, {
      column: "meetings",
      value: twice,
      message: `pattern ${pattern.pattern_id} lists ${twice} twice`,
      expected: "each slot once",
      mend: "remove the second one",
    });
  }
});

export const patternTwins = schedulingWarning("pattern-twins", (view, find) => {
  const seen = new Map<string, number>();
  for (const [pattern, place] of each(view, "patterns")) {
    const shape = `${pattern.school_id} ${[...pattern.meetings].sort().join("|")}`;
    const earlier = seen.get(shape);
    if (earlier === undefined) {
      seen.set(shape, place.index);
      continue;
    }
    find(place, {
      column: "meetings",
      value: pattern.meetings,
      message: `pattern ${pattern.pattern_id} meets exactly when ${view.tables.patterns[earlier].pattern_id} does`,
      expected: "patterns that differ",
      mend: "delete one of them, or correct its meetings",
      others: [{ table: "patterns", index: earlier }],
    });
  }
});
