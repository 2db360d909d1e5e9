import type { TableRow } from "@trivium/model";
import { maybe } from "../../nearest.ts";
import { schedulingError, schedulingWarning } from "../check.ts";
import { type DistrictView, each } from "../view.ts";

export const studentRuleValue = schedulingError("student-rule-value", (view, find) => {
  for (const [rule, place] of each(view, "student_rules")) {
    const expected = wanted(view, rule);
    if (expected === undefined) continue;
    const known = rule.kind === "not_teacher" ? view.group("teachers", "teacher_id") : new Map<unknown, unknown>();
    find(place, {
      column: "value",
      value: rule.value ?? "",
      message: `the rule ${rule.kind} of student ${rule.student_id} has the value ${rule.value ?? "(empty)"}.${maybe(rule.value ?? "", known.keys() as Iterable<string>)}`,
      expected,
      mend: "correct the value, or delete the rule",
    });
  }
});

/** What the value should have been; undefined where it is right. */
function wanted(view: DistrictView, rule: TableRow<"student_rules">): string | undefined {
  const value = rule.value ?? "";
  switch (rule.kind) {
    case "free":
      return value === "" || /^\d{1,2}$/.test(value) ? undefined : "a number of free slots, or nothing";
    case "with":
    case "apart": {
      const other = view.ids("students", "student_id").has(value) && value !== rule.student_id;
      return other ? undefined : "the id of another student";
    }
    case "not_teacher":
      return view.ids("teachers", "teacher_id").has(value) ? undefined : "a teacher_id";
    case "team":
    case "section_flag":
      return value === "" ? "a name" : undefined;
  }
}

export const studentRulesContradict = schedulingError("student-rules-contradict", (view, find) => {
  const pairs = new Map<string, { kind: string; index: number }>();
  for (const [rule, place] of each(view, "student_rules")) {
    if (rule.kind !== "with" && rule.kind !== "apart") continue;
    const pair = [rule.student_id, rule.value ?? ""].sort().join(" and ");
    const earlier = pairs.get(pair);
    pairs.set(pair, { kind: rule.kind, index: place.index });
    if (!earlier || earlier.kind === rule.kind) continue;
    find(place, {
      column: "kind",
      value: rule.kind,
      message: `students ${pair} are to be kept together and apart`,
      expected: "one of the two",
      mend: "delete one of the two rules",
      others: [{ table: "student_rules", index: earlier.index }],
    });
  }
});

export const teamWithoutSections = schedulingWarning("team-without-sections", (view, find) => {
  const teams = view.ids("sections", "reserved_for");
  const reported = new Set<string>();
  for (const [rule, place] of each(view, "student_rules")) {
    const team = rule.value;
    if (rule.kind !== "team" || team === undefined || teams.has(team) || reported.has(team)) continue;
    reported.add(team);
    find(place, {
      column: "value",
      value: team,
      message: `team ${team} has students, but no section is reserved for it.${maybe(team, [...teams.keys()].filter((key) => key !== undefined) as string[])}`,
      expected: "the team in reserved_for of scheduling/sections.csv",
      mend: "reserve sections for the team, or correct its name",
    });
  }
});
