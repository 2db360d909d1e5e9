import type { HalfDayPlan } from "../halfday/copy.ts";
import type { HalfDay } from "../halfday/half-day.ts";

/** When each run of each piece ends (unloading done; PM: minus when loading begins), in the half day's own time; runs that found no turn at their school are listed. */
export interface Schedule {
  readonly ends: readonly (readonly number[])[];
  readonly crowdedOut: readonly { readonly piece: number; readonly slot: number }[];
}

interface Slot {
  readonly piece: number;
  readonly slot: number;
  readonly school: number;
  readonly ticks: number;
  /** Drive and buffer from the run before to this run's first stop. */
  readonly lead: number;
  wish: number;
  /** When most of its riders' run ended in the service that is to change little. */
  readonly before: number | null;
  earliest: number;
  latest: number;
}

/**
 * Gives every run its end inside its window, its links and its bus's hours, with no more buses at a school's curb at once than it has room for.
 *
 * Wishes first: each piece as tight as its links allow (waiting is paid), then as late as `lateness` (0–1) of the room left says; a run of a service that is to
 * change little wishes to stay where it was.
 * Then runs take their turn in order of their latest end, at the free time nearest to their wish; a run whose school has none left is crowded out.
 * With `packed` the wishes are put aside and each takes its earliest free time: turns stand end to end, so that most fit into a window.
 */
export function scheduleOf(
  day: HalfDay,
  plan: HalfDayPlan,
  atOnce: ArrayLike<number>,
  lateness: number,
  packed = false,
): Schedule {
  const pieces = plan.pieces.map((piece, index) => slotsOf(day, piece, index));
  for (const slots of pieces) wish(slots, lateness);
  const taken: { school: number; end: number }[] = [];
  const crowdedOut: { piece: number; slot: number }[] = [];
  const order = pieces.flat().sort((a, b) => a.latest - b.latest || a.piece - b.piece || a.slot - b.slot);
  for (const slot of order) {
    if (packed) slot.wish = slot.earliest;
    const end = turnOf(day, slot, taken, atOnce[slot.school]);
    if (end === null) {
      crowdedOut.push({ piece: slot.piece, slot: slot.slot });
      continue;
    }
    taken.push({ school: slot.school, end });
    slot.earliest = slot.latest = end;
    tighten(pieces[slot.piece]);
  }
  return { ends: pieces.map((slots) => slots.map((slot) => slot.earliest)), crowdedOut };
}

/** Whether a kind of bus can carry the runs of a piece and keep their times, and everyone's ride and company is as it should be. */
export function pieceHolds(day: HalfDay, piece: HalfDayPlan["pieces"][number]): boolean {
  return (
    piece.runs.every((visits) => carries(day, visits, piece.kind) && ridesHold(day, visits)) &&
    slotsOf(day, piece, 0).every((slot) => slot.earliest <= slot.latest)
  );
}

function carries(day: HalfDay, visits: readonly number[], kind: number): boolean {
  const sum = (values: Int32Array) => visits.reduce((total, visit) => total + values[visit], 0);
  const grades = visits.reduce((bits, visit) => bits | day.visitGrades[visit], 0);
  const shares = day.gradeShares.reduce((all, bits, grade) => (grades & (1 << grade) ? all & bits : all), -1);
  return (
    sum(day.visitBenches) <= day.kindBenches[kind] &&
    sum(day.visitWheelchairs) <= day.kindWheelchairs[kind] &&
    (grades & ~shares) === 0
  );
}

function ridesHold(day: HalfDay, visits: readonly number[]): boolean {
  let after = day.schoolNode[day.visitSchool[visits[0]]];
  let ride = 0;
  for (const visit of visits.toReversed()) {
    const node = day.visitNode[visit];
    ride += day.travel[node * day.nodes + after];
    if (ride > day.visitRideMax[visit]) return false;
    ride += day.visitService[visit];
    after = node;
  }
  return true;
}

