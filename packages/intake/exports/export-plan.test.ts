import { existsSync } from "node:fs";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { type Area, type DecisionsOf, InputError, type Plan, type UnmetOf } from "@trivium/model";
import { parse } from "csv-parse/sync";
import ExcelJS from "exceljs";
import { openXlsx } from "hucre/xlsx";
import { extractText } from "unpdf";
import { afterEach, beforeEach, expect, test } from "vitest";
import { DistrictFixture } from "../fixture/district-fixture.ts";
import { exportPlan } from "../index.ts";
import type { CapitalPlanAnswers } from "./capital-plan/answer-sheets.ts";
import { safeText } from "./safe-text.ts";

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "trivium-export-"));
});
afterEach(() => rm(folder, { recursive: true }));

function plan<A extends Area>(area: A, decisions: DecisionsOf[A], unmet: UnmetOf[A]): Plan<A> {
  return {
    area,
    trivium_version: "0.1.0",
    dataset_hash: "d",
    scenario: { name: "As it stands", changes: [], settings: {} },
    seed: 1,
    iterations: 10,
    threads: 1,
    elapsed_s: 1,
    status: "feasible",
    metrics: { figure: 3 },
    bound: null,
    decisions,
    unmet,
    verification: null,
    provenance: { plan_hash: "hash" },
  };
}

const routing = plan(
  "routing",
  {
    runs: [
      { run_id: "R1", direction: "AM", school_ids: ["HS", "ES"], bus_id: "-B1", depart: 27_000, arrive: 27_900.4 },
      { run_id: "R2", direction: "PM", school_ids: ["HS"], depart: 52_200, arrive: 53_000 },
    ],
    run_stops: [
      { run_id: "R1", seq: 2, stop_id: "HS", lat: 40, lon: -75, arrive: 27_800, depart: 27_900, alighting: 4 },
      { run_id: "R1", seq: 1, stop_id: "ST1", lat: 40.01, lon: -75.02, arrive: 27_000, depart: 27_060, boarding: 4 },
      { run_id: "R2", seq: 1, stop_id: "HS", lat: 40, lon: -75, arrive: 52_000, depart: 52_200, boarding: 2 },
      { run_id: "R2", seq: 2, stop_id: "ST1", lat: 40.01, lon: -75.02, arrive: 53_000, depart: 53_060, alighting: 2 },
    ],
    assignments: [{ student_id: "S1", direction: "AM", stop_id: "ST1", run_id: "R1", walk_m: 120, board: 27_000 }],
    routes: [
      { bus_id: "-B1", seq: 1, run_id: "R1", deadhead_m: 900 },
      { bus_id: "-B1", seq: 2 },
    ],
    bells: [{ school_id: "HS", bell_start: 28_800, bell_end: 52_000 }],
    shapes: [
      {
        run_id: "R1",
        coordinates: [
          [-75.02, 40.01],
          [-75.01, 40.005],
          [-75, 40],
        ],
      },
    ],
  },
  [{ student_id: "S2", direction: "PM", reason_code: "no_location", fix: '=HYPERLINK("http://x")' }],
);

const scheduling = plan(
  "scheduling",
  {
    sections: [
      { section_id: "=1+1", course_id: "ENG9", term_id: "Y", co_teacher_ids: ["T2", "T3"], seats_max: 30, enrolled: 1 },
    ],
    enrollments: [{ student_id: "S1", section_id: "=1+1", request_course_id: "ENG9", kind: "required" }],
  },
  [{ student_id: "S2", course_id: "ART1", kind: "elective", reason_code: "full", witness: "-all, full", fix: "@seat" }],
);

