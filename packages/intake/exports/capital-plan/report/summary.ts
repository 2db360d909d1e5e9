import type { Page } from "../../pdf/page.ts";
import { table } from "../../pdf/table.ts";
import { type Facts, figure } from "./facts.ts";
import { count, percent, usd } from "./words.ts";

/** What is proposed, what it costs, what it avoids, and how far from the best possible it is. */
export function summary(page: Page, { plan }: Facts): void {
  const of = (name: string) => figure(plan.metrics, name) ?? 0;
  const years = plan.decisions.years;
  page.paragraph(
    `${count(of("projects"))} pieces of equipment are replaced or renewed in ${count(of("visits"))} visits for ` +
      `${usd(of("spend_usd"))} over ${years.length} years, of ${usd(of("budget_usd"))} budgeted. ` +
      `On the forecast below this avoids ${count(of("failures_avoided"))} of the ` +
      `${count(of("expected_failures_if_nothing"))} failures expected if nothing were done, and ` +
      `${usd(of("emergency_avoided_usd"))} of emergency cost.`,
  );
  table(
    page,
    [
      { title: "Over the whole horizon", share: 0.43 },
      { title: "Nothing done", share: 0.19, align: "right" },
      { title: "This plan", share: 0.19, align: "right" },
      { title: "Difference", share: 0.19, align: "right" },
    ],
    [
      row("Expected failures", of("expected_failures_if_nothing"), of("expected_failures"), count),
      row("Expected emergency cost", of("emergency_if_nothing_usd"), of("emergency_usd"), usd),
      row("Expected repairs", of("repair_usd") + of("repair_avoided_usd"), of("repair_usd"), usd),
      row("Failures, repairs and energy, discounted", of("objective_if_nothing_usd"), of("objective_usd"), usd),
    ],
  );
  if (plan.bound) {
    const reached = figure(plan.metrics, "saving_share_of_bound");
    page.paragraph(
      `How good is it? It is proven that no plan under the same rules and budgets brings the last line below ` +
        `${usd(plan.bound.best_possible)}` +
        (reached === undefined ? "." : `; this plan reaches ${percent(reached, 1)} of the saving that is possible.`),
    );
  }
  mustDos(page, plan.unmet.length, of("must_do_met"));
}

function row(title: string, nothing: number, plan: number, format: (value: number) => string): string[] {
  return [title, format(nothing), format(plan), format(plan - nothing)];
}

function mustDos(page: Page, unmet: number, met: number): void {
  if (unmet > 0)
    page.warning(`${count(unmet)} of ${count(unmet + met)} must-dos cannot be paid for; see the last pages.`);
  else if (met > 0) page.paragraph(`All ${count(met)} must-dos (phase-outs, codes) are done by their year.`);
}
