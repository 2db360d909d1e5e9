import { Random } from "@trivium/engine";
import type { UnmetOf } from "@trivium/model";
import { bondHolds } from "../constraints/bonds.ts";
import { hasFreeSlots, hasLunch } from "../constraints/day.ts";
import { maySit, type Rules, SEAT_RULES } from "../constraints/rules.ts";
import { ALTERNATE, BOND_PAIR, KINDS, type SchedulingProblem, type School } from "../problem/problem.ts";
import { type Places, restorePlaces } from "../schedule/places.ts";
import { Schedule } from "../schedule/schedule.ts";
import { Trial } from "../steps/trial.ts";
import { mendsFor } from "./mends/mends.ts";
import { wordsOf } from "./mends/words.ts";

export type UnmetRow = UnmetOf["scheduling"][number];

/**
 * Unmet requests of a school that a mend is looked for: a plan that misses more than the most has other worries, and a short search is not
 * followed by a long look for mends (one takes as long as some five iterations).
 */
const MENDED_LEAST = 50;
const MENDED_MOST = 2_000;
const ITERATIONS_A_MEND = 32;

/**
 * Every request that the schedule leaves unmet (those replaced by an alternate too), each with its reason, witnesses and the cheapest mend
 * that moves no section; where there are too many, first those that the plan before met. `explain` finds the mends of any.
 * @param iterations of the search
 */
export function unmetOf(problem: SchedulingProblem, places: readonly Places[], iterations: number): UnmetRow[] {
  const most = Math.min(MENDED_MOST, Math.max(MENDED_LEAST, Math.floor(iterations / ITERATIONS_A_MEND)));
  return problem.schools.flatMap((school, index) => {
    const schedule = new Schedule(school);
    restorePlaces(schedule, places[index]);
    const trial = new Trial(schedule, new Random(1));
    const open = Array.from({ length: school.requests.count }, (_, q) => q).filter(
      (q) => school.requests.kind[q] !== ALTERNATE && schedule.choice[q] < 0,
    );
    const metBefore = (q: number) => Number(school.hintSection[q] >= 0);
    const mended = new Set(open.toSorted((a, b) => metBefore(b) - metBefore(a) || a - b).slice(0, most));
    return open.map((q) => {
      const reason = reasonFor(schedule, trial.rules, q);
      return mended.has(q) ? { ...reason, fix: fixOf(trial, q, reason) } : reason;
    });
  });
}

/** The cheapest mend in words; what the reason's rule suggests where nothing that was tried helps. */
function fixOf(trial: Trial, request: number, reason: UnmetRow): string | undefined {
  const [mend] = mendsFor(trial, request, false);
  if (!mend) return reason.fix;
  const { change, effect } = wordsOf(mend, reason.student_id, reason.course_id);
  return `${change}: ${effect}`;
}

/** How one section stands to an unmet request. */
interface Look {
  readonly section: number;
  readonly blockedBy: string;
  readonly full: boolean;
  /** Requests of the student whose sections share a slot with it; −1 = the student is not available then. */
  readonly clashes: readonly number[];
}

/** Why a request is unmet in this schedule. Codes: not_offered, pattern_impossible, blocked_by_rule, all_sections_clash, full, not_proven. */
export function reasonFor(schedule: Schedule, rules: Rules, request: number): UnmetRow {
  const { school } = schedule;
  const { requests, students, courses } = school;
  const course = requests.course[request];
  const base = {
    student_id: students.ids[requests.student[request]],
    course_id: courses.ids[course],
    kind: KINDS[requests.kind[request]],
  };
  const all = Array.from(
    courses.sections.items.subarray(courses.sections.start[course], courses.sections.start[course + 1]),
  );
  const placed = all.filter((section) => schedule.time[school.sections.unit[section]] >= 0);
  if (placed.length === 0) return { ...base, ...notOffered(school, course) };
  const looks = placed.map((section) => lookAt(schedule, rules, request, section));
  const open = looks.filter((look) => look.blockedBy === "");
  if (open.length === 0)
    return {
      ...base,
      reason_code: "blocked_by_rule",
      witness: looks.map((look) => `${school.sections.ids[look.section]}: ${look.blockedBy}`).join("; "),
      fix: "lift or change the rule named for one of these sections",
    };
  const fitting = open.filter((look) => look.clashes.length === 0);
  if (fitting.length === 0) return { ...base, ...clash(schedule, request, open) };
  if (fitting.every((look) => look.full)) return { ...base, ...full(school, fitting) };
  return {
    ...base,
    reason_code: "not_proven",
    witness: fitting.map((look) => school.sections.ids[look.section]).join("|"),
    fix: "solve longer: a section with a seat seems to fit",
  };
}

type Reason = Pick<UnmetRow, "reason_code" | "witness" | "fix">;