const facilities = plan(
  "facilities",
  {
    forecast: [
      {
        asset_id: "A1",
        age_years: 19.2,
        p_fail_1y: 0.12,
        p_fail_3y: 0.33,
        p_fail_5y: 0.5,
        p_fail_10y: 0.8,
        rul_p10: 0.8,
        rul_median: 5,
        rul_p90: 11,
        basis: "type and building",
      },
    ],
    outlook: [],
    plan: [
      { asset_id: "A5", building_id: "BL2", school_id: "ES", fiscal_year: 2029, fund_id: "GEN", cost_usd: 21_000 },
      {
        asset_id: "A1",
        building_id: "BL1",
        school_id: "HS",
        fiscal_year: 2028,
        fund_id: "GEN",
        cost_usd: 25_000,
        action: "replace",
        reason: "avoids 31,000",
      },
    ],
    fairness: [
      {
        slice: "all",
        value: "all",
        pupils: 8,
        projects: 2,
        spend_usd: 46_000,
        spend_per_pupil_usd: 5750,
        spend_ratio: 1,
      },
      {
        slice: "school",
        value: "HS",
        pupils: 4,
        projects: 1,
        spend_usd: 25_000,
        spend_per_pupil_usd: 6250,
        spend_ratio: 1.09,
      },
      { slice: "group_frl", value: "yes", suppressed: true },
    ],
    years: [
      {
        fiscal_year: 2028,
        spend_usd: 25_000,
        budget_usd: 60_000,
        expected_failures: 0.4,
        expected_emergency_usd: 9_000,
        fci: 0.11,
      },
    ],
    backtest: [
      { origin: "2022", horizon_years: 3, method: "weibull", slice: "all", measure: "sensitivity", value: 0.6 },
    ],
  },
  [],
);

const read = (name: string) => readFile(join(folder, name), "utf8");
const table = async (name: string) => parse(await read(name), { columns: true }) as Record<string, string>[];
const workbook = async (name: string) => {
  const book = new ExcelJS.Workbook();
  await book.xlsx.readFile(join(folder, name));
  return book;
};

test("a routing plan leaves as the contract's tables, times as HH:MM:SS and lists by |", async () => {
  const written = await exportPlan(routing, "csv", folder, { approved: true });
  expect(written.map((path) => basename(path)).sort()).toEqual([
    "assignments.csv",
    "bells.csv",
    "fairness.csv",
    "metrics.json",
    "routes.csv",
    "run_stops.csv",
    "runs.csv",
    "shapes.geojson",
    "unserved.csv",
  ]);
  const header = (await read("runs.csv")).split("\n")[0];
  expect(header).toBe("run_id,direction,school_ids,bus_id,depart,arrive,riders_max,distance_m,miles,minutes");
  expect((await table("runs.csv"))[0]).toMatchObject({ school_ids: "HS|ES", depart: "07:30:00", arrive: "07:45:00" });
  expect((await table("routes.csv"))[1]).toMatchObject({ seq: "2", run_id: "" });
  expect(JSON.parse(await read("metrics.json"))).toEqual({ figure: 3, status: "feasible", draft: false });
});

test("what is exported can be read again as today's service", async () => {
  await exportPlan(routing, "csv", folder, { approved: true });
  const district = new DistrictFixture();
  const file = "transportation/today_runs.csv";
  const text = (await read("runs.csv")).replaceAll("-B1", "B1");
  const { report, dataset } = await district.text(file, text).read();
  expect(report.findings.filter((finding) => finding.file === file && finding.severity === "error")).toEqual([]);
  expect(dataset?.tables.today_runs[0]).toMatchObject({ depart: 27_000, arrive: 27_900, school_ids: ["HS", "ES"] });
});

test("free text is made safe to open, ids and numbers leave as they are", async () => {
  await exportPlan(scheduling, "csv", folder, { approved: true });
  expect((await table("sections.csv"))[0]).toMatchObject({
    section_id: "=1+1",
    co_teacher_ids: "T2|T3",
    enrolled: "1",
  });
  expect((await table("unmet.csv"))[0]).toMatchObject({ witness: "'-all, full", fix: "'@seat" });
  await exportPlan(routing, "csv", folder, { approved: true });
  expect((await table("runs.csv"))[0].bus_id).toBe("-B1");
  expect((await table("unserved.csv"))[0].fix).toBe(`'=HYPERLINK("http://x")`);
  expect(["=x", " +x", "\t-x", "@x", "\rx"].every((text) => safeText(text) === `'${text}`)).toBe(true);
  expect(safeText("a=b")).toBe("a=b");
});

