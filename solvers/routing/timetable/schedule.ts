import type { HalfDayPlan } from "../halfday/copy.ts";
import type { HalfDay } from "../halfday/half-day.ts";
import { type RunItems, visitsOf } from "../halfday/run-items.ts";
import { peaksOf, type RunShape, shapeOf } from "./run-shape.ts";

/** When each run of each piece ends (unloading done; PM: minus when loading begins), in the half day's own time; runs that found no turn at their school are listed. */
export interface Schedule {
  readonly ends: readonly (readonly number[])[];
  readonly crowdedOut: readonly { readonly piece: number; readonly slot: number }[];
}

interface Slot {
  readonly piece: number;
  readonly slot: number;
  readonly calls: RunShape["calls"];
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
    const end = turnOf(day, slot, taken, atOnce);
    if (end === null) {
      crowdedOut.push({ piece: slot.piece, slot: slot.slot });
      continue;
    }
    for (const { school, before } of slot.calls) taken.push({ school, end: end - before });
    slot.earliest = slot.latest = end;
    tighten(pieces[slot.piece]);
  }
  return { ends: pieces.map((slots) => slots.map((slot) => slot.earliest)), crowdedOut };
}

/** Whether a kind of bus can carry the runs of a piece and keep their times, and everyone's ride and company is as it should be. */
export function pieceHolds(day: HalfDay, piece: HalfDayPlan["pieces"][number]): boolean {
  return (
    piece.runs.every((visits) => runHolds(day, visits, piece.kind)) &&
    slotsOf(day, piece, 0).every((slot) => slot.earliest <= slot.latest) &&
    dutyOf(day, piece) <= day.kindDuty[piece.kind]
  );
}

/** Shortest time from the depot and back: at its soonest end a piece that leaves as late as it can. */
function dutyOf(day: HalfDay, piece: HalfDayPlan["pieces"][number]): number {
  const slots = slotsOf(day, piece, 0);
  const depot = day.kindDepot[piece.kind];
  const [last] = slots.slice(-1);
  let end = last.earliest;
  for (let k = slots.length - 2; k >= 0; k--)
    end = Math.min(slots[k].latest, end - slots[k + 1].ticks - slots[k + 1].lead);
  const school = day.schoolNode[last.calls[last.calls.length - 1].school];
  return last.earliest - end + slots[0].ticks + slots[0].lead + day.travel[school * day.nodes + depot];
}

function runHolds(day: HalfDay, run: RunItems, kind: number): boolean {
  const { holds, rideSlack } = shapeOf(day, run);
  return holds && rideSlack >= 0 && carries(day, run, kind);
}

function carries(day: HalfDay, run: RunItems, kind: number): boolean {
  const { benches, wheelchairs } = peaksOf(day, run);
  const grades = visitsOf(run).reduce((bits, visit) => bits | day.visitGrades[visit], 0);
  const shares = day.gradeShares.reduce((all, bits, grade) => (grades & (1 << grade) ? all & bits : all), -1);
  return benches <= day.kindBenches[kind] && wheelchairs <= day.kindWheelchairs[kind] && (grades & ~shares) === 0;
}

function slotsOf(day: HalfDay, piece: HalfDayPlan["pieces"][number], index: number): Slot[] {
  const { travel, nodes } = day;
  const depot = day.kindDepot[piece.kind];
  let node = depot;
  const slots = piece.runs.map((run, slot) => {
    const { ticks, endMin, endMax, calls } = shapeOf(day, run);
    const lead = travel[node * nodes + day.visitNode[run[0]]] + (slot > 0 ? day.linkBuffer : 0);
    node = day.schoolNode[calls[calls.length - 1].school];
    const before = endBefore(day, run, calls);
    return { piece: index, slot, calls, ticks, lead, wish: 0, before, earliest: endMin, latest: endMax };
  });
  const [first] = slots;
  const last = slots[slots.length - 1];
  first.earliest = Math.max(first.earliest, day.kindFrom[piece.kind] + first.lead + first.ticks);
  last.latest = Math.min(last.latest, day.kindTo[piece.kind] - travel[node * nodes + depot]);
  tighten(slots);
  return slots;
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

function endBefore(
  { before, visitRiders, visitSchool }: HalfDay,
  run: RunItems,
  calls: RunShape["calls"],
): number | null {
  const known = before ? visitsOf(run).filter((visit) => before.visitHome[visit] >= 0) : [];
  if (!before || known.length === 0) return null;
  /** When the run ended of which the visit was part, by the call at the visit's school. */
  const ends = known.map(
    (visit) => before.visitEnd[visit] + (calls.find(({ school }) => school === visitSchool[visit])?.before ?? 0),
  );
  const riders = (end: number) => known.reduce((sum, visit, k) => sum + (ends[k] === end ? visitRiders[visit] : 0), 0);
  return ends.reduce((best, end) => (riders(end) > riders(best) ? end : best));
}

/** The end nearest to the wish at which the curbs of its schools have room; only touching others' turns can be nearest, so those are tried. */
function turnOf(
  day: HalfDay,
  slot: Slot,
  taken: readonly { school: number; end: number }[],
  atOnce: ArrayLike<number>,
): number | null {
  const turns = slot.calls.map(({ school, before }) => ({
    before,
    service: day.schoolService[school],
    atOnce: atOnce[school],
    others: taken.filter((each) => each.school === school).map((each) => each.end),
  }));
  const touching = turns.flatMap(({ others, service, before }) =>
    others.flatMap((end) => [end - service + before, end + service + before]),
  );
  const free = [slot.wish, slot.earliest, slot.latest, ...touching].filter(
    (end) =>
      end >= slot.earliest &&
      end <= slot.latest &&
      turns.every((turn) => busiest(turn.others, end - turn.before, turn.service) < turn.atOnce),
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
