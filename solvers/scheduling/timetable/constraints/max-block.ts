import { gatherDay, type Members, sameWeekAsBefore, spanOf } from "../kernel/members.ts";

/**
 * MaxBlock(M, S): meetings at most `gap` slots apart make a block; a block of two or more is at most `most` slots long.
 * @returns blocks that are longer, over all days of all weeks
 */
export function blocksOver(members: Members, most: number, gap: number): number {
  const { times, sorted, nrDays, nrWeeks } = members;
  let over = 0;
  for (let day = 0; day < nrDays; day++) {
    const meetings = gatherDay(members, day);
    if (meetings < 2 || spanOf(members, meetings) <= most) continue;
    let inWeek = 0;
    for (let week = 0; week < nrWeeks; week++) {
      if (!sameWeekAsBefore(members, meetings, week)) {
        inWeek = 0;
        let [start, end, size] = [0, -Infinity, 0];
        for (let i = 0; i < meetings; i++) {
          const time = sorted[i];
          if (!times.inWeek(time, week)) continue;
          if (end + gap < times.start[time]) {
            if (size > 1 && end - start > most) inWeek++;
            start = times.start[time];
            size = 0;
          }
          size++;
          end = Math.max(end, times.end[time]);
        }
        if (size > 1 && end - start > most) inWeek++;
      }
      over += inWeek;
    }
  }
  return over;
}
