import { type Budget, Random, type Task } from "@trivium/engine";
import { CANDIDATE_KINDS, type OneMoreRow } from "@trivium/model";
import { flatten } from "../../problem/lists.ts";
import { REQUIRED, type SchedulingProblem, type School } from "../../problem/problem.ts";
import { copyPlaces, type Places, restorePlaces } from "../../schedule/places.ts";
import { Schedule } from "../../schedule/schedule.ts";
import { Search } from "../../search/search.ts";
import { applySteps } from "../../steps/apply.ts";
import { outcomeOf, requestRef } from "../../steps/outcome.ts";
import { Trial } from "../../steps/trial.ts";
import type { Candidate } from "./candidate.ts";
import { type Spared, withClosed, withOnly, withSpares } from "./spare.ts";
import { type Tried, tryCandidate } from "./try-candidate.ts";

export interface ReseatInput {
  readonly school: number;
  /** The plan's places on the school without spare sections. */
  readonly from: Places;
  readonly candidates: readonly Candidate[];
  /** A row a place, not the best of each candidate; of this course only (−1: all). */
  readonly detail: boolean;
  readonly course: number;
}

/** Candidates re-seated one after the other on the same schedule: each comes out the same wherever and with whatever others it is done. */
export const reseatTask: Task<SchedulingProblem, ReseatInput, OneMoreRow[]> = {
  name: "one_more",
  run(problem, input) {
    const spared = withSpares(problem.schools[input.school]);
    const schedule = new Schedule(spared.school);
    const start = withClosed(input.from, spared.school.units.count);
    const random = new Random(1);
    return input.candidates.flatMap((candidate) => {
      // A fresh schedule and chances of its own: a candidate's rows are the same alone and among all others.
      restorePlaces(schedule, start);
      const trial = new Trial(schedule, random.fork(CANDIDATE_KINDS.indexOf(candidate.kind)).fork(candidate.of));
      const rows = Array.from(tryCandidate(trial, spared, candidate, input.course), (tried) =>
        rowOf(spared.school, candidate, tried),
      );
      if (rows.length === 0) return [];
      const best = rows.reduce((a, b) => (before(b, a) < 0 ? b : a));
      return (input.detail ? rows : [best]).map((row) => ({ ...row, tried: rows.length }));
    });
  },
};

/** The larger gain first, then what needs nobody and nothing on top. */
export function before(a: OneMoreRow, b: OneMoreRow): number {
  return (
    b.gain - a.gain ||
    b.gain_required - a.gain_required ||
    a.lacks.length - b.lacks.length ||
    b.gain_points - a.gain_points ||
    a.students - b.students
  );
}

function rowOf(
  school: School,
  { kind, of }: Candidate,
  { outcome, section, time, teacher, room, lacks }: Tried,
): OneMoreRow {
  const { courses, sections, teachers, rooms, calendar } = school;
  const course = courses.ids[sections.course[section]];
  return {
    kind,
    id:
      { section_more: course, section_fewer: course, teacher_section: teachers.ids[of] }[kind as string] ??
      sections.ids[section],
    course_id: course,
    ...gains(school, outcome.met, outcome.lost),
    students: outcome.students.length,
    section_id: sections.ids[section],
    term_id: calendar.termIds[calendar.timeTerm[time]] || null,
    pattern_id: calendar.timePattern[time],
    teacher_id: teacher < 0 ? null : teachers.ids[teacher],
    room_id: room < 0 ? null : rooms.ids[room],
    lacks: [...lacks],
    method: "reseat",
    tried: 1,
    iterations: 0,
    steps:
      kind === "seat"
        ? [{ step: "seats", section_id: sections.ids[section], seats_max: sections.cap[section] + 1 }, ...outcome.steps]
        : [...outcome.steps],
    meets: outcome.met.map((q) => requestRef(school, q)),
    loses: outcome.lost.map((q) => requestRef(school, q)),
  };
}

function gains({ requests }: School, met: readonly number[], lost: readonly number[]) {
  const points = (list: readonly number[]) => list.reduce((sum, q) => sum + requests.points[q], 0);
  const required = (list: readonly number[]) => list.filter((q) => requests.kind[q] === REQUIRED).length;
  return {
    gain: met.length - lost.length,
    gain_required: required(met) - required(lost),
    gain_points: Math.round((points(met) - points(lost)) * 10) / 10,
  };
}

export interface SearchInput {
  readonly school: number;
  readonly from: Places;
  /** null: the plan as it is, to see what the search alone gains. */
  readonly row: OneMoreRow | null;
  readonly candidate: Candidate | null;
  readonly iterations: number;
  readonly seed: number;
}

/** A short search of the whole school from where re-seating left it; gains over the plan. */
export const searchTask: Task<
  SchedulingProblem,
  SearchInput,
  Pick<OneMoreRow, "gain" | "gain_required" | "gain_points">
> = {
  name: "one_more_search",
  run(problem, { school: index, from, row, candidate, iterations, seed }) {
    const spared = withSpares(problem.schools[index]);
    const start = withClosed(from, spared.school.units.count);
    const school = changed(spared, row, candidate);
    const search = new Search(school, new Random(seed));
    restorePlaces(search.schedule, start);
    const plan = copyPlaces(search.schedule);
    if (row) applySteps(search.schedule, row.steps ?? []);
    search.schedule.commit();
    search.annealing.best = copyPlaces(search.schedule);
    const budget: Budget = { spent: (done) => done / iterations };
    search.anneal(budget, { from: 20, to: 4 }, () => {});
    search.finish();
    const { met, lost } = outcomeOf(plan, search.schedule);
    return gains(school, met, lost);
  },
};

/** The school as the candidate makes it: what it opens, closes, moves or adds stays so while the rest is searched. */
function changed(spared: Spared, row: OneMoreRow | null, candidate: Candidate | null): School {
  const section = row === null ? -1 : spared.school.sections.ids.indexOf(row.section_id);
  const unit = section < 0 ? -1 : spared.school.sections.unit[section];
  const opened = unit >= spared.firstAdded ? unit : -1;
  const school = withOnly(spared, opened);
  if (row === null || candidate === null) return school;
  if (candidate.kind === "seat") {
    const [seats, cap] = [school.sections.seats.slice(), school.sections.cap.slice()];
    seats[section]++;
    cap[section]++;
    return { ...school, sections: { ...school.sections, seats, cap } };
  }
  if (candidate.kind === "teacher_section") {
    const sectionsMax = school.teachers.sectionsMax.slice();
    sectionsMax[candidate.of]++;
    return { ...school, teachers: { ...school.teachers, sectionsMax } };
  }
  if (candidate.kind === "section_fewer") return withTimes(school, unit, []);
  const time = school.calendar.timePattern.findIndex(
    (pattern, index) =>
      pattern === row.pattern_id && (school.calendar.termIds[school.calendar.timeTerm[index]] || null) === row.term_id,
  );
  return candidate.kind === "moved_period" ? withTimes(school, unit, [time]) : school;
}

function withTimes(school: School, unit: number, times: readonly number[]): School {
  const { units } = school;
  const kept = Array.from({ length: units.count }, (_, i) =>
    i === unit ? times : Array.from(units.times.items.subarray(units.times.start[i], units.times.start[i + 1])),
  );
  const optional = units.optional.slice();
  if (times.length === 0) optional[unit] = 1;
  return { ...school, units: { ...units, times: flatten(kept), optional } };
}
