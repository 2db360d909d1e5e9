import type { Mend } from "@trivium/model";
import { type Effort, eject } from "../../loading/eject.ts";
import { listAt } from "../../problem/lists.ts";
import { reseat } from "../../steps/reseat.ts";
import type { Trial } from "../../steps/trial.ts";
import { type Candidate, cheaper, mendOf } from "./cost.ts";

const DEEP: Effort = { depth: 3, reloads: 60 };
const EPSILON = 1e-6;

/**
 * Ways to meet an unmet request, the cheapest first, at most one of a kind. What they cost is counted by doing them: everybody they touch is re-seated.
 * @param sectionsToo moving and opening sections as well: some hundred re-seatings
 */
export function mendsFor(trial: Trial, request: number, sectionsToo: boolean): Mend[] {
  const found = [
    ...seatMends(trial, request),
    ...(sectionsToo ? [bestOf(trial, request, "move_section", moves(trial, request))] : []),
    ...(sectionsToo ? [bestOf(trial, request, "open_section", openings(trial, request))] : []),
  ].filter((mend) => mend !== null);
  return found
    .sort((a, b) => a.cost - b.cost)
    .filter((mend, i) => found.findIndex((each) => each.kind === mend.kind) === i);
}

/** Mends that leave every section where it is. */
function seatMends(trial: Trial, request: number): (Mend | null)[] {
  const { schedule, loader, random } = trial;
  const { school } = schedule;
  const student = school.requests.student[request];
  const seatIn = () => schedule.choice[request] >= 0;
  const own = trial.wanting(request, () => trial.attempt(() => loader.reload(student) && seatIn()));
  const swap = () => eject(schedule, loader, random, student, DEEP) && seatIn();
  const others = trial.attempt(swap) ?? trial.wanting(request, () => trial.attempt(swap));
  const course = school.requests.course[request];
  const full = listAt(school.courses.sections, course).filter((section) => mayGrow(trial, section));
  const seat = full
    .map((section) => {
      const outcome = trial.withSeat([section], () =>
        trial.wanting(request, () =>
          trial.attempt(() => loader.reload(student) && schedule.choice[request] === section),
        ),
      );
      return outcome && mendOf(schedule, request, "seat", outcome, section);
    })
    .reduce(cheaper, null);
  return [
    own && mendOf(schedule, request, own.lost.length > 0 ? "drop" : "own_classes", own),
    others && mendOf(schedule, request, "swap", others),
    seat,
  ];
}

/** A full section whose room would take one more. */
function mayGrow({ schedule }: Trial, section: number): boolean {
  const { sections, rooms } = schedule.school;
  const unit = sections.unit[section];
  const room = schedule.room[unit];
  if (schedule.time[unit] < 0 || schedule.seatsLeft(section) > 0) return false;
  return room < 0 || schedule.unitEnrolled[unit] < rooms.capacity[room];
}

/** Every other time of the course's sections, and of the student's classes that stand in the way. */
function* moves({ schedule }: Trial, request: number): Generator<Candidate> {
  const { sections, students, requests, courses, units } = schedule.school;
  const student = requests.student[request];
  const own = listAt(courses.sections, requests.course[request]);
  const held: number[] = [];
  for (let q = students.requestStart[student]; q < students.requestStart[student + 1]; q++)
    if (schedule.choice[q] >= 0) held.push(schedule.choice[q]);
  const seen = new Set<number>();
  for (const section of [...own, ...held]) {
    const unit = sections.unit[section];
    if (schedule.time[unit] < 0 || seen.has(unit)) continue;
    seen.add(unit);
    for (const time of listAt(units.times, unit)) if (time !== schedule.time[unit]) yield { unit, time };
  }
}

/** Sections that the course may still have. */
function* openings({ schedule }: Trial, request: number): Generator<Candidate> {
  const { sections, courses, requests, units } = schedule.school;
  const closed = listAt(courses.sections, requests.course[request]).find(
    (section) => schedule.time[sections.unit[section]] < 0,
  );
  if (closed === undefined) return;
  const unit = sections.unit[closed];
  for (const time of listAt(units.times, unit)) yield { unit, time };
}

function bestOf(trial: Trial, request: number, kind: Mend["kind"], candidates: Iterable<Candidate>): Mend | null {
  let best: Mend | null = null;
  for (const { unit, time } of candidates) {
    if (!isThere(trial, request, time)) continue;
    const outcome = trial.attempt(() => move(trial, unit, time, request));
    if (outcome) best = cheaper(best, mendOf(trial.schedule, request, kind, outcome));
  }
  return best;
}

/** Whether the student is there at that time. */
function isThere({ schedule }: Trial, request: number, time: number): boolean {
  const { students, requests, calendar } = schedule.school;
  const words = calendar.bitWords;
  const off = requests.student[request] * words;
  for (let w = 0; w < words; w++) if ((students.off[off + w] & calendar.timeBits[time * words + w]) !== 0) return false;
  return true;
}

function move(trial: Trial, unit: number, time: number, request: number): boolean {
  const { schedule, placer, loader, random } = trial;
  const { teacher, room } = schedule;
  const [who, where, placed] = [teacher[unit], room[unit], schedule.time[unit] >= 0];
  if (placed) placer.remove(unit);
  const stands =
    (placed && placer.placeIn(unit, time, who, where)) ||
    (placed && who >= 0 ? placer.placeWith(unit, time, who) : placer.place(unit, time));
  if (!stands) return false;
  const changed = [...new Set(placer.changed)];
  const student = schedule.school.requests.student[request];
  const value = schedule.value[student];
  // Who is to be helped comes first: were the student to come last, the seats might be gone.
  if (!loader.stands(student) || schedule.value[student] < value + EPSILON) loader.reload(student);
  reseat(schedule, loader, random, changed, { depth: 1, reloads: 12 });
  return schedule.choice[request] >= 0;
}
