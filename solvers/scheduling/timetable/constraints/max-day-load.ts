import { gatherDay, type Members, sameWeekAsBefore } from "../kernel/members.ts";

/** MaxDayLoad(S): at most `most` slots of meetings on a day. @returns slots in excess, over all days of all weeks */
export function loadOver(members: Members, most: number): number {
  const { times, sorted, nrDays, nrWeeks } = members;
  let over = 0;
  for (let day = 0; day < nrDays; day++) {
    const meetings = gatherDay(members, day);
    let whole = 0;
    for (let i = 0; i < meetings; i++) whole += times.end[sorted[i]] - times.start[sorted[i]];
    if (whole <= most) continue;
    let inWeek = 0;
    for (let week = 0; week < nrWeeks; week++) {
      if (!sameWeekAsBefore(members, meetings, week)) {
        let load = 0;
        for (let i = 0; i < meetings; i++)
          if (times.inWeek(sorted[i], week)) load += times.end[sorted[i]] - times.start[sorted[i]];
        inWeek = Math.max(0, load - most);
      }
      over += inWeek;
    }
  }
  return over;
}
