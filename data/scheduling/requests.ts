import type { Random } from "@trivium/engine";
import type { TableRow } from "@trivium/model";
import { cells, countCells, LUNCH_WAVES } from "./day.ts";
import type { HiddenPlan } from "./hidden.ts";
import { byCourse, type Section } from "./master.ts";

type RequestRow = TableRow<"requests">;

/** Share of all wishes that the hidden plan does not meet. */
const OUTSIDE_SHARE = 0.025;
/** Of those, at most this share is core. */
const OUTSIDE_CORE_SHARE = 0.2;

/** Wishes of all pupils, and how many of them the hidden plan meets: a floor of what can be had. */
export interface DrawnRequests {
  readonly rows: readonly RequestRow[];
  readonly floor: {
    readonly requests: number;
    readonly met: number;
    readonly required: number;
    readonly requiredMet: number;
  };
}

/**
 * Every enrollment of the hidden plan becomes a wish; some core courses that found no place stay wishes too, and some electives are
 * swapped for one that the pupil's other classes rule out, so that 2.5 % lie outside the plan. Half of the swapped are named as alternates.
 * Rosters lose what was swapped.
 */
export function drawRequests(random: Random, plan: HiddenPlan): DrawnRequests {
  const courses = byCourse(plan.sections);
  const own: Section[][] = plan.pupils.map(() => []);
  for (const section of plan.sections) for (const index of section.roster) own[index].push(section);
  const outside: string[][] = plan.pupils.map(() => []);
  let coreLeft = Math.round(own.flat().length * OUTSIDE_SHARE * OUTSIDE_CORE_SHARE);
  for (const index of random.shuffle(plan.pupils.map((_, at) => at))) {
    const missing = plan.pupils[index].core
      .flat()
      .filter((id) => courses.has(id) && !own[index].some(({ course }) => course.id === id));
    if (missing.length === 0 || coreLeft === 0) continue;
    outside[index].push(missing[0]);
    coreLeft--;
  }
  const alternates: [course: string, instead: string | undefined][][] = plan.pupils.map(() => []);
  const total = own.flat().length + outside.flat().length;
  for (let left = Math.round(total * OUTSIDE_SHARE) - outside.flat().length; left > 0; left--) {
    for (let tries = 0; tries < 40; tries++) if (swapOne(random, plan, own, outside, alternates)) break;
  }
  nameAlternates(random, plan, own, outside, alternates);
  const rows = plan.pupils.flatMap((_, index) =>
    rowsOf(random, plan, index, own[index], outside[index], alternates[index]),
  );
  const asked = rows.filter(({ kind }) => kind !== "alternate");
  const required = asked.filter(({ kind }) => kind === "required").length;
  const met = own.flat().length;
  const requiredMet = own.flat().filter(({ course }) => course.core).length;
  return { rows, floor: { requests: asked.length, met, required, requiredMet } };
}

/** One pupil's elective gives way to a wish for another that clashes with what the pupil keeps. */
function swapOne(
  random: Random,
  plan: HiddenPlan,
  own: Section[][],
  outside: string[][],
  alternates: [string, string | undefined][][],
): boolean {
  const index = random.below(plan.pupils.length);
  const given = own[index].filter(({ course }) => !course.core);
  if (given.length === 0 || outside[index].length > 0) return false;
  const dropped = given[random.below(given.length)];
  const kept = own[index].filter((section) => section !== dropped);
  const busy = kept.reduce((mask, section) => mask | section.mask, 0);
  const impossible = (section: Section) =>
    (section.mask & busy) !== 0 || LUNCH_WAVES.every((wave) => ((section.mask | busy) & cells(wave, "Y")) !== 0);
  const wishes = [...byCourse(plan.sections)].filter(
    ([id, sections]) =>
      !sections[0].course.core &&
      sections[0].course.grades.includes(plan.pupils[index].grade) &&
      countCells(sections[0].mask) === countCells(dropped.mask) &&
      !own[index].some(({ course }) => course.id === id) &&
      sections.every(impossible),
  );
  if (wishes.length === 0) return false;
  const [wish] = wishes[random.below(wishes.length)];
  own[index] = kept;
  dropped.roster.delete(index);
  if (plan.pupils[index].flagged) dropped.flagged--;
  outside[index].push(wish);
  if (random.unit() < 0.5) alternates[index].push([dropped.course.id, wish]);
  return true;
}

/** Two pupils of five name another elective for whatever may fail. */
function nameAlternates(
  random: Random,
  plan: HiddenPlan,
  own: readonly Section[][],
  outside: readonly string[][],
  alternates: [string, string | undefined][][],
): void {
  const electives = [...byCourse(plan.sections).values()].map(([first]) => first.course).filter(({ core }) => !core);
  plan.pupils.forEach((pupil, index) => {
    if (random.unit() > 0.4) return;
    const course = electives[random.below(electives.length)];
    const taken = [
      ...own[index].map((section) => section.course.id),
      ...outside[index],
      ...alternates[index].map(([id]) => id),
    ];
    if (course.grades.includes(pupil.grade) && !taken.includes(course.id))
      alternates[index].push([course.id, undefined]);
  });
}

function rowsOf(
  random: Random,
  plan: HiddenPlan,
  index: number,
  own: readonly Section[],
  outside: readonly string[],
  alternates: readonly (readonly [string, string | undefined])[],
): RequestRow[] {
  const { id: student_id, core } = plan.pupils[index];
  const asked = random.shuffle([...own.map(({ course }) => course.id), ...outside]);
  const isCore = (course: string) => core.flat().includes(course);
  asked.sort((a, b) => Number(isCore(b)) - Number(isCore(a)));
  return [
    ...asked.map(
      (course_id, place): RequestRow => ({
        student_id,
        course_id,
        kind: isCore(course_id) ? "required" : "elective",
        rank: place + 1,
      }),
    ),
    ...alternates.map(
      ([course_id, instead], place): RequestRow => ({
        student_id,
        course_id,
        kind: "alternate",
        rank: place + 1,
        ...(instead ? { alternate_for: instead } : {}),
      }),
    ),
  ];
}
