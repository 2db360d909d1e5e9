import type { Placed } from "../reading.ts";
import type { Rule } from "../rule.ts";

/** No section holds more than its seats and what `seats_over_max` allows beyond; `enrolled` is the count of its enrollments. Sections that share a room pool their seats. */
export const seats: Rule = ({ sections, seatedWith, dataset }, report) => {
  const beyond = dataset.settings.scheduling.seats_over_max ?? 0;
  for (const section of sections) {
    const { row, roster } = section;
    const where = { section_id: row.section_id };
    report.agree("seats.enrolled", row.enrolled, roster.length, {}, `enrolled of section ${row.section_id}`, where);
    const group = seatedWith.get(row.section_id) ?? [section];
    const most = group.reduce((sum, each) => sum + mayHold(each, beyond), 0);
    const taken = group.reduce((sum, each) => sum + each.roster.length, 0);
    report.check(
      "seats.cap",
      taken <= most,
      () => `section ${row.section_id} holds ${taken} students on ${most} seats`,
      where,
    );
  }
};

function mayHold({ listed, course }: Placed, beyond: number): number {
  const seats = listed?.seats_max ?? course?.seats_max ?? 0;
  return seats === 0 ? 0 : seats + beyond;
}
