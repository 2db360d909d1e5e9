import type { Rule } from "../rule.ts";

/** At most `projects_max_per_year` projects in a fiscal year, must-dos included. */
export const projectsMax: Rule = ({ projects, settings, calendar }, report) => {
  const most = settings.projects_max_per_year;
  if (most === undefined) return;
  calendar.years.forEach((fiscal_year, year) => {
    const count = projects.filter((project) => project.year === year).length;
    report.check("projects.max-per-year", count <= most, () => `${count} projects in ${fiscal_year}, at most ${most}`, {
      fiscal_year,
    });
  });
};
