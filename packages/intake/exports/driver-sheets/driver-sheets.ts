import { applyScenario, type Dataset, formatClock, InputError, METRES_PER_MILE, type Plan } from "@trivium/model";
import type { ExportResources } from "../export-plan.ts";
import type { ExportFiles } from "../files.ts";
import { Page } from "../pdf/page.ts";
import { type TableColumn, table } from "../pdf/table.ts";

type Decisions = Plan<"routing">["decisions"];
type Leg = NonNullable<Decisions["directions"]>[number]["legs"][number];

const COLUMNS: readonly TableColumn[] = [
  { title: "At", share: 0.1 },
  { title: "Leave", share: 0.1 },
  { title: "Stop, and turns to it", share: 0.38 },
  { title: "Miles", share: 0.07, align: "right" },
  { title: "On", share: 0.05, align: "right" },
  { title: "Off", share: 0.05, align: "right" },
  { title: "Load", share: 0.06, align: "right" },
  { title: "Riders", share: 0.19 },
];

/**
 * Sheets for drivers, to print: each bus's day on pages of its own, run by run with its stops, times and riders, and every turn between them.
 * A plan made elsewhere has no turns, and its sheets none.
 * @throws InputError dataset-missing
 */
export async function driverSheetFiles(plan: Plan<"routing">, resources: ExportResources): Promise<ExportFiles> {
  if (!resources.dataset)
    throw new InputError(
      "dataset-missing",
      "a driver's sheet needs the names of stops and schools. Maybe give --data DIR",
    );
  const dataset = applyScenario(resources.dataset, plan.scenario);
  const title = "Driver sheets";
  const footer = `${title} · ${dataset.district.name} ${dataset.district.school_year} · plan ${plan.provenance.plan_hash.slice(0, 12)}`;
  const page = new Page({ title, footer, approved: resources.approved });
  const day = new DriverDay(plan.decisions, dataset);
  const buses = [...new Set(plan.decisions.routes.map((row) => row.bus_id))].sort((a, b) =>
    a.localeCompare(b, "en", { numeric: true }),
  );
  buses.forEach((busId, at) => {
    if (at > 0) page.next();
    day.print(page, busId);
  });
  if (buses.length === 0) page.paragraph("No bus is used.");
  return new Map([["driver-sheets.pdf", await page.bytes()]]);
}

class DriverDay {
  readonly #decisions: Decisions;
  readonly #names: ReadonlyMap<string, string>;
  readonly #buses: ReadonlyMap<string, Dataset["tables"]["buses"][number]>;
  readonly #needs: ReadonlyMap<string, string>;
  readonly #stays: ReadonlyMap<string, Decisions["run_stops"]>;
  readonly #riders: ReadonlyMap<string, Decisions["assignments"]>;
  readonly #turns: ReadonlyMap<string, readonly Leg[]>;

  constructor(decisions: Decisions, { tables }: Dataset) {
    this.#decisions = decisions;
    this.#names = new Map([
      ...tables.stops.map((row) => [row.stop_id, row.title ?? ""] as const),
      ...tables.schools.map((row) => [row.school_id, row.name] as const),
    ]);
    this.#buses = new Map(tables.buses.map((row) => [row.bus_id, row]));
    this.#needs = new Map(tables.riders.map((row) => [row.student_id, (row.needs ?? []).join(", ")]));
    this.#stays = Map.groupBy(decisions.run_stops, (row) => row.run_id);
    this.#riders = Map.groupBy(decisions.assignments, (row) => row.run_id);
    this.#turns = new Map(
      (decisions.directions ?? []).map((each) => [each.run_id ?? `${each.bus_id} ${each.seq}`, each.legs]),
    );
  }

  print(page: Page, busId: string): void {
    const bus = this.#buses.get(busId);
    page.title(`Bus ${busId}`);
    if (bus) page.note(`${bus.bus_type_id} · depot ${bus.depot_id}`);
    const steps = this.#decisions.routes.filter((row) => row.bus_id === busId).sort((a, b) => a.seq - b.seq);
    for (const { seq, run_id, deadhead_min, deadhead_miles } of steps) {
      const empty = `${deadhead_miles ?? 0} miles, ${deadhead_min ?? 0} min empty`;
      const turns = this.#turns.get(`${busId} ${seq}`) ?? [];
      const run = this.#decisions.runs.find((row) => row.run_id === run_id);
      if (!run) {
        page.subheading(`Back to the depot · ${empty}`);
        if (turns.length > 0) table(page, COLUMNS, turnRows(turns[0]));
        continue;
      }
      const schools = run.school_ids.map((id) => this.#names.get(id) ?? id).join(", ");
      page.heading(`${run.direction} · ${run.run_id} · ${schools}`);
      page.note(
        `${formatClock(run.depart)} to ${formatClock(run.arrive)} · ${run.miles ?? 0} miles · ${run.riders_max ?? 0} riders at most · ${empty} to get there`,
      );
      table(page, COLUMNS, this.#rows(run.run_id, turns[0] ?? []));
    }
  }

  /** Each stop after the turns that lead to it. */
  #rows(runId: string, way: Leg): string[][] {
    const legs = [way, ...(this.#turns.get(runId) ?? [])];
    const stays = [...(this.#stays.get(runId) ?? [])].sort((a, b) => a.seq - b.seq);
    return stays.flatMap((row, index) => [
      ...turnRows(legs[index] ?? []),
      [
        formatClock(row.arrive),
        formatClock(row.depart),
        [row.stop_id, this.#names.get(row.stop_id)].filter(Boolean).join(" · "),
        "",
        count(row.boarding),
        count(row.alighting),
        String(row.load ?? ""),
        this.#who(runId, row.stop_id),
      ],
    ]);
  }

  #who(runId: string, stopId: string): string {
    return (this.#riders.get(runId) ?? [])
      .filter((row) => row.stop_id === stopId)
      .map(({ student_id }) => {
        const needs = this.#needs.get(student_id);
        return needs ? `${student_id} (${needs})` : student_id;
      })
      .sort()
      .join(", ");
  }
}

const turnRows = (leg: Leg): string[][] =>
  leg.map(([instruction, metres]) => ["", "", `    ${instruction}`, (metres / METRES_PER_MILE).toFixed(2)]);

const count = (value: number | undefined): string => (value ? String(value) : "");
