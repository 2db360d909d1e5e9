import type { Schedule } from "../schedule/schedule.ts";
import type { Loader } from "./loader.ts";

const overShare = ({ school, flagged, enrolled }: Schedule, section: number): boolean => {
  const share = school.sections.inclusionShare[section];
  return share <= 1 && flagged[section] > Math.floor(share * enrolled[section] + 1e-9);
};

/**
 * Makes every `inclusion_max_share` hold. The search prices what is too much; what is left of it goes here:
 * a flagged student finds another schedule without the section, or loses the request.
 */
export function mendInclusion(schedule: Schedule, loader: Loader): void {
  const { sections, requests, students } = schedule.school;
  for (let changed = true; changed; ) {
    changed = false;
    for (let section = 0; section < sections.ids.length; section++) {
      while (overShare(schedule, section)) {
        let request = -1;
        for (let seat = 0; seat < schedule.enrolled[section] && request < 0; seat++)
          if (students.inclusion[requests.student[schedule.seat(section, seat)]] === 1)
            request = schedule.seat(section, seat);
        loader.reloadWithout(requests.student[request], section);
        changed = true;
      }
    }
  }
  schedule.commit();
}
