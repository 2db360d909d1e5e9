import { join, relative } from "node:path";
import { exportPlan } from "@trivium/intake";
import { submitSolve } from "@trivium/jobs";
import { AREAS, type Area, type Dataset, type Metrics, type Plan, type Scenario } from "@trivium/model";
import { type Command, EXIT, optional } from "../command.ts";
import { readReport } from "../district.ts";
import { describeEnvironment, readEnvironment } from "../environment.ts";
import { headline } from "../headline.ts";
import { untilStopped } from "../interrupt.ts";
import { listen } from "../listen.ts";
import { DEMO_OUT, SAMPLE_DIR } from "../places.ts";
import { openPlatform, type Platform } from "../platform.ts";
import { countFindings, renderFindings, renderVerification } from "../report.ts";
import { type Terminal, writeWhole } from "../terminal.ts";

/** Seconds of search an area: the three together stay well under two minutes. */
const SEARCH_S: Readonly<Record<Area, number>> = { scheduling: 30, routing: 35, facilities: 15 };

export const demo: Command = {
  name: "demo",
  grammar: "[--serve] [--data DIR]",
  summary: "Checks the sample district, solves its three areas and shows each plan beside today's service.",
  options: {
    serve: { type: "boolean", help: "then serve the API on these plans" },
    data: { type: "string", value: "DIR", help: "another district than the sample" },
  },
  async run(_positionals, values, terminal) {
    const environment = readEnvironment();
    const dir = optional(values, "data") ?? SAMPLE_DIR;
    const { dataset, report } = await readReport(dir, {});
    if (!dataset) {
      terminal.say(renderFindings(report.findings.filter((finding) => finding.severity === "error")));
      terminal.say(`${dir}: ${countFindings(report)}`);
      return EXIT.invalidInput;
    }
    const rows = Object.values(report.rows).reduce((sum, count) => sum + count, 0);
    terminal.say(
      `${dataset.district.name}: ${rows.toLocaleString("en-US")} rows in ${Object.keys(report.rows).length} files, ${countFindings(report)}`,
    );
    const platform = await openPlatform(environment, true);
    try {
      await platform.store.datasets.add(dataset, report);
      for (const area of AREAS) await show(area, dataset, platform, terminal);
      if (values.serve) {
        const server = await listen(platform, environment.HOST, environment.PORT, terminal);
        terminal.say(
          `\n${describeEnvironment(environment, platform.roads)}\nserving ${server.url}  (reference: ${server.url}/docs; Ctrl-C stops)`,
        );
        await untilStopped(terminal);
        await server.close();
      }
    } finally {
      await platform.close();
    }
    return EXIT.done;
  },
};

/** Solves one area, unless an earlier start did, and prints its headline and where the files are. */
async function show(area: Area, dataset: Dataset, platform: Platform, terminal: Terminal): Promise<void> {
  const out = join(DEMO_OUT, dataset.hash.slice(0, 12), area);
  const known = await knownPlan(area, dataset, platform);
  const plan = known ?? (await solved(area, dataset, platform, terminal));
  if (!known) await writeFiles(plan, dataset, out);
  const today = (await platform.carrier.ask({ op: "today", dataset_hash: dataset.hash, area }, 60_000)) as {
    metrics: Metrics;
  } | null;
  terminal.say(`\n${headline(plan, today?.metrics ?? null)}`);
  if (plan.verification) terminal.say(`  ${renderVerification(plan.verification)}`);
  terminal.say(`  files: ${relative(process.cwd(), out)}`);
}

const scenarioOf = (area: Area): Scenario => ({
  name: `Sample: ${area}`,
  changes: [],
  settings: { time_s: SEARCH_S[area], seed: 1, threads: 2 },
});

async function knownPlan(area: Area, dataset: Dataset, { store }: Platform): Promise<Plan | undefined> {
  const { items } = await store.scenarios.list({ limit: 100 }, dataset.hash);
  for (const { scenario_id, scenario } of items) {
    if (scenario.name !== scenarioOf(area).name) continue;
    const [plan] = (await store.plans.list({ limit: 1 }, scenario_id)).items;
    if (plan) return store.plans.get(plan.plan_id);
  }
  return undefined;
}

async function solved(area: Area, dataset: Dataset, { store, carrier }: Platform, terminal: Terminal): Promise<Plan> {
  const scenario = await store.scenarios.add(dataset.hash, scenarioOf(area));
  const { job_id } = await submitSolve(store, carrier, { scenario_id: scenario.scenario_id, area });
  const bar = terminal.progress(area.padEnd(10));
  try {
    for (;;) {
      const job = await store.jobs.get(job_id);
      if (job?.progress) bar.update(job.progress);
      if (job?.status === "failed") throw new Error(`${area}: ${job.error?.code}: ${job.error?.message}`);
      const plan = job?.plan_id ? await store.plans.get(job.plan_id) : undefined;
      if (plan) return plan;
      await new Promise((resolve) => setTimeout(resolve, 150));
    }
  } finally {
    bar.end();
  }
}

async function writeFiles(plan: Plan, dataset: Dataset, out: string): Promise<void> {
  writeWhole(join(out, "plan.json"), JSON.stringify(plan));
  const formats = plan.area === "routing" ? (["csv", "geojson"] as const) : (["csv", "xlsx"] as const);
  for (const format of formats) await exportPlan(plan, format, out, { dataset, approved: false });
}
