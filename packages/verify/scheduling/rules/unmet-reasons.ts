import { clash, type Placed, type Reading, type Schedule } from "../reading.ts";
import type { Rule } from "../rule.ts";

/**
 * Reasons that claim a proof are replayed: `not_offered` has no section; `full`: of the sections that fit by time and rule, each is full;
 * `all_sections_clash`: each clashes with the student's classes or absence, or is barred; `blocked_by_rule`: each is barred to the student.
 */
export const unmetReasons: Rule = (reading, report) => {
  for (const schedule of reading.schedules.values())
    for (const row of schedule.unmet) {
      const sections = reading.byCourse.get(row.course_id) ?? [];
      const proof = PROOFS[row.reason_code];
      if (proof === undefined) continue;
      report.check(
        "unmet.reason",
        proof(reading, schedule, sections, row.course_id),
        () => `"${row.reason_code}" is not why ${row.student_id}:${row.course_id} is unmet`,
        { student_id: row.student_id, course_id: row.course_id },
      );
    }
};

type Proof = (reading: Reading, schedule: Schedule, sections: readonly Placed[], courseId: string) => boolean;

const PROOFS: Readonly<Record<string, Proof>> = {
  not_offered: (_reading, _schedule, sections) => sections.length === 0,
  pattern_impossible: (_reading, _schedule, sections) => sections.length === 0,
  blocked_by_rule: (reading, schedule, sections, course) =>
    sections.every((section) => barred(reading, schedule, section, course)),
  all_sections_clash: (reading, schedule, sections, course) =>
    sections.every((section) => clashes(schedule, section) || barred(reading, schedule, section, course)),
  full: (reading, schedule, sections, course) =>
    sections.every(
      (section) => isFull(reading, section) || clashes(schedule, section) || barred(reading, schedule, section, course),
    ),
};

function clashes({ placed, rules }: Schedule, section: Placed): boolean {
  const away = new Set(rules.flatMap((rule) => rule.unavailable ?? []));
  return section.slots.some((slot) => away.has(slot)) || placed.some((other) => clash(other, section));
}

function isFull({ seatedWith, dataset }: Reading, section: Placed): boolean {
  const group = seatedWith.get(section.row.section_id) ?? [section];
  const taken = group.reduce((sum, each) => sum + each.roster.length, 0);
  const beyond = dataset.settings.scheduling.seats_over_max ?? 0;
  const seats = group.reduce((sum, each) => sum + (each.row.seats_max ?? 0) + beyond, 0);
  const room = dataset.tables.rooms.find(({ room_id }) => room_id === section.row.room_id);
  return (
    taken >= Math.min(seats, room?.capacity ?? seats) ||
    section.roster.length >= (section.row.seats_max ?? Infinity) + beyond
  );
}

/** A rule of the student, of the request or of the section keeps the student out whatever the time. */
function barred(reading: Reading, schedule: Schedule, section: Placed, courseId: string): boolean {
  const { student, requests, rules } = schedule;
  const { row, listed, roster, teachers } = section;
  const request = requests.find(({ course_id, kind }) => course_id === courseId && kind !== "alternate");
  const has = (kind: string, value: string | undefined) =>
    rules.some((rule) => rule.kind === kind && rule.value === value);
  if (request?.locked_section_id !== undefined && request.locked_section_id !== row.section_id) return true;
  if (request?.term_id !== undefined && request.term_id !== row.term_id) return true;
  if (listed?.reserved_for !== undefined && !has("team", listed.reserved_for)) return true;
  const held = reading.heldIn.get(`${student.student_id}/${courseId}`);
  if (held === undefined ? listed?.locked?.includes("roster") : held !== row.section_id) return true;
  if (teachers.some((id) => has("not_teacher", id))) return true;
  if (listed?.inclusion_max_share !== undefined && has("section_flag", "inclusion")) {
    const seats = Math.floor(listed.inclusion_max_share * (row.seats_max ?? Infinity) + 1e-9);
    const flagged = roster.filter(({ student_id }) =>
      reading.schedules
        .get(student_id)
        ?.rules.some((rule) => rule.kind === "section_flag" && rule.value === "inclusion"),
    ).length;
    if (flagged + 1 > seats || flagged + 1 > listed.inclusion_max_share * (roster.length + 1) + 1e-9) return true;
  }
  if (dayBars(reading, schedule, section) || linkBars(reading, schedule, section)) return true;
  return partnersOf(reading, student.student_id).some(([kind, other]) => {
    const theirs = reading.schedules.get(other)?.placed.find((each) => each.row.course_id === row.course_id);
    return theirs !== undefined && (theirs === section) !== (kind === "with");
  });
}

/** Partners by either student's rule. */
function partnersOf({ dataset }: Reading, studentId: string): [string, string][] {
  return dataset.tables.student_rules.flatMap((rule): [string, string][] => {
    if (rule.kind !== "with" && rule.kind !== "apart") return [];
    if (rule.student_id === studentId) return [[rule.kind, rule.value ?? ""]];
    return rule.value === studentId ? [[rule.kind, rule.student_id]] : [];
  });
}

/** With it, no lunch wave or too few free slots would be left to the student. */
function dayBars({ dataset, leaves, days }: Reading, { student, placed, rules }: Schedule, section: Placed): boolean {
  const lunch = dataset.settings.scheduling.lunch;
  const waves = lunch?.waves ?? [];
  const own = lunch?.grades?.[student.grade];
  const open = own === undefined ? waves : waves.filter((_, index) => index === own);
  const all = [...placed, section];
  const busy = new Set(all.flatMap(({ slots }) => slots));
  if (open.length > 0 && !open.some((wave) => wave.every((slot) => !busy.has(slot)))) return true;
  const due = Math.max(0, ...rules.filter(({ kind }) => kind === "free").map(({ value }) => Number(value ?? 0) || 0));
  const away = new Set(rules.flatMap((rule) => rule.unavailable ?? []));
  const atoms = new Set(all.flatMap((each) => [...each.atoms]));
  const slots = [...(days.get(student.school_id)?.values() ?? [])].flat().filter((slot) => slot !== null);
  return (
    due > 0 &&
    leaves.some((leaf) => slots.filter((slot) => !away.has(slot) && !atoms.has(`${leaf}/${slot}`)).length < due)
  );
}

/** The order or difference of terms that a link asks for does not hold beside the student's other course. */
function linkBars({ dataset }: Reading, { placed }: Schedule, section: Placed): boolean {
  const terms = new Map(dataset.tables.terms.map((term) => [term.term_id, term]));
  const ends = ({ row }: Placed) => terms.get(row.term_id ?? "")?.end_date ?? "";
  const starts = ({ row }: Placed) => terms.get(row.term_id ?? "")?.start_date ?? "";
  return dataset.tables.course_links.some(({ kind, courses }) => {
    if (kind !== "term_order" && kind !== "different_term") return false;
    const at = courses.indexOf(section.row.course_id);
    return (
      at >= 0 &&
      placed.some((other) => {
        const there = courses.indexOf(other.row.course_id);
        if (there < 0 || there === at) return false;
        if (kind === "different_term") return other.leaves.some((leaf) => section.leaves.includes(leaf));
        const [first, second] = at < there ? [section, other] : [other, section];
        return !(ends(first) < starts(second));
      })
    );
  });
}
