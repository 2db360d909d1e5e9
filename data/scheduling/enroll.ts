import type { Random } from "@trivium/engine";
import { ALL_CELLS, cells, countCells, LUNCH_WAVES } from "./day.ts";
import type { Pupil } from "./demand.ts";
import { byCourse, type Section } from "./master.ts";

const LUNCH = LUNCH_WAVES.map((wave) => cells(wave, "Y"));

/** Sections that only make sense together, one choice of several. */
type Option = readonly Section[];

/** A pupil's sections while they are being found. */
interface Attempt {
  readonly sections: readonly Section[];
  readonly busy: number;
}

/**
 * Fills the hidden plan, one pupil after the other in random order: the core by search, then electives into every block left free but lunch.
 * A pupil gets what the lunch wave with the fuller schedule gives.
 */
export function fillHiddenPlan(random: Random, pupils: readonly Pupil[], sections: readonly Section[]): void {
  const courses = byCourse(sections);
  const elective = sections.filter(({ course }) => !course.core);
  const order = random.shuffle(pupils.map((_, index) => index));
  for (const index of order) {
    const pupil = pupils[index];
    const attempts = LUNCH.map((lunch) => {
      const core = searchCore(random, pupil, courses, lunch);
      return fillElectives(random, pupil, elective, core, lunch);
    });
    const best = countCells(attempts[0].busy) >= countCells(attempts[1].busy) ? attempts[0] : attempts[1];
    for (const section of best.sections) seat(section, index, pupil.flagged);
  }
}

/** Offers electives once more to pupils with free blocks, after some sections were closed. */
export function fillFreeBlocks(random: Random, pupils: readonly Pupil[], sections: readonly Section[]): void {
  const elective = sections.filter(({ course }) => !course.core);
  pupils.forEach((pupil, index) => {
    const own = sections.filter(({ roster }) => roster.has(index));
    const busy = own.reduce((mask, section) => mask | section.mask, 0);
    const lunch = LUNCH.find((wave) => (wave & busy) === 0) ?? 0;
    const filled = fillElectives(random, pupil, elective, { sections: own, busy }, lunch);
    for (const section of filled.sections.slice(own.length)) seat(section, index, pupil.flagged);
  });
}

function seat(section: Section, index: number, flagged: boolean): void {
  section.roster.add(index);
  if (flagged) section.flagged++;
}

function open(section: Section, pupil: Pupil): boolean {
  if (section.roster.size >= section.planned) return false;
  if (section.team !== undefined && section.team !== pupil.team) return false;
  return !pupil.flagged || section.flagged < section.flaggedMax;
}

/** Options of one subject: each section of its course, or section by section of courses that run side by side. */
function optionsOf(pupil: Pupil, courses: ReadonlyMap<string, readonly Section[]>, ids: readonly string[]): Option[] {
  const lists = ids.map((id) => courses.get(id) ?? []);
  if (ids[0] === "AMSTE")
    return lists[0]
      .map((first, index) => [first, lists[1][index]])
      .filter((each) => each.every((section) => open(section, pupil)));
  const usable = lists.map((list) => {
    const ours = list.filter((section) => open(section, pupil));
    const team = ours.filter((section) => section.team !== undefined);
    return team.length > 0 ? team : ours;
  });
  if (usable.length === 1) return usable[0].map((section) => [section]);
  return usable[0].flatMap((first) => usable[1].map((second) => [first, second]));
}

const fullness = (option: Option): number =>
  Math.max(...option.map((section) => section.roster.size / section.planned));

/** Depth-first over the subjects, those with the fewest options first, emptiest sections first; the most subjects win. */
function searchCore(
  random: Random,
  pupil: Pupil,
  courses: ReadonlyMap<string, readonly Section[]>,
  lunch: number,
): Attempt {
  const subjects = pupil.core
    .map((ids) =>
      optionsOf(pupil, courses, ids)
        .map((option) => ({ option, cost: fullness(option) + 0.05 * random.unit() }))
        .sort((a, b) => a.cost - b.cost)
        .map(({ option }) => option),
    )
    .sort((a, b) => a.length - b.length);
  let best: Attempt = { sections: [], busy: 0 };
  let nodes = 3_000;
  const descend = (depth: number, attempt: Attempt): boolean => {
    if (attempt.sections.length > best.sections.length) best = attempt;
    if (depth === subjects.length) return attempt.sections.length === pupil.core.flat().length;
    for (const option of subjects[depth]) {
      if (--nodes < 0) return true;
      let busy = attempt.busy;
      const fits = option.every((section) => {
        if ((section.mask & (busy | lunch)) !== 0) return false;
        busy |= section.mask;
        return true;
      });
      if (fits && descend(depth + 1, { sections: [...attempt.sections, ...option], busy })) return true;
    }
    return descend(depth + 1, attempt);
  };
  descend(0, best);
  return best;
}

/** Electives into the free cells: open to the grade, no course twice, the emptier and the harder to place the sooner. */
function fillElectives(
  random: Random,
  pupil: Pupil,
  elective: readonly Section[],
  core: Attempt,
  lunch: number,
): Attempt {
  const usable = elective.filter((section) => open(section, pupil) && section.course.grades.includes(pupil.grade));
  const sections = [...core.sections];
  let busy = core.busy;
  for (;;) {
    let best: Section | undefined;
    let bestScore = -Infinity;
    for (const section of usable) {
      if ((section.mask & (busy | lunch)) !== 0 || sections.some(({ course }) => course.id === section.course.id))
        continue;
      const half = countCells(section.mask) === 1 && !completesHalf(section.mask, busy | lunch) ? 0.4 : 0;
      const score = random.unit() - section.roster.size / section.planned - half + 0.2 * (countCells(section.mask) - 2);
      if (score > bestScore) {
        bestScore = score;
        best = section;
      }
    }
    if (best === undefined) return { sections, busy };
    sections.push(best);
    busy |= best.mask;
  }
}

/** Whether the other semester of the same slot is taken already. */
function completesHalf(mask: number, busy: number): boolean {
  const other = ((mask << 10) | (mask >>> 10)) & ALL_CELLS;
  return (busy & other) !== 0;
}
