import type { Plan } from "@trivium/model";
import type { Page } from "../../pdf/page.ts";
import { table } from "../../pdf/table.ts";
import type { Facts } from "./facts.ts";
import { count, usd, usdAndCents } from "./words.ts";

type Row = Plan<"facilities">["decisions"]["fairness"][number];

/** What each school and group gets, per pupil and per square foot, and what risk it is left with: the page that is asked "is it fair?". */
export function fairness(page: Page, { plan, names }: Facts): void {
  const rows = plan.decisions.fairness ?? [];
  if (rows.length === 0) return;
  page.heading("Is it fair?");
  const title = (row: Row) => (row.slice === "school" ? (names.school(row.value) ?? row.value) : "the whole district");
  parityTable(
    page,
    "School",
    [...rows.filter((row) => row.slice === "school"), ...rows.filter((row) => row.slice === "all")],
    title,
  );
  page.note("A school whose equipment is younger or in better condition needs less; equity floors, where set, hold.");
  const groups = rows.filter((row) => row.slice !== "school" && row.slice !== "all");
  if (groups.length === 0) return;
  parityTable(page, "Group of pupils", groups, (row) => `${row.slice.replace(/^group_/, "")}: ${row.value}`);
  page.note(
    "Each school is weighed by the share of its pupils that belong to the group. No group column has entered the plan. Groups of fewer than ten pupils are not shown.",
  );
}

function parityTable(page: Page, what: string, rows: readonly Row[], title: (row: Row) => string): void {
  table(
    page,
    [
      { title: what, share: 0.27 },
      { title: "Pupils", share: 0.09, align: "right" },
      { title: "Projects", share: 0.1, align: "right" },
      { title: "Spend", share: 0.15, align: "right" },
      { title: "Per pupil", share: 0.12, align: "right" },
      { title: "Per sq ft", share: 0.11, align: "right" },
      { title: "Risk left per pupil", share: 0.16, align: "right" },
    ],
    rows.map((row) => [
      title(row),
      shown(row.pupils, count),
      shown(row.projects, count),
      shown(row.spend_usd, usd),
      shown(row.spend_per_pupil_usd, usd),
      shown(row.spend_per_sqft_usd, usdAndCents),
      shown(row.risk_per_pupil_usd, usd),
    ]),
  );
}

const shown = (value: number | undefined, format: (value: number) => string): string =>
  value === undefined ? "–" : format(value);
