import type { Area } from "@trivium/model";
import type { ExportFormat } from "../export-plan.ts";
import type { CapitalPlanAnswers } from "./answer-sheets.ts";

const KINDS = ["futures", "baselines", "frontier"] as const;

/**
 * Asks a capital plan what its workbook and report tell beside the plan itself. Nothing is asked for other plans and formats.
 * @param ask puts one question to the plan, over the dataset that it was made from
 */
export async function capitalPlanAnswers(
  area: Area,
  format: ExportFormat,
  ask: (question: { readonly kind: string }) => Promise<unknown>,
): Promise<CapitalPlanAnswers> {
  if (area !== "facilities" || (format !== "xlsx" && format !== "pdf")) return {};
  const answers: Record<string, unknown> = {};
  for (const kind of KINDS) answers[kind] = await ask({ kind });
  return answers;
}