test("a plan that nobody approved says so beside its tables, and an approval takes the mark away", async () => {
  await exportPlan(scheduling, "csv", folder, { approved: false });
  expect(await read("DRAFT.txt")).toMatch(/not approved/);
  expect(JSON.parse(await read("metrics.json")).draft).toBe(true);
  await exportPlan(scheduling, "csv", folder, { approved: true });
  expect(existsSync(join(folder, "DRAFT.txt"))).toBe(false);
  expect((await readdir(folder)).filter((name) => name.endsWith(".part"))).toEqual([]);
});

test("runs are lines along the road, else from stop to stop; stops and schools are points", async () => {
  await exportPlan(routing, "geojson", folder, { approved: false });
  const { features, draft } = JSON.parse(await read("routes.geojson"));
  expect(draft).toBe(true);
  const of = (id: string) => features.find((feature: { id: string }) => feature.id === id);
  expect(of("R1").geometry.coordinates).toHaveLength(3);
  expect(of("R1").properties).toMatchObject({ kind: "run", direction: "AM", depart: "07:30:00" });
  expect(of("R2").geometry.coordinates).toEqual([
    [-75, 40],
    [-75.02, 40.01],
  ]);
  expect(of("R2").properties.drawn).toBe("stop to stop");
  expect(of("ST1").properties).toMatchObject({ kind: "stop", boarding: 4, alighting: 2 });
  expect(of("HS").properties).toMatchObject({ kind: "school", school_id: "HS" });
});

test("a plan without places has no GeoJSON", async () => {
  await expect(exportPlan(scheduling, "geojson", folder, { approved: true })).rejects.toThrow(InputError);
  expect(await readdir(folder)).toEqual([]);
});

test("the capital plan is a workbook by year, school and fund, with names, reasons and what it rests on", async () => {
  const { dataset } = await new DistrictFixture().read();
  if (!dataset) throw new Error("the clean district has findings");
  await expect(exportPlan(facilities, "xlsx", folder, { approved: true, dataset })).rejects.toThrow(/another dataset/);
  await exportPlan({ ...facilities, dataset_hash: dataset.hash }, "xlsx", folder, { approved: true, dataset });
  const book = await workbook("capital-plan.xlsx");
  expect(book.worksheets.map((sheet) => sheet.name)).toEqual([
    "Plan by year",
    "By school",
    "By fund",
    "Years",
    "Spend by fund",
    "Fairness",
    "Assets",
    "Assumptions",
    "Backtest",
  ]);
  const years = book.getWorksheet("Plan by year");
  expect(years?.getRow(2).values).toEqual(
    expect.arrayContaining([2028, "HS", "Elm High", "BL1", "A1", "Rooftop unit", "replace", "GEN", 25_000]),
  );
  expect(years?.getRow(2).getCell(9).numFmt).toContain("#,##0");
  expect(years?.views[0]).toMatchObject({ state: "frozen", ySplit: 1 });
  expect(book.getWorksheet("By school")?.getRow(2).getCell(2).value).toBe("ES");
  expect(book.getWorksheet("Assets")?.getRow(2).getCell(16).value).toBe("avoids 31,000");
  const assumptions = book.getWorksheet("Assumptions")?.getColumn(1).values;
  expect(assumptions).toEqual(expect.arrayContaining(["setting as_of_date", "setting discount", "seed"]));
});

test("the workbook's charts are drawn from its own cells, and equal plans give equal files", async () => {
  await exportPlan(facilities, "xlsx", folder, { approved: false });
  const bytes = await readFile(join(folder, "capital-plan.xlsx"));
  const { sheets } = await openXlsx(bytes);
  const charts = (name: string) => sheets.find((sheet) => sheet.name === name)?.charts ?? [];
  expect(charts("Years").map((chart) => chart.title)).toEqual([
    "Planned spend and budget",
    "Expected emergency cost under the plan",
    "Share of replacement value past its median life (FCI)",
  ]);
  expect(charts("Years")[0].series?.map((series) => series.valuesRef)).toEqual([
    "'Years'!$B$3:$B$3",
    "'Years'!$C$3:$C$3",
  ]);
  expect(charts("Spend by fund")).toHaveLength(1);
  expect(charts("Fairness")).toHaveLength(1);
  await exportPlan(facilities, "xlsx", folder, { approved: false });
  expect(await readFile(join(folder, "capital-plan.xlsx"))).toEqual(bytes);
});

