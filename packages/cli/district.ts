import { existsSync, readFileSync } from "node:fs";
import { readDistrict } from "@trivium/intake";
import {
  type Area,
  type Dataset,
  InputError,
  type IntegrityReport,
  onBaseline,
  type Plan,
  readPlan,
  type Scenario,
  scenarioSchema,
} from "@trivium/model";
import { z } from "zod";
import { numberOption, optional, UsageError, type Values } from "./command.ts";
import { readEnvironment } from "./environment.ts";
import { countFindings } from "./report.ts";
import type { Terminal } from "./terminal.ts";

/** Parses a JSON file that the user named. @throws InputError with the file and what is wrong in it */
export function readJson(path: string, what: string): unknown {
  if (!existsSync(path)) throw new UsageError(`${what} ${path} is not there`);
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    throw new InputError("bad-json", `${path} is not JSON: ${(error as Error).message}. Maybe it was cut off?`, {
      path,
    });
  }
}

/** Reads a district with its report; `--data`, `--roads` and `--mapping` of the command line. */
export async function readReport(
  dir: string,
  values: Values,
): Promise<{ dataset: Dataset | null; report: IntegrityReport }> {
  if (!existsSync(dir)) throw new UsageError(`the district ${dir} is not there`);
  const mappingFile = optional(values, "mapping");
  const roadsFile = optional(values, "roads");
  return readDistrict(dir, {
    ...(roadsFile === undefined ? {} : { roadsFile }),
    ...(mappingFile === undefined ? {} : { mapping: readJson(mappingFile, "the mapping") as never }),
  });
}

/** A usable dataset, or every error at once. @throws InputError bad-district */
export async function readDataset(dir: string, values: Values, terminal: Terminal): Promise<Dataset> {
  const { dataset, report } = await readReport(dir, values);
  if (dataset === null) {
    const errors = report.findings.filter((finding) => finding.severity === "error");
    throw new InputError("bad-district", `${dir} cannot be used: ${countFindings(report)}`, {
      path: dir,
      findings: errors,
    });
  }
  if (report.warnings > 0)
    terminal.say(`${dir}: ${report.warnings} warnings (trivium check ${dir} lists them); they stop no solve`);
  return dataset;
}

/** The scenario of a command line: the file's changes and settings, with the limits of the options over them. */
export function readScenario(values: Values): Scenario {
  const file = optional(values, "scenario");
  const parsed = scenarioSchema.safeParse(file === undefined ? {} : readJson(file, "the scenario"));
  if (!parsed.success)
    throw new InputError("bad-scenario", `${file} is not a scenario:\n${z.prettifyError(parsed.error)}`, {
      path: file,
    });
  const limits = {
    time_s: numberOption(values, "time", 0.1, 86_400),
    iterations: numberOption(values, "iterations", 1, 1e12, true),
    seed: numberOption(values, "seed", 0, 0xffffffff, true),
    threads: numberOption(values, "threads", 1, 64, true),
    school_id: optional(values, "school"),
  };
  const given = Object.fromEntries(Object.entries(limits).filter(([, value]) => value !== undefined));
  return { ...parsed.data, settings: { ...parsed.data.settings, ...given } };
}

/** The published plan of `--baseline`, which then stands for today's service. @throws UsageError where the file is a plan of another area, or of facilities */
export function withBaseline(scenario: Scenario, area: Area, values: Values): Scenario {
  const file = optional(values, "baseline");
  if (file === undefined) return scenario;
  const published = readPlanFile(file);
  if (area !== published.area || area === "facilities")
    throw new UsageError(
      `--baseline is of schedules and routes: ${file} is a ${published.area} plan, and ${area} is asked for`,
    );
  return { ...scenario, changes: onBaseline(scenario.changes, published as Plan<"scheduling" | "routing">) };
}

/** A plan file, checked against the contract. @throws InputError bad-plan */
export function readPlanFile(path: string): Plan {
  const json = readJson(path, "the plan");
  try {
    return readPlan(json);
  } catch (error) {
    const text = error instanceof z.ZodError ? z.prettifyError(error) : String(error);
    throw new InputError("bad-plan", `${path} is not a plan file:\n${text}`, { path });
  }
}

/** The dataset of a plan: from `--data`, else from the store, where it lies under its hash. @throws UsageError where it is in neither */
export async function datasetOf(plan: Plan, values: Values, terminal: Terminal): Promise<Dataset> {
  const dir = optional(values, "data");
  if (dir !== undefined) return readDataset(dir, values, terminal);
  const { openStoreOf } = await import("./platform.ts");
  const store = await openStoreOf(readEnvironment());
  try {
    const dataset = await store.datasets.get(plan.dataset_hash);
    if (dataset) return dataset;
  } finally {
    await store.close();
  }
  throw new UsageError(`--data is missing: the plan's dataset ${plan.dataset_hash.slice(0, 12)} is not in the store`);
}
