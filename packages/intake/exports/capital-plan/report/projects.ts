import type { Page } from "../../pdf/page.ts";
import { table } from "../../pdf/table.ts";
import type { Project } from "../spend.ts";
import type { Facts } from "./facts.ts";
import { count, usd } from "./words.ts";

/** How many projects of the first and of a later year are listed; the workbook holds all. */
const LISTED_FIRST = 150;
const LISTED_LATER = 12;

/** The next year's projects one by one, each with its reason; of later years the largest. */
export function projects(page: Page, facts: Facts): void {
  page.heading("What is done, and why");
  const { plan, years } = facts.plan.decisions;
  years.forEach(({ fiscal_year }, at) => {
    const all = plan
      .filter((project) => project.fiscal_year === fiscal_year)
      .sort((a, b) => (b.cost_usd ?? 0) - (a.cost_usd ?? 0) || (a.asset_id < b.asset_id ? -1 : 1));
    if (all.length === 0) return;
    const listed = all.slice(0, at === 0 ? LISTED_FIRST : LISTED_LATER);
    page.subheading(
      `Fiscal year ${fiscal_year}: ${count(all.length)} ${all.length === 1 ? "project" : "projects"}, ${usd(sum(all))}`,
    );
    list(page, listed, facts);
    const left = all.slice(listed.length);
    if (left.length > 0) page.note(`and ${count(left.length)} smaller for ${usd(sum(left))}; the workbook lists all.`);
  });
}

function list(page: Page, listed: readonly Project[], { names }: Facts): void {
  table(
    page,
    [
      { title: "Asset", share: 0.22 },
      { title: "School", share: 0.17 },
      { title: "Fund", share: 0.13 },
      { title: "Cost", share: 0.11, align: "right" },
      { title: "Reason", share: 0.37 },
    ],
    listed.map((project) => [
      [names.type(project.asset_id), project.asset_id].filter(Boolean).join(", "),
      names.school(project.school_id) ?? project.school_id ?? "",
      project.fund_id ?? "",
      usd(project.cost_usd ?? 0),
      project.reason ?? "",
    ]),
  );
}

const sum = (projects: readonly Project[]): number =>
  projects.reduce((total, project) => total + (project.cost_usd ?? 0), 0);
