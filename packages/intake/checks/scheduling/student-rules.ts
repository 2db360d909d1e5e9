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

/** Kept together through others, and apart: in a course that all of them take both cannot hold. */
export const partnersContradict = schedulingWarning("partners-contradict", (view, find) => {
  const parent = new Map<string, string>();
  const root = (id: string): string => {
    const next = parent.get(id) ?? id;
    return next === id ? id : root(next);
  };
  const direct = new Set<string>();
  for (const { student_id, kind, value } of view.tables.student_rules) {
    if (kind !== "with" || value === undefined) continue;
    parent.set(root(student_id), root(value));
    direct.add([student_id, value].sort().join("|"));
  }
  for (const [rule, place] of each(view, "student_rules")) {
    const { student_id, kind, value = "" } = rule;
    if (kind !== "apart" || student_id === value || direct.has([student_id, value].sort().join("|"))) continue;
    if (root(student_id) !== root(value)) continue;
    find(place, {
      column: "value",
      value,
      message: `students ${student_id} and ${value} are to be kept apart, and together through others: in a course that all of them take, someone loses a seat`,
      expected: "rules that agree",
      mend: "delete this rule or one of the rules that keep them together, or acknowledge it",
    });
  }
});

export const teamWithoutStudents = schedulingWarning("team-without-students", (view, find) => {
  const teams = new Set(view.tables.student_rules.flatMap((rule) => (rule.kind === "team" ? [rule.value] : [])));
  for (const [section, place] of each(view, "sections")) {
    const team = section.reserved_for;
    if (team === undefined || teams.has(team)) continue;
    find(place, {
      column: "reserved_for",
      value: team,
      message: `section ${section.section_id} is kept for ${team}, and no student is of that team, so it stays empty.${maybe(
        team,
        [...teams].filter((each) => each !== undefined),
      )}`,
      expected: "a team that students have in scheduling/student_rules.csv",
      mend: "correct the name, add the students' team rules, or empty reserved_for",
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
