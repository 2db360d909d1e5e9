import { totalUsd } from "../reading.ts";
import type { Rule } from "../rule.ts";

/** Named schools get at least `min_share` of the whole horizon's spend, mobilization included. */
export const equity: Rule = ({ projects, settings }, report) => {
  const allUsd = totalUsd(projects);
  for (const { schools, min_share } of settings.equity ?? []) {
    const theirsUsd = totalUsd(projects.filter(({ asset }) => schools.includes(asset.schoolId)));
    report.check(
      "spend.equity",
      theirsUsd >= min_share * allUsd * (1 - 1e-6) - 0.01,
      () =>
        `schools ${schools.join(", ")} get ${theirsUsd.toFixed(0)} of ${allUsd.toFixed(0)}, at least ${min_share} is due`,
      { schools: schools.join("|") },
    );
  }
};