test("the board's report tells what is done, why, from which money, and says DRAFT on each page", async () => {
  const { dataset } = await new DistrictFixture().read();
  if (!dataset) throw new Error("the clean district has findings");
  const own = { ...facilities, dataset_hash: dataset.hash };
  await exportPlan(own, "pdf", folder, { approved: false, dataset });
  const bytes = await readFile(join(folder, "capital-plan.pdf"));
  const { text, totalPages } = await extractText(new Uint8Array(bytes));
  expect(totalPages).toBeGreaterThan(1);
  for (const page of text) expect(page).toMatch(/DRAFT: not approved/);
  const all = text.join(" ");
  expect(all).toMatch(/Capital plan 2028 /);
  expect(all).toMatch(/Fiscal year 2028: 1 project, \$25,000/);
  expect(all).toMatch(/Rooftop unit, A1 Elm High GEN \$25,000 avoids 31,000/);
  expect(all).toMatch(/Is it fair\?.*Elm High 4 1 \$25,000 \$6,250/s);
  expect(all).toMatch(/frl: yes – – –/);
  await exportPlan(own, "pdf", folder, { approved: false, dataset });
  expect(await readFile(join(folder, "capital-plan.pdf"))).toEqual(bytes);
  await exportPlan(own, "pdf", folder, { approved: true, dataset });
  const approved = await extractText(new Uint8Array(await readFile(join(folder, "capital-plan.pdf"))));
  expect(approved.text.join(" ")).not.toMatch(/DRAFT/);
});

test("what the plan's questions answered stands in the workbook and the report: fans, other lists, more or less money", async () => {
  const fan = { mean: 5_000, p05: 1_000, p25: 3_000, p50: 4_000, p75: 6_000, p95: 12_000 };
  const answers: CapitalPlanAnswers = {
    futures: {
      futures: 1000,
      seed: 1,
      reserve_usd: 0,
      by_year: [
        {
          fiscal_year: 2028,
          failures: fan,
          emergency_usd: fan,
          fci: fan,
          backlog_usd: fan,
          unspent_usd: 0,
          overrun_chance: 0.4,
        },
      ],
      failures: fan,
      emergency_usd: fan,
      overrun_chance_any_year: 0.4,
    },
    baselines: {
      futures: 1000,
      seed: 1,
      lists: [
        {
          name: "oldest first",
          projects: 2,
          spend_usd: 40_000,
          objective_usd: 90_000,
          saved_usd: 10_000,
          share_of_attainable: 0.66,
          fci_end: 0.2,
          failures: fan,
          emergency_usd: fan,
          plan_cheaper_chance: 0.8,
        },
      ],
    },
    frontier: {
      points: [0.5, 1].map((budget_share) => ({
        budget_share,
        budget_usd: 60_000 * budget_share,
        spend_usd: 46_000 * budget_share,
        projects: 2,
        objective_usd: 80_000,
        bound_usd: 79_000,
        saved_usd: 20_000,
        expected_failures: 2,
        emergency_usd: 9_000,
        fci_end: 0.1,
        dollar_saves_usd: 0.8,
        must_do_unmet: 0,
      })),
    },
  };
  await exportPlan(facilities, "xlsx", folder, { approved: true, answers });
  const book = await workbook("capital-plan.xlsx");
  const rows = (name: string) => book.getWorksheet(name)?.getRow(2).values as unknown[];
  expect(rows("Futures").slice(1, 8)).toEqual([2028, 5_000, 1_000, 3_000, 4_000, 6_000, 12_000]);
  expect(rows("Beside other lists").slice(1, 3)).toEqual(["oldest first", 2]);
  expect(rows("More or less money").slice(1, 3)).toEqual([0.5, 30_000]);
  await exportPlan(facilities, "pdf", folder, { approved: true, answers });
  const { text } = await extractText(new Uint8Array(await readFile(join(folder, "capital-plan.pdf"))));
  const all = text.join(" ");
  expect(all).toMatch(/1,000 simulated futures .* cost \$1,000 to \$12,000/s);
  expect(all).toMatch(/oldest first 2 \$40,000 \$10,000 66.0 % \$1 k – \$12 k/);
  expect(all).toMatch(/50 % \$30,000 \$20,000 2 \$0.80/);
});

