import type { Page } from "../../pdf/page.ts";
import { table } from "../../pdf/table.ts";
import { spendBySchool } from "../spend.ts";
import type { Facts } from "./facts.ts";
import { count, usd, usdAndCents } from "./words.ts";

/** What each school gets, per pupil and per square foot: the page that is asked "is it fair?". */
export function schools(page: Page, { plan, dataset, names }: Facts): void {
  page.heading("What each school gets");
  const rows = spendBySchool(plan, dataset).map((school) => [
    names.school(school.schoolId) ?? school.schoolId,
    count(school.projects),
    count(school.visits),
    usd(school.spendUsd),
    ratio(school.spendUsd, school.enrollment),
    ratio(school.spendUsd, school.areaSqft),
  ]);
  table(
    page,
    [
      { title: "School", share: 0.34 },
      { title: "Projects", share: 0.1, align: "right" },
      { title: "Visits", share: 0.1, align: "right" },
      { title: "Spend", share: 0.18, align: "right" },
      { title: "Per pupil", share: 0.14, align: "right" },
      { title: "Per sq ft", share: 0.14, align: "right" },
    ],
    rows,
  );
  page.note("A school whose equipment is younger or in better condition needs less; equity floors, where set, hold.");
}

const ratio = (amount: number, by: number | undefined): string =>
  by === undefined || by <= 0 ? "–" : usdAndCents(amount / by);
