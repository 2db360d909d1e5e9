import { AreaPage } from "../../components/area-page.tsx";
import { Downloads } from "../../components/downloads.tsx";
import type { ExportFormat, PlanSummary } from "../../data/resources.ts";
import { facilities as text } from "../../text/facilities.ts";
import "../../theme/facilities.css";
import "../../theme/scheduling.css";
import { TABS } from "./tabs.ts";

const FILES: readonly (readonly [ExportFormat, string])[] = [
  ["pdf", text.exports.pdf],
  ["xlsx", text.exports.xlsx],
];

/** A page about one capital plan. */
export function FacilitiesPage({
  title,
  intro,
  children,
}: {
  title: string;
  intro: string;
  children: (plan: PlanSummary) => React.ReactNode;
}) {
  return (
    <AreaPage
      area="facilities"
      title={title}
      intro={intro}
      tabs={TABS}
      actions={(plan) => <Downloads plan={plan} files={FILES} preparing={text.preparing} />}
    >
      {children}
    </AreaPage>
  );
}