function notOffered(school: School, course: number): Reason {
  const { courses } = school;
  if (courses.times.start[course] === courses.times.start[course + 1])
    return {
      reason_code: "pattern_impossible",
      witness: `${courses.ids[course]} has no term and pattern of its length`,
      fix: "allow a term or pattern of the right length for the course",
    };
  return {
    reason_code: "not_offered",
    witness: `${courses.ids[course]} has no section`,
    fix: `open a section of ${courses.ids[course]} (${courses.demand[course]} ask for it)`,
  };
}

function full(school: School, looks: readonly Look[]): Reason {
  const ids = looks.map((look) => school.sections.ids[look.section]);
  return {
    reason_code: "full",
    witness: ids.join("|"),
    fix: `one more seat in ${ids[0]} meets it at nobody's cost`,
  };
}

function clash(schedule: Schedule, request: number, looks: readonly Look[]): Reason {
  const { sections, courses, requests } = schedule.school;
  const name = (q: number) => (q < 0 ? "not available" : sections.ids[schedule.choice[q]]);
  const least = looks.reduce((a, b) => (worth(b) < worth(a) ? b : a));
  const giveUp = least.clashes.filter((q) => q >= 0).map((q) => courses.ids[requests.course[q]]);
  return {
    reason_code: "all_sections_clash",
    witness: looks.map((look) => `${sections.ids[look.section]} with ${look.clashes.map(name).join("+")}`).join("; "),
    fix:
      giveUp.length === 0
        ? `make the student available when ${sections.ids[least.section]} meets`
        : `giving up ${giveUp.join(" and ")} lets ${courses.ids[requests.course[request]]} in${least.full ? ", with one more seat" : ""}; or move ${sections.ids[least.section]}`,
  };
  function worth(look: Look): number {
    return look.clashes.reduce((sum, q) => sum + (q < 0 ? 1e6 : requests.value[q]), look.full ? 500 : 0);
  }
}

function lookAt(schedule: Schedule, rules: Rules, request: number, section: number): Look {
  const { school } = schedule;
  const { calendar, requests, students, sections } = school;
  const words = calendar.bitWords;
  const time = schedule.time[sections.unit[section]];
  const student = requests.student[request];
  const meets = (masks: Int32Array, at: number) => {
    for (let w = 0; w < words; w++) if ((masks[at + w] & calendar.timeBits[time * words + w]) !== 0) return true;
    return false;
  };
  const clashes: number[] = meets(students.off, student * words) ? [-1] : [];
  for (let q = students.requestStart[student]; q < students.requestStart[student + 1]; q++) {
    const other = schedule.choice[q];
    if (other >= 0 && meets(calendar.timeBits, schedule.time[sections.unit[other]] * words)) clashes.push(q);
  }
  const barred = blockedBy(schedule, rules, request, section);
  return {
    section,
    blockedBy: barred === "" && clashes.length === 0 ? blockedByDay(schedule, request, section) : barred,
    full: schedule.seatsLeft(section) <= 0,
    clashes,
  };
}

const RULE_NAMES: Readonly<Record<keyof typeof SEAT_RULES, string>> = {
  reserved: "reserved_for",
  lockedSection: "locked_section_id",
  requestTerm: "term_id",
  notTeacher: "not_teacher",
  apart: "apart",
  together: "with",
  inclusion: "inclusion_max_share",
};

function blockedBy(schedule: Schedule, rules: Rules, request: number, section: number): string {
  if (maySit(schedule, rules, request, section)) return "";
  const found = Object.entries(SEAT_RULES).find(
    ([, rule]) => rules.seat.includes(rule) && !rule.allows(schedule, request, section),
  );
  return found ? RULE_NAMES[found[0] as keyof typeof SEAT_RULES] : "";
}

/** What the rest of the student's day or a link of the student's courses has against a section that clashes with nothing. */
function blockedByDay(schedule: Schedule, request: number, section: number): string {
  const { school } = schedule;
  const { calendar, requests, students, sections, links } = school;
  const words = calendar.bitWords;
  const student = requests.student[request];
  const taken = calendar.timeBits.slice(
    schedule.time[sections.unit[section]] * words,
    (schedule.time[sections.unit[section]] + 1) * words,
  );
  for (let q = students.requestStart[student]; q < students.requestStart[student + 1]; q++) {
    if (schedule.choice[q] < 0) continue;
    const time = schedule.time[sections.unit[schedule.choice[q]]];
    for (let w = 0; w < words; w++) taken[w] |= calendar.timeBits[time * words + w];
  }
  if (!hasLunch(school, student, taken, 0)) return "lunch";
  if (!hasFreeSlots(school, student, taken, 0)) return "free";
  for (let i = links.requests.start[request]; i < links.requests.start[request + 1]; i += 3) {
    const [partner, bond, link] = links.requests.items.subarray(i, i + 3);
    const there = schedule.choice[partner];
    // Which sections are a pair is the engine's choice, so no proof.
    if (bond !== BOND_PAIR && there >= 0 && !bondHolds(schedule, bond, link, section, there)) return "link";
  }
  return "";
}
