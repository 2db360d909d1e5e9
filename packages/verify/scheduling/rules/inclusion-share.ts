import type { Rule } from "../rule.ts";

/** Flagged students are at most `inclusion_max_share` of those enrolled, in sections that give one. */
export const inclusionShare: Rule = ({ dataset, sections }, report) => {
  const flagged = new Set(
    dataset.tables.student_rules
      .filter((rule) => rule.kind === "section_flag" && rule.value === "inclusion")
      .map((rule) => rule.student_id),
  );
  for (const { row, listed, roster } of sections) {
    const most = listed?.inclusion_max_share;
    if (most === undefined || roster.length === 0) continue;
    const count = roster.filter((each) => flagged.has(each.student_id)).length;
    report.check(
      "sections.inclusion-share",
      count <= most * roster.length + 1e-9,
      () => `${count} of ${roster.length} in section ${row.section_id} are flagged, at most ${most} may be`,
      { section_id: row.section_id },
    );
  }
};
