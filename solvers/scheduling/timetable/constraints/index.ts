import { DISTRIBUTION_PARAMETERS, type DistributionKind } from "@trivium/model";
import type { Members } from "../kernel/members.ts";
import type { Times } from "../kernel/times.ts";
import { shareDay } from "./different-days.ts";
import { shareRoom } from "./different-room.ts";
import { meetInClock } from "./different-time.ts";
import { shareSomeWeek } from "./different-weeks.ts";
import { blocksOver } from "./max-block.ts";
import { breaksOver } from "./max-breaks.ts";
import { loadOver } from "./max-day-load.ts";
import { daysOver } from "./max-days.ts";
import { tooClose } from "./min-gap.ts";
import { collide } from "./not-overlap.ts";
import { stayApart } from "./overlap.ts";
import { comesLate } from "./precedence.ts";
import { outOfReach } from "./same-attendees.ts";
import { differInDays } from "./same-days.ts";
import { differInRoom } from "./same-room.ts";
import { differInStart } from "./same-start.ts";
import { reachBeyond } from "./same-time.ts";
import { differInWeeks } from "./same-weeks.ts";
import { workTooLong } from "./work-day.ts";

/** Kinds as small numbers, in the order of the competition's page. */
export const KINDS = Object.keys(DISTRIBUTION_PARAMETERS) as DistributionKind[];
export const kindCode = (kind: DistributionKind): number => KINDS.indexOf(kind);

const FIRST_OF_ROOMS = KINDS.indexOf("SameRoom");
const SAME_ATTENDEES = KINDS.indexOf("SameAttendees");
export const FIRST_OF_GROUPS = KINDS.indexOf("MaxDays");

/** Whether it looks at rooms alone. */
export const looksAtRooms = (code: number): boolean => code === FIRST_OF_ROOMS || code === FIRST_OF_ROOMS + 1;
export const looksAtTravel = (code: number): boolean => code === SAME_ATTENDEES;

/** Whether two times break a constraint between pairs. One place with constant calls, which the compiler inlines: this is the innermost loop. @param parameter of the kind; for SameAttendees the travel in slots */
export function pairBroken(code: number, t: Times, a: number, b: number, parameter: number): boolean {
  switch (code) {
    case 0:
      return differInStart(t, a, b);
    case 1:
      return reachBeyond(t, a, b);
    case 2:
      return meetInClock(t, a, b);
    case 3:
      return differInDays(t, a, b);
    case 4:
      return shareDay(t, a, b);
    case 5:
      return differInWeeks(t, a, b);
    case 6:
      return shareSomeWeek(t, a, b);
    case 7:
      return stayApart(t, a, b);
    case 8:
      return collide(t, a, b);
    case 11:
      return outOfReach(t, a, b, parameter);
    case 12:
      return comesLate(t, a, b);
    case 13:
      return workTooLong(t, a, b, parameter);
    case 14:
      return tooClose(t, a, b, parameter);
    default:
      return false;
  }
}

/** Whether two rooms break a constraint of rooms. */
export const roomsBroken = (code: number, roomA: number, roomB: number): boolean =>
  code === FIRST_OF_ROOMS ? differInRoom(roomA, roomB) : shareRoom(roomA, roomB);

/** How much a group is over its limit: days, or slots, breaks or blocks over all weeks. */
export function groupOver(code: number, members: Members, first: number, second: number): number {
  switch (KINDS[code]) {
    case "MaxDays":
      return daysOver(members, first);
    case "MaxDayLoad":
      return loadOver(members, first);
    case "MaxBreaks":
      return breaksOver(members, first, second);
    default:
      return blocksOver(members, first, second);
  }
}
