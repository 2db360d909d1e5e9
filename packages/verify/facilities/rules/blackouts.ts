import type { Reading } from "../reading.ts";
import type { Rule } from "../rule.ts";

/** No work at a school in a blackout year; a blackout without school holds for all. */
export const blackouts: Rule = (reading, report) => {
  for (const { row, asset } of reading.projects)
    report.check(
      "projects.blackout",
      !isBlackout(reading, asset.schoolId, row.fiscal_year),
      () => `project of ${row.asset_id} at ${asset.schoolId} in the blackout year ${row.fiscal_year}`,
      { asset_id: row.asset_id, fiscal_year: row.fiscal_year },
    );
};

export const isBlackout = ({ settings }: Reading, schoolId: string, fiscalYear: number): boolean =>
  (settings.blackouts ?? []).some(
    (rule) => rule.fiscal_year === fiscalYear && (rule.school_id ?? schoolId) === schoolId,
  );
