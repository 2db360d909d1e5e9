import { gatherDay, type Members, sameWeekAsBefore } from "../kernel/members.ts";

/** MaxBreaks(R, S): at most `most` breaks of more than `gap` slots on a day. @returns breaks in excess, over all days of all weeks */
export function breaksOver(members: Members, most: number, gap: number): number {
  const { times, sorted, nrDays, nrWeeks } = members;
  let over = 0;
  for (let day = 0; day < nrDays; day++) {
    const meetings = gatherDay(members, day);
    if (meetings <= most + 1) continue;
    let inWeek = 0;
    for (let week = 0; week < nrWeeks; week++) {
      if (!sameWeekAsBefore(members, meetings, week)) {
        let blocks = 0;
        let end = -Infinity;
        for (let i = 0; i < meetings; i++) {
          const time = sorted[i];
          if (!times.inWeek(time, week)) continue;
          if (end + gap < times.start[time]) blocks++;
          end = Math.max(end, times.end[time]);
        }
        inWeek = Math.max(0, blocks - most - 1);
      }
      over += inWeek;
    }
  }
  return over;
}
