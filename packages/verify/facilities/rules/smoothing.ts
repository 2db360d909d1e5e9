import { isMustDo, totalUsd } from "../reading.ts";
import type { Rule } from "../rule.ts";

/** No year's spend above `smoothing_max_ratio` × the mean of all years; must-dos do not count against it. */
export const smoothing: Rule = ({ projects, settings, calendar }, report) => {
  const ratio = settings.smoothing_max_ratio;
  if (ratio === undefined) return;
  const meanUsd = totalUsd(projects) / calendar.years.length;
  calendar.years.forEach((fiscal_year, year) => {
    const spentUsd = totalUsd(projects.filter((project) => project.year === year && !isMustDo(project)));
    report.check(
      "spend.smoothing",
      spentUsd <= ratio * meanUsd * (1 + 1e-6) + 0.01,
      () => `${fiscal_year} spends ${spentUsd.toFixed(0)}, above ${ratio} × the mean of ${meanUsd.toFixed(0)}`,
      { fiscal_year },
    );
  });
};
