import { type Column, PLAN_TABLES, type Plan, type Table, UNMET_TABLE } from "@trivium/model";

export interface PlanTable {
  readonly definition: Table;
  readonly rows: readonly Readonly<Record<string, unknown>>[];
}

/** Every table of a plan with its rows, in the contract's order; what the plan could not do comes last. */
export function planTables(plan: Plan): PlanTable[] {
  const definitions: Readonly<Record<string, Table>> = PLAN_TABLES[plan.area];
  const decisions = plan.decisions as unknown as Readonly<Record<string, PlanTable["rows"]>>;
  return [
    ...Object.entries(definitions).map(([name, definition]) => ({ definition, rows: decisions[name] ?? [] })),
    { definition: UNMET_TABLE[plan.area], rows: plan.unmet },
  ];
}

/** Free text is what people wrote or read; ids, codes of the contract and numbers are not. */
export const isFreeText = (column: Column): boolean => column.expects === "text";
