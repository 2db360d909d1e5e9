import { applyScenario, type Plan } from "@trivium/model";
import type { ExportResources } from "../../export-plan.ts";
import type { ExportFiles } from "../../files.ts";
import { Page } from "../../pdf/page.ts";
import { names } from "../names.ts";
import { alternatives } from "./alternatives.ts";
import { assumptions } from "./assumptions.ts";
import type { Facts } from "./facts.ts";
import { fairness } from "./fairness.ts";
import { modelCard } from "./model-card.ts";
import { money } from "./money.ts";
import { mustDos } from "./must-dos.ts";
import { projects } from "./projects.ts";
import { risk } from "./risk.ts";
import { summary } from "./summary.ts";

const SECTIONS = [summary, money, risk, alternatives, fairness, projects, modelCard, mustDos, assumptions];

/** The capital plan for the board and the forecast's model card, printed on US Letter; DRAFT on each page until the plan is approved. */
export async function boardReport(plan: Plan<"facilities">, resources: ExportResources): Promise<ExportFiles> {
  const dataset = resources.dataset && applyScenario(resources.dataset, plan.scenario);
  const facts: Facts = { plan, dataset, names: names(dataset), answers: resources.answers ?? {} };
  const years = plan.decisions.years.map((year) => year.fiscal_year);
  const title = ["Capital plan", [...new Set([years[0], years[years.length - 1]])].join("–")].join(" ").trim();
  const files = new Map([["capital-plan.pdf", await printed(title, SECTIONS, facts, resources)]]);
  if (plan.decisions.model_card)
    files.set("model-card.pdf", await printed("Model card", [modelCard], facts, resources));
  return files;
}

type Section = (page: Page, facts: Facts) => void;

function printed(
  title: string,
  sections: readonly Section[],
  facts: Facts,
  { approved }: ExportResources,
): Promise<Uint8Array> {
  const { plan, names } = facts;
  const page = new Page({
    title,
    footer: `${title} · ${plan.scenario.name} · plan ${plan.provenance.plan_hash.slice(0, 12)}`,
    approved,
  });
  page.title(title);
  page.note([names.district, plan.scenario.name].filter(Boolean).join(" · "));
  for (const section of sections) section(page, facts);
  return page.bytes();
}
