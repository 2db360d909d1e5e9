import type { Placer } from "./placer.ts";

/**
 * Kempe-like chain: the unit goes to `time` with its teacher; whoever is in the way goes to the time that it left, or anywhere else free,
 * and so on, alternating between the two times.
 *
 * @param budget how many units may be taken out in all
 * @param mayClose whether a section that finds no place may close, where the engine decides how many there are
 * @returns whether everybody found a place; if not, the caller takes it back
 */
export function chain(
  placer: Placer,
  unit: number,
  time: number,
  teacher: number,
  budget: number,
  mayClose = false,
): boolean {
  const { schedule } = placer;
  const from = schedule.time[unit];
  if (from >= 0) placer.remove(unit);
  return settle(placer, unit, time, from, teacher, budget, mayClose);
}

function settle(
  placer: Placer,
  unit: number,
  time: number,
  other: number,
  teacher: number,
  budget: number,
  mayClose: boolean,
): boolean {
  if (!placer.mayMeet(unit, time)) return false;
  if (placer.place(unit, time, teacher)) return true;
  if (budget <= 0) return false;
  const who = teacher >= 0 ? teacher : placer.anyTeacher(unit);
  if (who === -2) return false;
  const room = placer.anyRoom(unit);
  if (room === -2) return false;
  const teachers = placer.schedule.teacher;
  const before = new Map<number, number>();
  if (who >= 0) for (const u of placer.schedule.teacherUnits[who]) before.set(u, teachers[u]);
  if (room >= 0) for (const u of placer.schedule.roomUnits[room]) before.set(u, teachers[u]);
  const out = placer.force(unit, time, who, room, Math.min(budget, 3));
  if (out === null) return false;
  let left = budget - out.length;
  for (const each of out) {
    const own = before.get(each) ?? placer.anyTeacher(each);
    if (other >= 0 && placer.mayMeet(each, other) && placer.place(each, other, own)) continue;
    if (anywhere(placer, each, own)) continue;
    if (mayClose && placer.schedule.school.units.optional[each] === 1) continue;
    if (other < 0 || left <= 0 || !settle(placer, each, other, time, own, left, mayClose)) return false;
    left--;
  }
  return true;
}

const TRIES = 6;

function anywhere(placer: Placer, unit: number, teacher: number): boolean {
  for (let i = 0; i < TRIES; i++) {
    const time = placer.anyTime(unit);
    if (time >= 0 && placer.place(unit, time, teacher)) return true;
  }
  return false;
}
