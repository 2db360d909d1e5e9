import { routingError, routingWarning } from "../check.ts";
import { each } from "../view.ts";

const RANGES = {
  walk_zone_m: [0, 8_000],
  stop_walk_max_m: [50, 3_000],
  ride_max_min: [10, 150],
  seats_per_rider: [0.1, 1],
} as const;

export const ruleImprobable = routingWarning("rule-improbable", (view, find) => {
  for (const [rule, place] of each(view, "rules")) {
    for (const [column, [least, most]] of Object.entries(RANGES)) {
      const value = rule[column as keyof typeof RANGES];
      if (value === undefined || (value >= least && value <= most)) continue;
      find(place, {
        column,
        value,
        message: `${column} of grade ${rule.grade} is ${value}`,
        expected: `from ${least} to ${most}`,
        mend: "check the unit (metres, minutes, shares of a bench), correct it or acknowledge it",
      });
    }
  }
});

export const rideMaxZero = routingError("ride-max-zero", (view, find) => {
  for (const [rule, place] of each(view, "rules")) {
    if (rule.ride_max_min > 0) continue;
    find(place, {
      column: "ride_max_min",
      value: rule.ride_max_min,
      message: `grade ${rule.grade} may not ride at all`,
      expected: "minutes above 0",
      mend: "give the longest ride in minutes",
    });
  }
});

export const shareOneSided = routingWarning("share-one-sided", (view, find) => {
  for (const [rule, place] of each(view, "rules")) {
    for (const other of rule.share_with ?? []) {
      const back = view.row("rules", "grade", other)?.share_with;
      if (other === rule.grade || back === undefined || back.length === 0 || back.includes(rule.grade)) continue;
      find(place, {
        column: "share_with",
        value: other,
        message: `grade ${rule.grade} may ride with ${other}, but ${other} does not list ${rule.grade}: they may not`,
        expected: "each grade listing the other",
        mend: `add ${rule.grade} to the list of ${other}, or remove ${other}`,
      });
    }
  }
});
