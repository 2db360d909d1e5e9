import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { FacilitiesProblem } from "@trivium/facilities";
import { MipModel } from "@trivium/mip";

const run = promisify(execFile);
const root = fileURLToPath(new URL("../../../", import.meta.url));
const scripts = join(root, "bench/peers/facilities");
const home = join(root, ".cache/peers-highs");

export const HIGHS = "highs-1.16.0";

/** HiGHS alone, native, on the whole program of a capital plan; installed into `.cache/` when it is not there. */
export async function solveByHighs(
  problem: FacilitiesProblem,
  timeS: number,
  threads: number,
): Promise<Readonly<Record<string, number>>> {
  const python = join(home, "bin/python");
  if (!existsSync(python)) {
    await run("python3", ["-m", "venv", home]);
    await run(python, ["-m", "pip", "install", "--quiet", "-r", join(scripts, "highs-requirements.txt")]);
  }
  const folder = await mkdtemp(join(tmpdir(), "highs-"));
  try {
    const path = join(folder, "plan.json");
    await write(programOf(problem), path);
    const { stdout } = await run(python, [join(scripts, "highs.py"), path, String(timeS), String(threads)]);
    return JSON.parse(stdout.trimEnd().split("\n").at(-1) ?? "");
  } finally {
    await rm(folder, { recursive: true });
  }
}

/**
 * The plan of MODEL.md as one program: x = an asset in a year from a fund, z = a visit, which each of its projects needs; budgets with carry-over, smoothing,
 * equity, must-dos. A visit's mobilization is paid by funds that pay for a project there, and counts in smoothing where no must-do can come. It may be split
 * among them freely, where plans split it by cost: that alone is easier than the rules are.
 */
function programOf(problem: FacilitiesProblem): MipModel {
  const { funds, rules, calendar, money, register, forecast } = problem;
  const years = calendar.years.length;
  const fundCount = funds.ids.length;
  const schools = register.schoolIds.length;
  const model = new MipModel("maximize");
  const budget = Array.from(funds.amountUsd, (amount) => model.addRow(-Infinity, amount));
  for (let at = 0; at < budget.length; at++) {
    if (at % years === years - 1 || funds.carryMaxUsd[at] === 0) continue;
    const carried = model.addVariable(0, 0, funds.carryMaxUsd[at]);
    model.addEntry(budget[at], carried, 1);
    model.addEntry(budget[at + 1], carried, -1);
  }
  const ratio = rules.smoothingMaxRatio;
  const spent = calendar.years.map(() => model.addVariable(0));
  const optional = calendar.years.map(() => model.addVariable(0));
  const spendOf = spent.map((variable) => model.addRow(0, 0, [variable], [-1]));
  const optionalOf = optional.map((variable) => model.addRow(0, 0, [variable], [-1]));
  if (ratio !== Infinity)
    for (const variable of optional)
      model.addRow(-Infinity, 0, [variable, ...spent], [1, ...spent.map(() => -ratio / years)]);
  const equity = rules.equity.map(() => model.addRow(0, Infinity));
  const addSpend = (variable: number, school: number, year: number, usd: number, smoothed: boolean) => {
    model.addEntry(spendOf[year], variable, usd);
    if (smoothed) model.addEntry(optionalOf[year], variable, usd);
    rules.equity.forEach(({ member, minShare }, g) => {
      model.addEntry(equity[g], variable, usd * (member[school] - minShare));
    });
  };
  const must = (a: number) => calendar.years[0] <= rules.mustDoBy[a] && rules.mustDoBy[a] <= calendar.years[years - 1];
  const obliged = new Uint8Array(schools);
  forecast.live.forEach((asset, a) => {
    if (must(a)) obliged[register.school[asset]] = 1;
  });
  /** By visit and fund: lets the fund pay only where it pays for a project. */
  const paysFor: number[] = [];
  const visit = Array.from({ length: schools * years }, (_, at) => {
    const year = at % years;
    const made = model.addVariable(0, 0, 1 - rules.blackout[at], true);
    const paid = model.addRow(0, 0, [made], [-money.mobilizationUsd[year]]);
    for (let f = 0; f < fundCount; f++) {
      const part = model.addVariable(0, 0, money.mobilizationUsd[year]);
      model.addEntry(paid, part, 1);
      model.addEntry(budget[f * years + year], part, 1);
      paysFor.push(model.addRow(-Infinity, 0, [part], [1]));
    }
    const school = Math.floor(at / years);
    addSpend(made, school, year, money.mobilizationUsd[year], obliged[school] === 0);
    return made;
  });
  forecast.live.forEach((asset, a) => {
    if (problem.costUsd[a] <= 0) return;
    const school = register.school[asset];
    const once = model.addRow(must(a) ? 1 : -Infinity, 1);
    for (let year = 0; year < years; year++) {
      const saving = problem.savingUsd[a * years + year];
      if (must(a) ? calendar.years[year] > rules.mustDoBy[a] : saving <= 0) continue;
      const needs = model.addRow(-Infinity, 0, [visit[school * years + year]], [-1]);
      const usd = problem.costUsd[a] * money.escalation[year];
      for (let f = 0; f < fundCount; f++) {
        if (problem.payable[a * fundCount + f] === 0) continue;
        const x = model.addVariable(saving, 0, 1, true);
        model.addEntry(once, x, 1);
        model.addEntry(needs, x, 1);
        model.addEntry(budget[f * years + year], x, usd);
        addSpend(x, school, year, usd, !must(a));
        model.addEntry(paysFor[(school * years + year) * fundCount + f], x, -money.mobilizationUsd[year]);
      }
    }
  });
  return model;
}

async function write(model: MipModel, path: string): Promise<void> {
  await writeFile(path, JSON.stringify({ variables: model.variables, rows: model.rows }));
  const parts = {
    row: Int32Array.from(model.entryRow),
    column: Int32Array.from(model.entryColumn),
    value: Float64Array.from(model.entryValue),
    costs: Float64Array.from(model.costs),
    lower: Float64Array.from(model.lower),
    upper: Float64Array.from(model.upper),
    rowLower: Float64Array.from(model.rowLower),
    rowUpper: Float64Array.from(model.rowUpper),
    integer: Uint8Array.from(model.integer, Number),
  };
  for (const [name, values] of Object.entries(parts)) await writeFile(`${path}.${name}`, values);
}