function slotsOf(day: HalfDay, piece: HalfDayPlan["pieces"][number], index: number): Slot[] {
  const { travel, nodes } = day;
  const depot = day.kindDepot[piece.kind];
  let node = depot;
  const slots = piece.runs.map((visits, slot) => {
    const school = day.visitSchool[visits[0]];
    const first = day.visitNode[visits[0]];
    const lead = travel[node * nodes + first] + (slot > 0 ? day.linkBuffer : 0);
    const ticks = runTicks(day, visits);
    node = day.schoolNode[school];
    return {
      piece: index,
      slot,
      school,
      ticks,
      lead,
      wish: 0,
      before: endBefore(day, visits),
      earliest: day.schoolEndMin[school],
      latest: day.schoolEndMax[school],
    };
  });
  const [first] = slots;
  const last = slots[slots.length - 1];
  first.earliest = Math.max(first.earliest, day.kindFrom[piece.kind] + first.lead + first.ticks);
  last.latest = Math.min(last.latest, day.kindTo[piece.kind] - travel[node * nodes + depot]);
  tighten(slots);
  return slots;
}

/** First boarding begins → unloading ends. */
export function runTicks(day: HalfDay, visits: readonly number[]): number {
  const { travel, nodes } = day;
  const school = day.visitSchool[visits[0]];
  let ticks = day.schoolService[school];
  visits.forEach((visit, k) => {
    const next = k + 1 < visits.length ? day.visitNode[visits[k + 1]] : day.schoolNode[school];
    ticks += day.visitService[visit] + travel[day.visitNode[visit] * nodes + next];
  });
  return ticks;
}

/** Passes what is fixed along the piece: earliest ends forwards, latest ends backwards. */
function tighten(slots: readonly Slot[]): void {
  for (let k = 1; k < slots.length; k++)
    slots[k].earliest = Math.max(slots[k].earliest, slots[k - 1].earliest + slots[k].lead + slots[k].ticks);
  for (let k = slots.length - 2; k >= 0; k--)
    slots[k].latest = Math.min(slots[k].latest, slots[k + 1].latest - slots[k + 1].ticks - slots[k + 1].lead);
}

function wish(slots: readonly Slot[], lateness: number): void {
  for (let k = slots.length - 1; k >= 0; k--) {
    const slot = slots[k];
    const next = slots[k + 1];
    slot.wish = next ? Math.min(slot.latest, next.wish - next.ticks - next.lead) : slot.earliest;
    slot.wish = Math.max(slot.wish, slot.earliest);
  }
  const room = Math.min(...slots.map((slot) => slot.latest - slot.wish));
  for (const slot of slots) {
    slot.wish += Math.floor(room * lateness);
    if (slot.before !== null) slot.wish = Math.max(slot.earliest, Math.min(slot.latest, slot.before));
  }
}

function endBefore({ before, visitRiders }: HalfDay, visits: readonly number[]): number | null {
  const known = before ? visits.filter((visit) => before.visitHome[visit] >= 0) : [];
  if (!before || known.length === 0) return null;
  const riders = (end: number) =>
    known.reduce((sum, visit) => sum + (before.visitEnd[visit] === end ? visitRiders[visit] : 0), 0);
  return known.map((visit) => before.visitEnd[visit]).reduce((best, end) => (riders(end) > riders(best) ? end : best));
}

/** The end nearest to the wish at which the school's curb has room; only touching others' turns can be nearest, so those are tried. */
function turnOf(
  day: HalfDay,
  slot: Slot,
  taken: readonly { school: number; end: number }[],
  atOnce: number,
): number | null {
  const service = day.schoolService[slot.school];
  const others = taken.filter((each) => each.school === slot.school).map((each) => each.end);
  const times = [slot.wish, slot.earliest, slot.latest, ...others.flatMap((end) => [end - service, end + service])];
  const free = times.filter(
    (end) => end >= slot.earliest && end <= slot.latest && busiest(others, end, service) < atOnce,
  );
  if (free.length === 0) return null;
  return free.reduce((best, end) => (Math.abs(end - slot.wish) < Math.abs(best - slot.wish) ? end : best));
}

/** Most others at the curb at any moment of [end − service, end). */
function busiest(others: readonly number[], end: number, service: number): number {
  const overlapping = others.filter((other) => other > end - service && other < end + service);
  const moments = [end - service, ...overlapping.map((other) => other - service).filter((at) => at >= end - service)];
  return Math.max(0, ...moments.map((at) => overlapping.filter((other) => other - service <= at && at < other).length));
}
