import type { Random } from "@trivium/engine";
import type { TableRow } from "@trivium/model";
import { dateOf, normal } from "./chance.ts";
import { AS_OF } from "./history.ts";
import { type Registered, registerFrom } from "./register.ts";

type WorkOrder = TableRow<"work_orders">;

/** Tickets begin here: twenty years of them. */
const TICKETS_FROM = 2007.25;

/** North Bank files fewer tickets than it has repairs. */
const REPORTED: Readonly<Record<string, number>> = { E5: 0.45 };

const TROUBLES = ["no heat", "no cooling", "noisy", "leak", "tripped", "belt worn", "sensor fault", "short cycling"];

/** Repairs follow a power law of age times each unit's proneness; a failure is mostly the last ticket; the critical are looked after yearly. */
export function drawWorkOrders(random: Random, register: readonly Registered[]): WorkOrder[] {
  const rows: (WorkOrder & { readonly year: number })[] = [];
  for (const { unit, row } of register) {
    const from = Math.max(TICKETS_FROM, registerFrom(unit.building.school_id), unit.installed);
    const to = unit.left?.year ?? AS_OF;
    const add = (
      year: number,
      fields: Pick<WorkOrder, "kind" | "priority" | "labor_hours" | "cost_usd" | "downtime_h" | "description">,
    ) =>
      rows.push({
        work_order_id: "",
        asset_id: row.asset_id,
        opened: dateOf(year),
        closed: dateOf(year + 0.002 + 0.02 * random.unit()),
        ...fields,
        year,
      });
    const reported = REPORTED[unit.building.school_id] ?? 0.97;
    for (const year of repairYears(random, unit, from, to)) {
      if (random.unit() > reported) continue;
      const cost = Math.round(unit.kind.repairCostUsd * Math.exp(0.6 * normal(random)));
      add(year, {
        kind: "corrective",
        priority: random.unit() < 0.3 ? "high" : "normal",
        labor_hours: Math.max(1, Math.round(cost / 140)),
        cost_usd: cost,
        downtime_h: Math.round(2 + 20 * random.unit()),
        description: TROUBLES[random.below(TROUBLES.length)],
      });
    }
    if (unit.left?.reason === "failed" && random.unit() < 0.85 * reported)
      add(to - 0.003, {
        kind: "corrective",
        priority: "emergency",
        labor_hours: 6,
        cost_usd: Math.round(unit.kind.repairCostUsd * 1.5),
        downtime_h: 72,
        description: "beyond repair",
      });
    if (unit.kind.criticality === 5)
      for (let year = Math.ceil(from) + 0.7; year < to; year += 2)
        add(year, {
          kind: "preventive",
          priority: "normal",
          labor_hours: 3,
          cost_usd: 280,
          downtime_h: 0,
          description: "yearly service",
        });
  }
  rows.sort((a, b) => a.year - b.year || (a.asset_id < b.asset_id ? -1 : 1));
  return rows.map(({ year: _, ...row }, index) => ({
    ...row,
    work_order_id: `W${String(index + 1).padStart(5, "0")}`,
  }));
}

/** Times of a power-law process with M(age) = proneness × repairsIn10Years × (age / 10)^growth, between two years, by inversion. */
function repairYears(random: Random, unit: Registered["unit"], from: number, to: number): number[] {
  const { repairsIn10Years, repairGrowth } = unit.kind;
  const scale = unit.proneness * repairsIn10Years;
  const cumulative = (age: number) => scale * (age / 10) ** repairGrowth;
  const years: number[] = [];
  for (let sum = cumulative(from - unit.installed); ; ) {
    sum -= Math.log(1 - random.unit());
    const year = unit.installed + 10 * (sum / scale) ** (1 / repairGrowth);
    if (year >= to) return years;
    years.push(year);
  }
}
