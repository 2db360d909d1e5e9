import type { Random } from "@trivium/engine";
import type { TableRow } from "@trivium/model";
import { cells, SLOTS, slotId } from "./day.ts";
import type { HiddenPlan } from "./hidden.ts";
import type { Section } from "./master.ts";

type RuleRow = TableRow<"student_rules">;

/** Rules on single students that the hidden plan keeps: flags and the team on all whom they concern, of every other kind a few. */
export function drawRules(random: Random, plan: HiddenPlan): RuleRow[] {
  const own: Section[][] = plan.pupils.map(() => []);
  for (const section of plan.sections) for (const index of section.roster) own[index].push(section);
  const rules: RuleRow[] = plan.pupils.flatMap(({ id, flagged, team }) => [
    ...(flagged ? [{ student_id: id, kind: "section_flag", value: "inclusion" } as const] : []),
    ...(team ? [{ student_id: id, kind: "team", value: team } as const] : []),
  ]);
  const few = Math.max(4, Math.round(plan.pupils.length / 150));
  const order = random.shuffle(plan.pupils.map((_, index) => index).filter((index) => own[index].length > 0));
  const take = (count: number, draw: (index: number) => RuleRow | undefined) => {
    let left = count;
    for (const index of order) {
      if (left === 0) return;
      const row = draw(index);
      if (row === undefined || rules.some((rule) => rule.student_id === row.student_id && rule.kind === row.kind))
        continue;
      rules.push(row);
      left--;
    }
  };
  take(few, (index) => earlyRelease(plan, index, own[index]));
  take(few, (index) => freeBlocks(plan, index, own[index]));
  take(few, (index) => notTeacher(random, plan, index, own[index]));
  take(few, (index) => partner(random, plan, own, index, "apart"));
  take(Math.min(few, 6), (index) => partner(random, plan, own, index, "with"));
  return rules;
}

const busyCells = (own: readonly Section[]): number => own.reduce((mask, section) => mask | section.mask, 0);

/** A senior whose last block of a day is empty all year leaves early that day. */
function earlyRelease(plan: HiddenPlan, index: number, own: readonly Section[]): RuleRow | undefined {
  const { id, grade } = plan.pupils[index];
  const slot = [4, 9].find((last) => (cells([last], "Y") & busyCells(own)) === 0);
  if (grade !== "12" || slot === undefined) return undefined;
  return { student_id: id, unavailable: [slotId(slot)], kind: "free" };
}

/** Who has more than lunch free keeps as many blocks free as in the semester that is fuller. */
function freeBlocks(plan: HiddenPlan, index: number, own: readonly Section[]): RuleRow | undefined {
  const busy = busyCells(own);
  const free = (term: number) =>
    Array.from({ length: SLOTS }, (_, slot) => slot + term * SLOTS).filter((cell) => !(busy & (1 << cell))).length;
  const both = Math.min(free(0), free(1));
  return both < 3 ? undefined : { student_id: plan.pupils[index].id, kind: "free", value: String(both) };
}

/** A teacher of one of the pupil's departments whom the pupil does not have. */
function notTeacher(random: Random, plan: HiddenPlan, index: number, own: readonly Section[]): RuleRow | undefined {
  const met = own.flatMap((section) => [section.teacher, section.coTeacher]);
  const others = plan.teachers.filter(
    (teacher) => !met.includes(teacher) && own.some(({ course }) => course.department === teacher.department),
  );
  if (others.length === 0) return undefined;
  return { student_id: plan.pupils[index].id, kind: "not_teacher", value: others[random.below(others.length)].id };
}

/** Another pupil who shares courses: never the same section of them, or always. */
function partner(
  random: Random,
  plan: HiddenPlan,
  own: readonly Section[][],
  index: number,
  kind: "apart" | "with",
): RuleRow | undefined {
  const start = random.below(plan.pupils.length);
  for (let step = 0; step < plan.pupils.length; step++) {
    const other = (start + step) % plan.pupils.length;
    if (other === index || plan.pupils[other].grade !== plan.pupils[index].grade) continue;
    const common = own[index].flatMap((mine) =>
      own[other].filter(({ course }) => course === mine.course).map((theirs) => mine === theirs),
    );
    const holds = common.length >= (kind === "apart" ? 2 : 1) && common.every((same) => same === (kind === "with"));
    if (holds) return { student_id: plan.pupils[index].id, kind, value: plan.pupils[other].id };
  }
  return undefined;
}