test("the forecast's model card leaves as a page and as JSON: what it rests on, how it did, its limits", async () => {
  const figure = (method: string, measure: string, value: number) => ({
    origin: "all",
    horizon_years: 5,
    method,
    slice: "all",
    measure,
    value,
  });
  const model_card = {
    forecast: "when units fail",
    as_of_date: "2027-03-31",
    data: { failures: 40 },
    basis: { "own history": 1 },
    method: ["Weibull lives"],
    inputs: [{ name: "age", known_from: "install_date" }],
    priors: [],
    backtest: {
      origins: ["2022-03-31"],
      horizon_years: 5,
      failures: 40,
      list_share: 0.1,
      figures: [figure("trivium", "sensitivity", 0.6), figure("oldest first", "sensitivity", 0.3)],
    },
    reporting: [{ group: "HS", share: 0.7, low: 0.6, high: 0.8 }],
    verdict: "ranks better than oldest first",
    limits: ["published lives come from surveys"],
  };
  const carded = { ...facilities, decisions: { ...facilities.decisions, model_card } };
  await exportPlan(carded, "csv", folder, { approved: true });
  expect(JSON.parse(await read("model-card.json"))).toEqual(model_card);
  await exportPlan(carded, "pdf", folder, { approved: false });
  for (const name of ["model-card.pdf", "capital-plan.pdf"]) {
    const { text } = await extractText(new Uint8Array(await readFile(join(folder, name))));
    const all = text.join(" ");
    expect(all).toMatch(/It ranks better than oldest first\..*this forecast 60.0 %.*oldest first 30.0 %/s);
    expect(all).toMatch(/HS 70 % 60 % – 80 %.*published lives come from surveys/s);
  }
});

test("each sheet of a draft says so, on screen and in print", async () => {
  await exportPlan(facilities, "xlsx", folder, { approved: false });
  for (const sheet of (await workbook("capital-plan.xlsx")).worksheets) {
    expect(sheet.getRow(1).getCell(1).value).toMatch(/DRAFT/);
    expect(sheet.headerFooter.oddHeader).toMatch(/DRAFT/);
    expect(sheet.views[0]).toMatchObject({ ySplit: 2 });
  }
});

test("what no spreadsheet should hold is refused, not tried", async () => {
  const enrollment = { student_id: "S1", section_id: "X", kind: "required" } as const;
  const enrollments = new Array(200_001).fill(enrollment);
  const large = plan("scheduling", { sections: [], enrollments }, []);
  await expect(exportPlan(large, "xlsx", folder, { approved: true })).rejects.toThrow(/Maybe csv/);
});

test("the other areas leave as a sheet a table, times and ids as in the CSV", async () => {
  await exportPlan(routing, "xlsx", folder, { approved: true });
  const book = await workbook("bus-routes.xlsx");
  const names = ["metrics", "runs", "run_stops", "assignments", "routes", "bells", "fairness", "unserved"];
  expect(book.worksheets.map((sheet) => sheet.name)).toEqual(names);
  const run = book.getWorksheet("runs")?.getRow(2);
  expect([run?.getCell(4).value, run?.getCell(5).value]).toEqual(["-B1", "07:30:00"]);
  await exportPlan(scheduling, "xlsx", folder, { approved: true });
  expect((await workbook("master-schedule.xlsx")).getWorksheet("sections")?.getRow(2).getCell(1).value).toBe("=1+1");
});
