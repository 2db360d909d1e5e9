import type { Rule } from "../rule.ts";

/** As many sections as the district says, at most `sections_max` where the engine decides; every listed section is there. */
export const sectionCounts: Rule = ({ dataset, courses, byCourse, byId }, report) => {
  const listed = Map.groupBy(dataset.tables.sections, (row) => row.course_id);
  for (const course of courses.values()) {
    const count = byCourse.get(course.course_id)?.length ?? 0;
    const given = listed.get(course.course_id)?.length ?? 0;
    const where = { course_id: course.course_id };
    if (course.sections !== undefined)
      report.check(
        "sections.count",
        count === Math.max(course.sections, given),
        () => `${course.course_id} has ${count} sections, ${course.sections} are asked for`,
        where,
      );
    else if (course.sections_max !== undefined)
      report.check(
        "sections.count",
        count <= Math.max(course.sections_max, given),
        () => `${course.course_id} has ${count} sections, at most ${course.sections_max} are allowed`,
        where,
      );
  }
  for (const row of dataset.tables.sections) {
    if (!courses.has(row.course_id)) continue;
    report.check(
      "sections.listed-survive",
      byId.get(row.section_id)?.row.course_id === row.course_id,
      () => `listed section ${row.section_id} of ${row.course_id} is not in the plan`,
      { section_id: row.section_id },
    );
  }
};
